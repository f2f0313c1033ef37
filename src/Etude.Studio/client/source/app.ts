import { LitElement, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api } from "./api.js";
import "./compose/compose-view.js";
import { icons } from "./icons.js";
import { Session } from "./session.js";

interface View {
  path: string;
  name: string;
  load?: () => Promise<unknown>;
  draw: (session: Session) => unknown;
}

const views: View[] = [
  { path: "/", name: "Compose", draw: (session) => html`<compose-view .session=${session}></compose-view>` },
  { path: "/library", name: "Library", load: () => import("./library/library-view.js"), draw: (session) => html`<library-view .session=${session}></library-view>` },
  { path: "/train", name: "Train", load: () => import("./train/train-view.js"), draw: (session) => html`<train-view .session=${session}></train-view>` },
  { path: "/listen", name: "Listen", load: () => import("./listen/listen-view.js"), draw: (session) => html`<listen-view .session=${session}></listen-view>` },
  { path: "/reference", name: "API", load: () => import("./reference-view.js"), draw: () => html`<reference-view></reference-view>` },
];

/** The page: its head, the view of its address, the status line for screen readers, and the keys that work everywhere. */
@customElement("etude-app")
export class EtudeApp extends LitElement {
  readonly session = new Session();

  @state() private view: View = views[0]!;
  @state() private said = "";
  @state() private theme = localStorage.getItem("etude-theme") ?? "";
  @state() private token = "";
  @state() private tokenFault = "";

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.applyTheme();
    this.session.addEventListener("change", () => this.requestUpdate());
    this.session.addEventListener("said", (event) => (this.said = (event as CustomEvent<string>).detail));
    addEventListener("popstate", () => void this.go(location.pathname));
    document.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("keydown", (event) => this.key(event));
    void this.session.start().then(() => this.go(location.pathname));
  }

  protected override render() {
    const { session } = this;
    return html`
      <a class="skip" href="#main">Skip to the content</a>
      <header class="head">
        <a class="wordmark" href="/" aria-label="Etude, compose">Etude</a>
        <nav aria-label="Views">
          ${views.map((view) => html`<a href=${view.path} aria-current=${view === this.view ? "page" : nothing}>${view.name}</a>`)}
        </nav>
        <button class="quiet round" @click=${this.turnTheme} aria-label=${this.isDark ? "Use light colours" : "Use dark colours"} title="Light or dark">
          ${this.isDark ? icons.sun : icons.moon}
        </button>
      </header>
      <main id="main" tabindex="-1">${session.needsToken ? this.askToken() : session.isReady ? this.view.draw(session) : html`<div class="loading" aria-hidden="true"></div>`}</main>
      <div class="unseen" role="status" aria-live="polite">${this.said}</div>
    `;
  }

  private askToken() {
    return html`
      <form class="card token" @submit=${this.enter}>
        <h1>This studio is locked</h1>
        <p>Whoever runs it has set an access token. Enter it once; this browser remembers it.</p>
        <label>Access token <input type="password" autocomplete="current-password" .value=${this.token} @input=${(event: InputEvent) => (this.token = (event.target as HTMLInputElement).value)} /></label>
        ${this.tokenFault ? html`<p class="fault" role="alert">${this.tokenFault}</p>` : nothing}
        <button class="primary">Enter</button>
      </form>
    `;
  }

  private async enter(event: Event) {
    event.preventDefault();
    try {
      await api.enter(this.token);
      await this.session.start();
    } catch (fault) {
      this.tokenFault = (fault as Error).message;
    }
  }

  private async go(path: string) {
    const shared = /^\/p\/([0-9a-f]{32})$/.exec(path);
    const view = shared ? views[0]! : (views.find((known) => known.path === path) ?? views[0]!);
    await view.load?.();
    this.view = view;
    document.title = view.path === "/" ? "Etude" : `${view.name} · Etude`;
    if (shared && this.session.studio) {
      await this.session.attempt(async () => {
        await this.session.show(await api.piece(shared[1]!));
      });
    }
  }

  private follow(event: MouseEvent) {
    const link = (event.target as Element).closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.pathname.startsWith("/api") || link.getAttribute("href")!.startsWith("#")) return;
    event.preventDefault();
    if (link.pathname !== location.pathname) history.pushState(null, "", link.pathname);
    void this.go(link.pathname);
    scrollTo(0, 0);
  }

  private key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    if (target.closest("input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, dialog")) return;
    const { player, selected, takes } = this.session;
    const isControl = target.closest("button, a, summary, [role=slider], input") !== null;
    const move = (by: number) => {
      const next = takes[takes.indexOf(selected!) + by];
      if (next) this.session.select(next);
    };
    const actions: Record<string, (() => void) | undefined> = {
      c: () => void this.session.compose(),
      " ": isControl || !selected ? undefined : () => void (player.isPlaying ? player.pause() : this.session.play()),
      ArrowLeft: isControl ? undefined : () => player.seek(player.timeline.barAt(player.position - 0.3)),
      ArrowRight: isControl ? undefined : () => player.seek(player.timeline.barAt(player.position, 1)),
      Home: isControl ? undefined : () => player.seek(0),
      k: selected && (() => void this.session.keep(selected, !selected.piece.kept)),
      l: () => this.dispatchEvent(new CustomEvent("etude-loop")),
      n: () => move(1),
      p: () => move(-1),
      "+": () => this.querySelector("piano-roll")?.zoom(1.4),
      "=": () => this.querySelector("piano-roll")?.zoom(1.4),
      "-": () => this.querySelector("piano-roll")?.zoom(1 / 1.4),
      "0": () => this.querySelector("piano-roll")?.fit(),
      "?": () => this.querySelector<HTMLDialogElement>("dialog.keys")?.showModal(),
    };
    for (let stars = 1; stars <= 5; stars++) actions[String(stars)] = selected && (() => void this.session.rate(selected, stars));
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  private get isDark(): boolean {
    return this.theme === "dark" || (this.theme === "" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  private turnTheme() {
    this.theme = this.isDark ? "light" : "dark";
    localStorage.setItem("etude-theme", this.theme);
    this.applyTheme();
  }

  private applyTheme() {
    if (this.theme) document.documentElement.dataset["theme"] = this.theme;
    document.dispatchEvent(new Event("etude-theme"));
  }
}
