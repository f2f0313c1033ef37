// Uses the studio in a real browser as a visitor does. Run by PageTests: node page.mjs ADDRESS FOLDER CHROMIUM.
// Writes one line of JSON a check: its name, a fault or null, and what it measured.
import { createRequire } from "node:module";
import { join } from "node:path";

const { chromium } = createRequire(new URL("../../../src/Etude.Studio/client/package.json", import.meta.url))("playwright-core");
const [address, folder, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const patience = 30000;

class Failure extends Error {}
const holds = (truth, sentence) => {
  if (!truth) throw new Failure(sentence);
};
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** A browser context with a page, and what is complained of in it or asked from elsewhere. */
async function visit(options) {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (fault) => complaints.push(fault.message));
  page.on("request", (request) => request.url().startsWith(address) || /^(data|blob):/.test(request.url()) || complaints.push(`asked ${request.url()}`));
  return { context, page, complaints };
}

// Most checks share one visit, as one visitor does many things; each begins on the first view with the usual settings.
const shared = await visit(desktop);

/** Does a check, and holds that nothing was complained of meanwhile. With options it has a visit of its own. */
async function check(name, act, options) {
  const began = performance.now();
  const tools = options ? await visit(options) : shared;
  const { complaints, page } = tools;
  let fault = null;
  let measured = null;
  try {
    complaints.length = 0;
    if (!options) await begin(page);
    measured = (await act(tools)) ?? null;
    holds(complaints.length === 0, complaints.join("; "));
  } catch (thrown) {
    fault = thrown.message;
  }
  if (options) await tools.context.close();
  console.log(JSON.stringify({ name, seconds: Math.round(performance.now() - began) / 1000, fault, measured }));
}

async function begin(page) {
  if (page.url() === "about:blank") return open(page);
  await page.click("header a.wordmark");
  await inSession(page, "(session) => { session.player.pause(); session.passage = undefined; session.resetSettings(); session.set({ model: undefined }); session.fault = ''; session.tell(); }");
  await page.waitForSelector(".compose-button:not([disabled])");
}

async function open(page) {
  await page.goto(address);
  await page.waitForSelector(".compose-button:not([disabled])");
}

const inSession = (page, act) => page.evaluate(`(async () => (${act})(document.querySelector("etude-app").session))()`);
// Asked again from here: the page's content policy, rightly, lets no text be run as a script inside it.
async function until(page, condition) {
  for (const end = Date.now() + patience; Date.now() < end; await page.waitForTimeout(20)) {
    if (await inSession(page, condition)) return;
  }
  throw new Failure(`after ${patience / 1000} s it still does not hold: ${condition}`);
}
const sounds = (page) => until(page, "(session) => session.piano.isRunning && session.piano.peak() > 0.001");
const isDone = (page) => until(page, '(session) => !session.isAsking && !session.sketch && session.selected?.piece.state === "done" && session.selected.timeline.pedals.length > 0');
const setBars = (page, bars) => inSession(page, `(session) => session.set({ bars: ${bars} })`);

async function dropFile(page, name, bytes) {
  const transfer = await page.evaluateHandle(([name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name));
    return transfer;
  }, [name, bytes]);
  await page.dispatchEvent(".compose", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(".compose", "drop", { dataTransfer: transfer });
}

// Eight quarter notes, format 0, 96 ticks to the quarter.
const scale = [60, 62, 64, 65, 67, 69, 71, 72].flatMap((pitch) => [0, 0x90, pitch, 80, 96, 0x80, pitch, 0]);
const midi = [77, 84, 104, 100, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 77, 84, 114, 107, 0, 0, 0, scale.length + 4, ...scale, 0, 255, 47, 0];

await check("composes and sounds", async ({ page }) => {
  await until(page, "(session) => session.piano.loaded"); // a visitor looks before pressing
  const pressed = Date.now();
  await page.click(".compose-button");
  await sounds(page);
  const firstSound = Date.now() - pressed;
  await until(page, '() => document.querySelector("piano-roll").timeline.notes.length > 20');
  await isDone(page);
  holds((await page.textContent(".take-head h1")) !== "A new piece", "the finished piece has no title of its own");
  holds(await inSession(page, "(session) => session.player.isPlaying"), "it stopped playing when the piece was done");
  return { firstSoundMilliseconds: firstSound };
});

await check("plays, pauses, seeks and loops", async ({ page }) => {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("c");
  await sounds(page);
  await isDone(page);
  await page.keyboard.press("Space");
  await until(page, "(session) => !session.player.isPlaying");
  await page.keyboard.press("ArrowRight");
  const bar = await inSession(page, "(session) => session.player.position");
  holds(Math.abs(bar % 2.4) < 0.01 && bar > 0, `an arrow went to ${bar} s, which is no bar line`);
  await page.keyboard.press("l");
  await page.keyboard.press("Space");
  const loop = await inSession(page, "(session) => session.player.loop");
  holds(loop && Math.abs(loop.to - loop.from - 9.6) < 0.05, `the loop is ${JSON.stringify(loop)}`);
  await inSession(page, "(session) => session.player.seek(session.player.loop.to - 0.3)");
  await until(page, "(session) => session.player.position < session.player.loop.from + 1 && session.player.isPlaying");
  await page.focus('.transport input[type="range"]');
  await page.keyboard.press("ArrowLeft");
  holds((await inSession(page, "(session) => session.player.tempo")) === 0.95, "the tempo slider does not set the tempo");
});

await check("downloads", async ({ page }) => {
  await setBars(page, 4);
  await page.fill("#seed", "7");
  await page.keyboard.press("Tab");
  await page.click(".compose-button");
  await isDone(page);
  await page.click("details.menu summary");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".sheet-of-choices a:first-child")]);
  const path = join(folder, "downloaded.mid");
  await download.saveAs(path);
  return { path, name: download.suggestedFilename(), notes: await inSession(page, "(session) => session.selected.piece.notes") };
});

await check("begins from a dropped file", async ({ page }) => {
  await setBars(page, 4);
  await dropFile(page, "scale.mid", midi);
  await page.waitForSelector(".primer.held");
  holds((await page.textContent(".primer-head")).includes("8 notes"), "the notes of the file are not counted");
  await page.focus('.ends label:last-child input');
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
  await page.click(".compose-button");
  await isDone(page);
  const given = await inSession(page, "(session) => session.selected.timeline.notes.filter((note) => note.start < session.selected.timeline.composedFrom - 1e-6).length");
  holds(given === 7 || given === 8, `${given} of the given notes lead`);
});

await check("says why a broken file cannot be read", async ({ page, complaints }) => {
  await dropFile(page, "holiday.mid", [...new TextEncoder().encode("this is no music at all")]);
  const sentence = await page.textContent(".primer [role=alert]");
  holds(sentence.includes("holiday"), `it says "${sentence}"`);
  // The browser itself notes each refused request.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("422")));
  return { sentence };
});

await check("a moved slider steers", async ({ page }) => {
  await page.focus("#length");
  await page.keyboard.press("Home");
  await page.focus("#boldness");
  await page.keyboard.press("ArrowRight");
  await page.click(".compose-button");
  await isDone(page);
  const request = await inSession(page, "(session) => session.selected.piece.request");
  holds(request.bars === 4, `the length sent is ${request.bars}`);
  holds(request.temperature === 1.05, `the boldness sent is ${request.temperature}`);
});

await check("sliders move the music", async ({ page }) => {
  await setBars(page, 4);
  for (let i = 0; i < 2; i++) {
    await page.click(".compose-button");
    await isDone(page);
  }
  await page.selectOption(".steer .field select", "sliding");
  const mean = "(session) => session.sketch?.timeline.notes.reduce((sum, note, _, all) => sum + note.pitch / all.length, 0) ?? 0";
  await page.focus("#latent-1");
  await page.keyboard.press("ArrowRight");
  await until(page, "(session) => session.sketch?.timeline.notes.length > 0");
  await sounds(page);
  const before = await inSession(page, mean);
  const began = Date.now();
  await page.keyboard.press("End");
  await until(page, `(session) => (${mean})(session) > ${before} + 5`);
  const follows = Date.now() - began;
  holds(await inSession(page, "(session) => session.player.isPlaying && session.player.timeline === session.sketch.timeline"), "the sketch is not what plays");
  const seed = await inSession(page, "(session) => session.sketch.seed");
  await page.click(".compose-button");
  await isDone(page);
  const request = await inSession(page, "(session) => session.selected.piece.request");
  holds(request.seed === seed && request.latent.slides.length === 1, `the piece is not that of the sketch: ${JSON.stringify(request)}`);
  holds(!("topK" in request) || request.topK === 0, "a control that the model does not mind was sent");
  await page.selectOption(".between label:nth-of-type(1) select", { index: 1 });
  await page.selectOption(".between label:nth-of-type(2) select", { index: 2 });
  await page.focus("#share");
  await page.keyboard.press("End");
  await until(page, "(session) => session.sketch && session.latent.share === 1 && session.sketch.timeline.notes.length > 0");
  await page.click('.doings button:has-text("whole way")');
  await isDone(page);
  const way = await inSession(page, "(session) => session.selected.piece.request.latent");
  holds(way.towards && way.share === undefined, `the whole way asked for ${JSON.stringify(way)}`);
  return { followsMilliseconds: follows };
});

await check("steers, and composes marked bars anew, where the model can", async ({ page }) => {
  await setBars(page, 8);
  holds((await page.$('select[aria-label="Key"]')) === null, "a key is offered for a model that knows none");
  await page.selectOption(".steer .field select", "sheets");
  await page.selectOption('select[aria-label="Key"]', "Eb major");
  await page.selectOption('select[aria-label="Style"]', "ragtime");
  await page.selectOption('select[aria-label="Meter"]', "3/4");
  await page.click(".compose-button");
  await isDone(page);
  const { steering } = await inSession(page, "(session) => session.selected.piece.request");
  holds(steering.key === "Eb major" && steering.style === "ragtime" && steering.meter === "3/4", JSON.stringify(steering));
  const before = await inSession(page, "(session) => { const { bars } = session.selected.timeline; session.player.setLoop({ from: bars[2].start, to: bars[4].start }); return session.selected.id; }");
  holds((await page.textContent(".region")).includes("Bars 3 to 4"), "the marked bars are not named");
  await page.click('.region button:has-text("left hand")');
  await until(page, `(session) => session.selected.id !== "${before}" && session.selected.piece.state === "done"`);
  const filled = await inSession(page, "(session) => ({ gap: session.selected.piece.request.gap, from: session.selected.piece.composedFromSeconds, to: session.selected.piece.composedToSeconds })");
  holds(filled.gap.id === before && filled.gap.hand === "left" && Math.abs(filled.to - filled.from - 4.8) < 0.01, JSON.stringify(filled));
});

await check("a reload finds the piece under way", async ({ page }) => {
  await setBars(page, 256);
  await page.fill("#seed", "256"); // the slow one of PlainShelf
  await page.keyboard.press("Tab");
  await page.click(".compose-button");
  await until(page, "(session) => !session.isAsking && session.selected.timeline.notes.length > 10"); // not the piece of the check before
  const before = await inSession(page, "(session) => session.selected.id");
  await page.reload();
  await until(page, "(session) => session.selected?.timeline.notes.length > 10");
  holds((await inSession(page, "(session) => session.selected.id")) === before, "another piece is on the stage after the reload");
  holds((await inSession(page, "(session) => session.selected.isUnfinished")), "the piece was done before the reload: nothing was tried");
  const heard = await inSession(page, "(session) => session.selected.timeline.notes.length");
  await until(page, `(session) => session.selected.timeline.notes.length > ${heard}`);
  await inSession(page, "(session) => session.remove(session.selected)");
});

await check("shows sheet music", async ({ page }) => {
  await setBars(page, 4);
  await page.click(".compose-button");
  await isDone(page);
  await page.click('.doings button:has-text("Sheet music")');
  await page.waitForSelector(".paper svg path", { state: "attached" });
  const size = await page.$eval(".paper svg", (sheet) => sheet.getBoundingClientRect().height);
  holds(size > 80, `the sheet is ${size} high`);
});

await check("trains and listens only where that can be done", async ({ page }) => {
  await page.click('header a[href="/train"]');
  await page.waitForSelector(".new-run select");
  await page.click('header a[href="/listen"]');
  await page.waitForSelector(".listen .empty");
});

await check("keeps, rates, finds and plays in the library", async ({ page }) => {
  await setBars(page, 4);
  await page.click(".compose-button");
  await isDone(page);
  await page.click('.doings button:has-text("Keep")');
  await page.click(".take-head .stars button:nth-child(4)");
  await page.waitForSelector('.take-head .stars [aria-label="Rated 4 of 5"], .take-head .stars[aria-label="Rated 4 of 5"]');
  const title = await page.textContent(".take-head h1");
  await page.click('header a[href="/library"]');
  await page.waitForSelector(".piece");
  await page.selectOption(".filters label:last-child select", "5");
  await page.waitForSelector(".empty");
  await page.selectOption(".filters label:last-child select", "4");
  await page.waitForSelector(".piece");
  await page.fill(".search input", title.slice(0, 5));
  await page.waitForSelector(".piece");
  await page.click('button:has-text("Play all")');
  await sounds(page);
});

await check("a link shows the piece to others", async ({ page, context }) => {
  await setBars(page, 4);
  await page.click(".compose-button");
  await isDone(page);
  const id = await inSession(page, "(session) => session.selected.id");
  const other = await context.newPage();
  await other.goto(`${address}/p/${id}`);
  await other.waitForSelector(".take-head");
  await isDone(other);
  holds((await other.textContent(".take-head h1")) === (await page.textContent(".take-head h1")), "the link shows another piece");
  await other.close(); // else this one is hidden, and drawn once a second
});

await check("fits a phone and jumps nowhere", async ({ page }) => {
  await page.addInitScript(() => {
    window.jumps = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.hadRecentInput || (window.jumps += entry.value))).observe({ type: "layout-shift", buffered: true });
  });
  await open(page);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  holds((await wide()) <= 0, "the empty page is wider than the phone");
  await setBars(page, 4);
  await page.tap(".compose-button");
  await isDone(page);
  holds((await wide()) <= 0, "the piece is wider than the phone");
  for (const view of await page.$$eval("header nav a", (links) => links.map((link) => link.getAttribute("href")))) {
    await page.tap(`header nav a[href="${view}"]`);
    await page.waitForTimeout(300);
    holds((await wide()) <= 0, `${view} is wider than the phone`);
  }
  const jumps = await page.evaluate(() => window.jumps);
  holds(jumps < 0.1, `the layout jumped by ${jumps}`);
  return { layoutShift: jumps };
}, phone);

await check("every control has a name", async ({ page }) => {
  await setBars(page, 4);
  await page.click(".compose-button");
  await isDone(page);
  await page.click(".finer summary");
  const nameless = await page.$$eval("button, a, input, select, summary, [role=slider]", (controls) => controls
    .filter((control) => !control.closest("[hidden]"))
    .filter((control) => !(control.getAttribute("aria-label") ?? "").trim() && !control.textContent.trim() && !control.labels?.[0]?.textContent.trim())
    .map((control) => control.outerHTML.slice(0, 120)));
  holds(nameless.length === 0, nameless.join("\n"));
});

await check("is light", async ({ page, context }) => {
  const tracker = await context.newCDPSession(page);
  await tracker.send("Network.enable");
  const names = new Map();
  let bytes = 0;
  tracker.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, response.url));
  tracker.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => (bytes += names.get(requestId)?.endsWith("/api/soundfont") ? 0 : encodedDataLength));
  await open(page);
  await until(page, "(session) => session.piano.loaded");
  // Browsers do not report what an audio worklet loads: it is asked for once more, and counted.
  bytes += await page.evaluate(async () => {
    const scripts = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.endsWith(".js"));
    const texts = await Promise.all(scripts.map(async (script) => (await fetch(script)).text()));
    const processor = /\/assets\/spessasynth_processor[\w.-]+\.js/.exec(texts.join("\n"))[0];
    await (await fetch(processor)).arrayBuffer();
    return performance.getEntriesByName(new URL(processor, location.href).href)[0].encodedBodySize;
  });
  holds(bytes > 300000 && bytes < 700000, `the page weighs ${bytes} bytes`);
  return { bytes };
}, desktop);

await check("draws five thousand notes smoothly", async ({ page }) => {
  await setBars(page, 4);
  await page.click(".compose-button");
  await isDone(page);
  const times = await page.evaluate(async () => {
    const { session } = document.querySelector("etude-app");
    const roll = document.querySelector("piano-roll");
    const { timeline } = session.selected;
    const model = timeline.notes[0];
    timeline.notes.length = 0;
    for (let i = 0; i < 5000; i++) timeline.notes.push({ ...model, start: i * 0.06, end: i * 0.06 + 0.3, pitch: 36 + ((i * 7) % 50), velocity: 30 + (i % 90) });
    timeline.duration = 300;
    const measure = async (act) => {
      const found = [];
      for (let i = 0; i < 30; i++) {
        act(i);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        found.push(roll.drawingTime);
      }
      return found.sort((a, b) => a - b)[15];
    };
    roll.fit();
    const whole = await measure(() => roll.redraw());
    roll.zoom(20, 100);
    const near = await measure((i) => session.player.seek(100 + i));
    return { wholeMilliseconds: whole, nearMilliseconds: near };
  });
  holds(times.wholeMilliseconds < 33 && times.nearMilliseconds < 16, JSON.stringify(times));
  return times;
});

await browser.close();
