import { svg, html, type TemplateResult } from "lit";

const icon = (shape: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${shape}</svg>`;

export const icons = {
  play: icon(svg`<path d="M6.5 4.2v11.6l9.2-5.8z" fill="currentColor"/>`),
  pause: icon(svg`<path d="M6.8 4.5v11M13.2 4.5v11" stroke-width="2.8"/>`),
  start: icon(svg`<path d="M5 4.5v11M15 4.6v10.8L7.5 10z" fill="currentColor"/>`),
  loop: icon(svg`<path d="M4 9.5V8.2A2.7 2.7 0 0 1 6.700 5.500H14.500M12.300 3l2.500 2.500-2.500 2.500M16 10.500v1.300a2.700 2.700 0 0 1-2.700 2.700H5.500M7.700 17l-2.500-2.500L7.700 12"/>`),
  closer: icon(svg`<circle cx="9" cy="9" r="5.200"/><path d="M13 13l3.800 3.800M9 6.800v4.400M6.800 9h4.400"/>`),
  wider: icon(svg`<circle cx="9" cy="9" r="5.200"/><path d="M13 13l3.800 3.800M6.800 9h4.400"/>`),
  fit: icon(svg`<path d="M3 7V4.500A1.500 1.500 0 0 1 4.500 3H7M13 3h2.500A1.500 1.500 0 0 1 17 4.500V7M17 13v2.500a1.500 1.500 0 0 1-1.500 1.500H13M7 17H4.500A1.500 1.500 0 0 1 3 15.500V13"/>`),
  keep: icon(svg`<path d="M5.500 3.500h9v13L10 13.300 5.500 16.500z"/>`),
  kept: icon(svg`<path d="M5.500 3.500h9v13L10 13.300 5.500 16.500z" fill="currentColor"/>`),
  download: icon(svg`<path d="M10 3.500v9M6.300 9.200L10 12.900l3.700-3.700M4 16.500h12"/>`),
  share: icon(svg`<path d="M8.300 11.700l3.400-3.400M9.300 6.200l1.900-1.900a3.200 3.200 0 0 1 4.500 4.500l-1.900 1.900M10.700 13.800l-1.900 1.900a3.200 3.200 0 0 1-4.500-4.500l1.900-1.900"/>`),
  remove: icon(svg`<path d="M4 5.800h12M8.200 5.500V3.800h3.600v1.700M5.800 6l.7 10.200h7L14.200 6M8.500 9v4.500M11.500 9v4.500"/>`),
  sheet: icon(svg`<path d="M3 5h14M3 8.300h14M3 11.700h14M3 15h14" stroke-width="1.100"/><ellipse cx="8" cy="13.300" rx="2.100" ry="1.600" fill="currentColor" transform="rotate(-18 8 13.300)"/><path d="M10 12.700V4.500"/>`),
  more: icon(svg`<path d="M10 3.500l1.500 4.400 4.500 1.600-4.500 1.600L10 15.500l-1.500-4.400L4 9.500l4.500-1.600zM15.500 14v3M14 15.500h3"/>`),
  file: icon(svg`<path d="M10 13V4.500M6.500 7.700L10 4.200l3.500 3.500M4 12.500v2.300A1.700 1.700 0 0 0 5.700 16.500h8.600a1.700 1.700 0 0 0 1.700-1.700v-2.300"/>`),
  close: icon(svg`<path d="M5.500 5.500l9 9M14.500 5.500l-9 9"/>`),
  dice: icon(svg`<rect x="3.500" y="3.500" width="13" height="13" rx="3"/><g fill="currentColor" stroke="none"><circle cx="7" cy="7" r="1.200"/><circle cx="13" cy="13" r="1.200"/><circle cx="10" cy="10" r="1.200"/></g>`),
  lock: icon(svg`<rect x="4.500" y="9" width="11" height="7.500" rx="1.800"/><path d="M7 9V6.500a3 3 0 0 1 6 0V9"/>`),
  sun: icon(svg`<circle cx="10" cy="10" r="3.200"/><path d="M10 2.500v1.800M10 15.700v1.800M2.500 10h1.800M15.700 10h1.800M4.700 4.700L6 6M14 14l1.300 1.300M15.300 4.700L14 6M6 14l-1.300 1.300"/>`),
  moon: icon(svg`<path d="M16 11.800A6.500 6.500 0 0 1 8.200 4a6.500 6.500 0 1 0 7.800 7.800z"/>`),
  search: icon(svg`<circle cx="9" cy="9" r="5.200"/><path d="M13 13l3.800 3.800"/>`),
  star: icon(svg`<path d="M10 3.200l2.100 4.300 4.700.7-3.400 3.300.8 4.700L10 14l-4.200 2.200.8-4.700L3.200 8.200l4.700-.7z"/>`),
  starred: icon(svg`<path d="M10 3.200l2.100 4.300 4.700.7-3.400 3.300.8 4.700L10 14l-4.200 2.200.8-4.700L3.200 8.200l4.700-.7z" fill="currentColor"/>`),
  compose: icon(svg`<g fill="currentColor" stroke="none"><rect x="2.500" y="12" width="6" height="2.600" rx="1.300"/><rect x="7" y="8.700" width="5" height="2.600" rx="1.300"/><rect x="11" y="5.400" width="6.500" height="2.600" rx="1.300"/></g>`),
  volume: icon(svg`<path d="M4 8v4h2.500L10 15V5L6.500 8zM12.800 7.300a3.800 3.800 0 0 1 0 5.400M14.900 5.200a6.800 6.800 0 0 1 0 9.600"/>`),
  keyboard: icon(svg`<rect x="2.500" y="5.500" width="15" height="9" rx="1.800"/><path d="M5.500 8.500h.010M8.500 8.500h.010M11.500 8.500h.010M14.500 8.500h.010M6.500 11.500h7"/>`),
};
