// Many visitors at once, each composing one piece and following it to its end:
//   node src/Etude.Studio/client/scripts/visitors.mjs http://localhost:5080 50 16 PID
// Prints when the first notes came and when the pieces were done, faults, and the memory of process PID (Linux).
import { readFileSync } from "node:fs";

const [address = "http://localhost:5080", visitors = "50", bars = "16", process_ = ""] = process.argv.slice(2);
const memory = () => (process_ ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process_}/status`, "utf8"))[1]) / 1024 : NaN);
const patience = AbortSignal.timeout(540_000);

async function visit(number) {
  const cookie = `etude-visitor=${number.toString(16).padStart(32, "0")}`;
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const asked = await fetch(`${address}/api/compositions`, {
    method: "POST", signal: patience, headers: { "content-type": "application/json", cookie }, body: JSON.stringify({ bars: Number(bars), seed: number }),
  });
  if (!asked.ok) throw new Error(`${asked.status} ${await asked.text()}`);
  const { id } = await asked.json();
  const events = await fetch(`${address}/api/compositions/${id}/events`, { headers: { cookie }, signal: patience });
  let first;
  let text = "";
  for await (const chunk of events.body.pipeThrough(new TextDecoderStream())) {
    text = (text + chunk).slice(-4000);
    if (first === undefined && text.includes("event: notes")) first = since();
  }
  const piece = await (await fetch(`${address}/api/compositions/${id}`, { headers: { cookie }, signal: patience })).json();
  if (piece.state !== "done") throw new Error(`${piece.state}: ${piece.fault}`);
  return { first, done: since() };
}

const middle = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))].toFixed(2);
const before = memory();
let most = before;
const watch = setInterval(() => (most = Math.max(most, memory())), 100);
const pages = [];
const page = setInterval(async () => {
  const began = performance.now();
  await (await fetch(`${address}/api/library`)).text();
  pages.push((performance.now() - began) / 1000);
}, 250);
const results = await Promise.allSettled(Array.from({ length: Number(visitors) }, (_, number) => visit(number + 1)));
clearInterval(watch);
clearInterval(page);
const good = results.filter((result) => result.status === "fulfilled").map((result) => result.value);
const faults = results.filter((result) => result.status === "rejected").map((result) => String(result.reason));
console.log(JSON.stringify({
  visitors: Number(visitors), bars: Number(bars), done: good.length, faults,
  firstNotesSeconds: { median: middle(good.map((one) => one.first), 0.5), last: middle(good.map((one) => one.first), 1) },
  doneSeconds: { first: middle(good.map((one) => one.done), 0), median: middle(good.map((one) => one.done), 0.5), last: middle(good.map((one) => one.done), 1) },
  librarySeconds: pages.length ? { median: middle(pages, 0.5), worst: middle(pages, 1) } : null,
  memoryMegabytes: { before: Math.round(before), most: Math.round(most), after: Math.round(memory()) },
}, null, 1));
process.exitCode = faults.length ? 1 : 0;
