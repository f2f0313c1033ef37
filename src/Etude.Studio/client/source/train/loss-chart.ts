import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Run } from "../api.js";

// Told apart by lightness as well as by colour.
const inks = ["#b3262b", "#2a6f97", "#7a8b2f", "#8a5a9e", "#c77d1e", "#3d8f80"];

/** The loss of several runs over their passes: held out drawn full, training dashed. */
@customElement("loss-chart")
export class LossChart extends LitElement {
  @property({ attribute: false }) runs: Run[] = [];
  private chart?: uPlot;
  private drawn = "";
  private readonly sizes = new ResizeObserver(() => this.chart?.setSize({ width: this.clientWidth - 24, height: 260 }));

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.chart?.destroy();
    this.chart = undefined;
    this.drawn = "";
  }

  protected override render() {
    return html`<div class="card chart" role="img" aria-label=${this.describe()}></div>`;
  }

  protected override updated() {
    const key = JSON.stringify(this.runs.map((run) => [run.name, run.epochs.length]));
    if (key === this.drawn) return;
    this.drawn = key;
    this.chart?.destroy();
    const style = getComputedStyle(this);
    const axis = { stroke: style.getPropertyValue("--muted"), grid: { stroke: style.getPropertyValue("--line"), width: 1 }, ticks: { show: false }, font: `12px ${style.fontFamily}` };
    const most = Math.max(...this.runs.map((run) => run.epochs.length));
    const passes = Array.from({ length: most }, (_, index) => index + 1);
    const data: uPlot.AlignedData = [passes];
    const series: uPlot.Series[] = [{ label: "pass" }];
    this.runs.forEach((run, index) => {
      const ink = inks[index % inks.length]!;
      const isHeldOut = run.epochs.some((epoch) => epoch.heldOutLoss !== undefined);
      const show = { points: { show: most < 3 } };
      if (isHeldOut) {
        series.push({ label: run.name, stroke: ink, width: 2, ...show });
        data.push(passes.map((pass) => run.epochs[pass - 1]?.heldOutLoss ?? null));
      }
      series.push({ label: `${run.name}, training`, stroke: ink, width: isHeldOut ? 1 : 2, dash: isHeldOut ? [4, 4] : undefined, ...show });
      data.push(passes.map((pass) => run.epochs[pass - 1]?.trainLoss ?? null));
    });
    this.chart = new uPlot(
      {
        width: this.clientWidth - 24, height: 260, series, axes: [{ ...axis, incrs: [1, 2, 5, 10, 20, 50] }, { ...axis, label: "loss", labelFont: axis.font, size: 56 }],
        scales: { x: { time: false, range: (_, low, high) => [low, Math.max(high, low + 1)] } }, legend: { live: false },
      },
      data,
      this.querySelector<HTMLElement>(".chart")!,
    );
  }

  private describe(): string {
    return `Loss over passes. ${this.runs.map((run) => `${run.name}: ${(run.epochs.at(-1)?.heldOutLoss ?? run.epochs.at(-1)?.trainLoss)?.toFixed(3)} after ${run.epochs.length}`).join("; ")}`;
  }
}
