// Takes the pictures of docs/screenshots from a running studio: each view on a desk and on a phone, light and dark, while
// a run trains. A model with sliders among the runs is shown too.
//   dotnet run -c Release --project src/Etude.Studio -- --port 5090 --data /tmp/pictures
//   node src/Etude.Studio/client/scripts/screenshots.mjs http://localhost:5090 docs/screenshots
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [address = "http://localhost:5080", folder = "docs/screenshots"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const sizes = { desktop: { viewport: { width: 1360, height: 860 } }, phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true } };
let complaints = 0;

const ask = async (path, method, body) => (await fetch(address + path, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) })).json();
const wait = () => new Promise((resolve) => setTimeout(resolve, 300));

// A library of a few pieces, and a training that is under way.
for (const [seed, rating] of [[1, 4], [2, 0], [4, 5], [7, 3]]) {
  let piece = await ask("/api/compositions", "POST", { seed, bars: 16 });
  while (["waiting", "composing"].includes(piece.state)) {
    await wait();
    piece = await ask(`/api/compositions/${piece.id}`, "GET");
  }
  await ask(`/api/compositions/${piece.id}`, "PATCH", { kept: true, rating });
}
if (!(await ask("/api/runs", "GET")).some((run) => run.name === "folk songs")) await ask("/api/runs", "POST", { name: "folk songs", recipe: "starter", folder: "starter", epochs: 1000 });
while (((await ask("/api/runs/folk songs", "GET")).epochs ?? []).length < 6) await wait();
const sliding = (await ask("/api/models", "GET")).find((model) => model.sliders)?.name;

for (const [size, options] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ ...options, colorScheme });
    const page = await context.newPage();
    const complain = (text) => (complaints++, console.error(`${size} ${colorScheme}: ${text}`));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
    page.on("pageerror", (fault) => complain(fault.message));
    page.on("request", (request) => request.url().startsWith(address) || /^(data|blob):/.test(request.url()) || complain(`asked ${request.url()}`));
    const picture = (name, top = 0) => page.evaluate((top) => scrollTo(0, top), top).then(() => page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png` }));
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

    await page.goto(address);
    await page.waitForSelector(".compose-button");
    await picture("welcome");
    await page.fill("#seed", "7");
    await page.keyboard.press("Tab");
    await page.click(".compose-button");
    await page.waitForFunction(() => document.querySelector("etude-app").session.selected?.piece.state === "done", null, { timeout: 60000 });
    await page.evaluate(() => document.querySelector("etude-app").session.keep(document.querySelector("etude-app").session.selected, true));
    await page.evaluate(() => document.querySelector("etude-app").session.player.seek(9));
    await page.waitForTimeout(1200);
    if (await wide()) complain("the piece is wider than the window");
    await picture("piece");
    await page.keyboard.press("Space");
    for (const view of ["/library", "/train", "/listen", "/reference"]) {
      await page.click(`header nav a[href="${view}"]`);
      await page.waitForTimeout(view === "/train" ? 1500 : 600);
      if (view === "/library") {
        await page.click(".piece:first-child summary");
        await page.waitForFunction(() => !document.querySelector(".made").textContent.includes("Comparing"), null, { timeout: 60000 });
      }
      if (view === "/listen") {
        await page.waitForSelector(".listen .primary, .passage-card");
        // A test that is under way goes on.
        if (await page.$(".listen .primary")) await page.click(".listen .primary");
        await page.click(".passage-card .play");
        await page.waitForSelector(".passage-card piece-strip");
        await page.waitForTimeout(900);
      }
      if (await wide()) complain(`${view} is wider than the window`);
      await picture(view === "/train" ? "train-new" : view.slice(1));
      if (view === "/train") await picture("train", await page.evaluate(() => document.querySelector(".train h2").getBoundingClientRect().top + scrollY - 30));
      if (view === "/listen") await page.keyboard.press("Space");
    }
    if (sliding) {
      await page.click('header nav a[href="/"]');
      await page.selectOption(".steer .field select", sliding);
      await page.focus(".latent-slider input");
      for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => document.querySelector("etude-app").session.sketch?.timeline.notes.length, null, { timeout: 60000 });
      await page.waitForTimeout(900);
      if (await wide()) complain("a sketch is wider than the window");
      await picture("sketch");
    }
    await context.close();
  }
}
await browser.close();
await ask("/api/runs/folk songs/stop", "POST");
console.log(complaints ? `${complaints} complaints` : "no complaints");
process.exitCode = complaints ? 1 : 0;
