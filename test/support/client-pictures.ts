import { createRequire } from "node:module";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "./chromium.ts";
import { type Harness, startClientHarness } from "./client-harness.ts";

/** The screens whose pictures are looked at and whose accessibility is counted. */
const SCREENS = [
  { name: "board", path: "/board", role: "client-manager" },
  { name: "target", path: "/agreements/acme-voice/targets/service-level", role: "client-manager" },
  { name: "target-underivable", path: "/agreements/acme-chat/targets/service-level", role: "client-manager" },
  { name: "alerts", path: "/alerts", role: "qa-lead" },
  { name: "alert", path: "/alerts/acme-voice/voice.asa.day", role: "qa-lead" },
  { name: "feeds", path: "/feeds", role: "provider" },
  { name: "feeds-client", path: "/feeds", role: "client-manager" },
  { name: "people", path: "/people", role: "administrator" },
  { name: "sign-in", path: "/sign-in", role: "client-manager" },
  { name: "setup", path: "/setup#token", role: "administrator" },
] as const;

const SIZES = [
  { name: "wide", width: 1366, height: 768 },
  { name: "phone", width: 360, height: 740 },
] as const;

const axePath = createRequire(import.meta.url).resolve("axe-core");

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  return await page.evaluate(`axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.map((each) =>
    each.id + ": " + each.nodes.map((node) => node.target.join(" ") + " " + node.failureSummary.split("\\n").slice(1).join(" ")).join(" | ")))`);
}

/** Draws every screen in both sizes and colours into a folder and prints what axe finds. Run by hand: `node test/support/client-pictures.ts <folder> [screen]`. */
async function draw(folder: string, only: string | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("No Chromium is installed; see CONTRIBUTING.md.");
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  let found = 0;
  for (const screen of SCREENS.filter((each) => only === undefined || each.name === only)) {
    const harness: Harness = await startClientHarness({ role: screen.role });
    for (const size of SIZES) {
      for (const colorScheme of ["light", "dark"] as const) {
        // axe must be injected, which the page's own policy would refuse; that the policy holds is seen in the console below.
        const context = await browser.newContext({
          viewport: { width: size.width, height: size.height },
          colorScheme,
          timezoneId: "Europe/Berlin",
          locale: "en-GB",
          bypassCSP: true,
        });
        const page = await context.newPage();
        page.on("console", (message) => message.type() === "error" && console.log(`  console: ${message.text()}`));
        page.on("pageerror", (error) => console.log(`  page error: ${error.message}`));
        await page.goto(harness.url + screen.path);
        await page.locator("h1").first().waitFor();
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: path.join(folder, `${screen.name}-${size.name}-${colorScheme}.png`), fullPage: true });
        const tooWide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        if (tooWide === true) console.log(`  ${screen.name} ${size.name}: scrolls sideways`);
        const bad = await violations(page);
        found += bad.length;
        for (const each of bad) console.log(`  ${screen.name} ${size.name} ${colorScheme}: ${each}`);
        await context.close();
      }
    }
    await harness.close();
    console.log(screen.name);
  }
  await browser.close();
  console.log(`${found} violations`);
}

await draw(process.argv[2] ?? "test-results/pictures", process.argv[3]);
