import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "./chromium.ts";
import { startClientHarness } from "./client-harness.ts";
import { accessibilityViolations, drawn, SCREENS, scrollsSideways, SIZES, VIEWER, watchRequests } from "./client-screens.ts";

type Screen = (typeof SCREENS)[number];

async function drawScreen(browser: Browser, screen: Screen, folder: string): Promise<number> {
  const harness = await startClientHarness({ role: screen.role });
  let found = 0;
  for (const { name, ...viewport } of SIZES) {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ ...VIEWER, viewport, colorScheme });
      const page = await context.newPage();
      watchRequests(page);
      page.on("pageerror", (error) => console.log(`  page error: ${error.message}`));
      await page.goto(harness.url + screen.path);
      await drawn(page);
      await page.screenshot({ path: path.join(folder, `${screen.name}-${name}-${colorScheme}.png`), fullPage: true });
      const bad = await accessibilityViolations(page);
      if (await scrollsSideways(page)) bad.push("scrolls sideways");
      found += bad.length;
      for (const each of bad) console.log(`  ${screen.name} ${name} ${colorScheme}: ${each}`);
      await context.close();
    }
  }
  await harness.close();
  return found;
}

/** Draws every screen in both sizes and colours and prints what axe finds. By hand: `node test/support/client-pictures.ts <folder> [screen]`. */
async function draw(folder: string, only: string | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("No Chromium is installed; see CONTRIBUTING.md.");
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  let found = 0;
  for (const screen of SCREENS.filter((each) => only === undefined || each.name === only))
    found += await drawScreen(browser, screen, folder);
  await browser.close();
  console.log(`${found} violations`);
}

await draw(process.argv[2] ?? "test-results/pictures", process.argv[3]);
