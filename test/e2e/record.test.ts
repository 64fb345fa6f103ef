import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM_ARGS, findChromium } from "../support/chromium.ts";
import { type Harness, startClientHarness } from "../support/client-harness.ts";
import { accessibilityViolations, drawn, scrollsSideways, SIZES, VIEWER } from "../support/client-screens.ts";

const executablePath = findChromium();
const KEPT = "accord:record:acme-voice";

describe.skipIf(executablePath === null)("the record on the screen", () => {
  let browser: Browser;
  let harness: Harness;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_ARGS });
    harness = await startClientHarness({ role: "client-manager" });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await harness?.close();
    await browser?.close();
  });

  async function open(): Promise<Page> {
    const page = await (await browser.newContext({ ...VIEWER, viewport: SIZES[0] })).newPage();
    await page.goto(`${harness.url}/agreements/acme-voice/record`);
    await drawn(page);
    return page;
  }

  test("tells its size and its latest entries in plain words, on a laptop and on a phone", async () => {
    const page = await open();
    await page.getByRole("heading", { name: "10 entries that nobody can change unseen" }).waitFor();
    await page.getByText("Receipt 88213 corrected 12 rows of acd-intervals").waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await drawn(page);
      expect(await accessibilityViolations(page), size.name).toEqual([]);
      expect(await scrollsSideways(page), size.name).toBe(false);
    }
  });

  test("is called rewritten when it no longer begins as this browser saw it, and the proof can be saved", async () => {
    const page = await open();
    await page.waitForFunction((key) => localStorage.getItem(key) !== null, KEPT);
    // As if the browser had seen 99 entries before the end was cut off.
    await page.evaluate(
      (key) => localStorage.setItem(key, localStorage.getItem(key)?.replace(String.raw`\n10\n`, String.raw`\n99\n`) ?? ""),
      KEPT,
    );
    await page.reload();
    const banner = page.getByRole("region", { name: "Record" });
    await banner.getByText("The record had 99 entries and now has 10.").waitFor();
    expect(await banner.getByRole("link", { name: "Save the proof" }).getAttribute("download")).toBe("acme-voice-checkpoint.txt");
    expect(await page.evaluate((key) => localStorage.getItem(key), KEPT)).toContain(String.raw`\n99\n`);
  });
});
