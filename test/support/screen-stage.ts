import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { Role } from "../../shared/protocol/role.ts";
import { CHROMIUM_ARGS, findChromium } from "./chromium.ts";
import { type Harness, startClientHarness } from "./client-harness.ts";
import { SIZES, VIEWER, watchRequests } from "./client-screens.ts";

const WITHIN_MS = 20_000;

interface Shown {
  readonly page: Page;
  /** What answers this page; it ends with the test. */
  readonly harness: Harness;
}

/** Opens an address of the dashboard as somebody, before answers of its own. */
export type Show = (role: Role, path: string, viewport?: { readonly width: number; readonly height: number }) => Promise<Shown>;

/**
 * Screens before a known state, in a real Chromium without a system behind it. Skipped where there is no Chromium.
 * After each test its pages are closed and what answered them is stopped.
 */
export function describeScreens(title: string, tell: (show: Show) => void): void {
  const executablePath = findChromium();
  describe.skipIf(executablePath === null)(title, () => {
    let browser: Browser | undefined;
    const shown: { harness: Harness; context: BrowserContext }[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_ARGS });
    });
    afterEach(async () => {
      await Promise.all(
        shown.splice(0).map(async ({ harness, context }) => {
          await context.close();
          await harness.close();
        }),
      );
    });
    afterAll(() => browser?.close());
    tell(async (role, path, viewport = SIZES[0]) => {
      if (browser === undefined) throw new Error("the browser runs only while tests run");
      const harness = await startClientHarness({ role });
      const context = await browser.newContext({ ...VIEWER, viewport, reducedMotion: "reduce" });
      shown.push({ harness, context });
      context.setDefaultTimeout(WITHIN_MS);
      const page = await context.newPage();
      watchRequests(page);
      await page.goto(harness.url + path);
      return { page, harness };
    });
  });
}
