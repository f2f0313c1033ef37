/** The drawing colours of an element, from the style sheet, so that canvases follow light and dark. */
export interface Palette {
  ground: string;
  lane: string;
  line: string;
  bar: string;
  text: string;
  ink: string;
  accent: string;
  lit: string;
  loop: string;
  whiteKey: string;
  blackKey: string;
  keyText: string;
  /** Notes by how hard they are struck, soft to hard: composed ones, then those of the primer. */
  composed: string[];
  given: string[];
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const shades = (name: string) => [0.42, 0.56, 0.7, 0.84, 1].map((share) => `color-mix(in oklab, ${read(name)} ${share * 100}%, ${read("--roll-ground")})`);
  return {
    ground: read("--roll-ground"),
    lane: read("--roll-lane"),
    line: read("--roll-line"),
    bar: read("--roll-bar"),
    text: read("--muted"),
    ink: read("--ink"),
    accent: read("--accent"),
    lit: read("--roll-lit"),
    loop: read("--roll-loop"),
    whiteKey: read("--roll-white-key"),
    blackKey: read("--roll-black-key"),
    keyText: read("--roll-key-text"),
    composed: shades("--roll-note"),
    given: shades("--roll-given"),
  };
}

export const shadeOf = (velocity: number) => Math.min(4, Math.floor((velocity / 128) * 5.2));
