import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../shared/protocol/role.ts";
import { CHROMIUM_ARGS, findChromium } from "../support/chromium.ts";
import { type Harness, startClientHarness } from "../support/client-harness.ts";
import { accessibilityViolations, drawn, scrollsSideways, SIZES, VIEWER } from "../support/client-screens.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === null)("the page of a feed", () => {
  let browser: Browser;
  let harness: Harness | null = null;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_ARGS });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await harness?.close();
    harness = null;
  });
  afterAll(() => browser.close());

  async function open(role: Role, path: string): Promise<Page> {
    harness = await startClientHarness({ role });
    const context = await browser.newContext({ ...VIEWER, viewport: SIZES[0] });
    const page = await context.newPage();
    await page.goto(harness.url + path);
    await drawn(page);
    return page;
  }

  test("is reached from the table, shows what is missing and asks its questions with innocent answers", async () => {
    const page = await open("provider", "/feeds");
    await page.getByRole("link", { name: "ACD intervals", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "ACD intervals is on time" }).waitFor();
    const bars = page.getByRole("img", { name: "27 of 32 on time, 1 late, 1 with rows refused, 1 missing, 2 while Accord was away" });
    await bars.first().waitFor();
    expect(await page.getByRole("table", { name: "Missing times" }).innerText()).toContain("12 intervals");
    expect(await page.getByText("Why does CLAIMS_PH have the same counts 8 times in a row?").count()).toBe(1);
    expect(await page.getByText("A new queue looks like it: SALES_PH_2026.").count()).toBe(1);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      expect(await accessibilityViolations(page), size.name).toEqual([]);
      expect(await scrollsSideways(page), size.name).toBe(false);
    }
  });

  test("tells the provider, and nobody else, until when the client is not told", async () => {
    const path = "/feeds/acme-voice/feed/csat-survey";
    const provider = await open("provider", path);
    await provider.getByText("The client is told at 16:00 Manila (10:00 yours) if it is still missing.").waitFor();
    await harness?.close();
    const client = await open("client-manager", path);
    await client.getByRole("heading", { level: 1, name: "CSAT survey has been late for 2 h 32 min" }).waitFor();
    expect(await client.getByText("The client is told").count()).toBe(0);
  });
});
