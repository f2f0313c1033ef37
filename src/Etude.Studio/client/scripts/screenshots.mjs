// Takes the pictures of docs/screenshots from a running studio:
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

for (const [size, options] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ ...options, colorScheme });
    const page = await context.newPage();
    const complain = (text) => (complaints++, console.error(`${size} ${colorScheme}: ${text}`));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
    page.on("pageerror", (fault) => complain(fault.message));
    page.on("request", (request) => request.url().startsWith(address) || /^(data|blob):/.test(request.url()) || complain(`asked ${request.url()}`));
    const picture = (name) => page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png` });
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
    for (const view of await page.$$eval("header nav a", (links) => links.map((link) => link.getAttribute("href")))) {
      if (view === "/") continue;
      await page.click(`header nav a[href="${view}"]`);
      await page.waitForTimeout(500);
      if (await wide()) complain(`${view} is wider than the window`);
      await picture(view.slice(1));
    }
    await context.close();
  }
}
await browser.close();
console.log(complaints ? `${complaints} complaints` : "no complaints");
process.exitCode = complaints ? 1 : 0;
