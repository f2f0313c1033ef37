// From the click on Compose to the first sound, in a real browser: each round is a visitor with a fresh browser profile
// who looks at the page for a moment before pressing. Times in milliseconds after the click.
//   dotnet run -c Release --project src/Etude.Studio -- --port 5090 --data /tmp/first-sound
//   node src/Etude.Studio/client/scripts/first-sound.mjs http://localhost:5090 10
import { loadavg, cpus } from "node:os";
import { chromium } from "playwright-core";

const [address = "http://localhost:5080", rounds = "10"] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const found = [];
for (let round = 0; round < Number(rounds); round++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector(".compose-button:not([disabled])");
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    const { session } = document.querySelector("etude-app");
    const times = (window.times = {});
    document.querySelector(".compose-button").addEventListener("click", (event) => {
      // The event's own time: when the mouse went up, not when the page came to hear of it.
      const since = () => performance.now() - event.timeStamp;
      const watch = setInterval(() => {
        if (!times.asked && session.selected) times.asked = since();
        if (!times.notes && session.selected?.timeline.notes.length) times.notes = since();
        if (session.piano.peak() < 0.001) return;
        times.sound = since();
        clearInterval(watch);
      }, 4);
    }, { capture: true });
  });
  await page.click(".compose-button");
  for (let wait = 0; wait < 600 && !(await page.evaluate(() => window.times.sound)); wait++) await page.waitForTimeout(20);
  found.push(await page.evaluate(() => window.times));
  await page.evaluate(() => document.querySelector("etude-app").session.remove(document.querySelector("etude-app").session.selected));
  await context.close();
}
await browser.close();
const summary = (name) => {
  const times = found.map((one) => one[name]).sort((a, b) => a - b);
  return { median: Math.round(times[times.length >> 1]), worst: Math.round(times.at(-1)) };
};
console.log(JSON.stringify({ processor: cpus()[0].model, cores: cpus().length, load: loadavg()[0], rounds: found.length, asked: summary("asked"), notes: summary("notes"), sound: summary("sound") }));
