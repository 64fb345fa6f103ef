import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../shared/protocol/role.ts";
import { CHROMIUM_ARGS, findChromium } from "../support/chromium.ts";
import { buildAlert, buildVerdict } from "../support/client-fixture.ts";
import { type Harness, startClientHarness } from "../support/client-harness.ts";
import { textOf } from "../support/page-facts.ts";
import { accessibilityViolations, drawn, SCREENS, scrollsSideways, SIZES, VIEWER } from "../support/client-screens.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === null)("the screens before a known state", () => {
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

  async function open(
    role: Role,
    path: string,
    viewport: { width: number; height: number } = SIZES[0],
  ): Promise<{ page: Page; stage: Harness }> {
    harness = await startClientHarness({ role });
    const context = await browser.newContext({ ...VIEWER, viewport });
    const page = await context.newPage();
    await page.goto(harness.url + path);
    await drawn(page);
    return { page, stage: harness };
  }

  // The others are held to axe on a running system; these states are hard to bring about there.
  const RARE = SCREENS.filter(
    ({ name }) => name === "target-underivable" || name === "feeds-client" || name === "restatement" || name === "setup",
  );

  test.for(RARE)("$name has nothing that axe finds and never scrolls sideways, wide and on a phone", async ({ role, path }) => {
    const { page } = await open(role, path);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await drawn(page);
      expect(await accessibilityViolations(page), size.name).toEqual([]);
      expect(await scrollsSideways(page), size.name).toBe(false);
    }
  });

  test("the verdicts in one sentence stand in the first view of a laptop and of a phone", async () => {
    for (const size of SIZES) {
      const { page } = await open("client-manager", "/board", size);
      for (const sentence of await page.locator(".sentence").all()) {
        const box = await sentence.boundingBox();
        expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(size.height);
      }
      expect(await textOf(page.locator(".sentence").first())).toContain("Service level is at risk (78.9 % against 80 %)");
      await harness?.close();
    }
  });

  test("a server that falls silent is told after three missed ticks, with the time of its last word, and nothing looks live", async () => {
    const { page, stage } = await open("client-manager", "/board");
    stage.silence();
    await page.getByText("Connection lost.").waitFor({ timeout: 9000 });
    expect(await page.getByRole("region", { name: "Connection" }).innerText()).toMatch(
      /Figures are as of 08:32:\d\d your time\. They are not live/u,
    );
    expect(await page.locator("main").getAttribute("class")).toBe("dimmed");
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  test("a dropped line catches up from its cursor, and nothing that happened meanwhile is missing", async () => {
    const { page, stage } = await open("client-manager", "/board");
    stage.dropConnections();
    stage.append("acme-voice", {
      kind: "verdict:changed",
      verdict: buildVerdict({
        targetId: "abandonment",
        status: "missed",
        value: { num: 61, den: 1000 },
        direction: "at-most",
        expected: { mantissa: 5, dp: 2 },
      }),
    });
    stage.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page.getByText("Abandonment 6.1 % today").waitFor();
    await page
      .getByRole("row", { name: /Abandonment/u })
      .getByText("6.1 %")
      .waitFor();
  });

  test("a paused board keeps its figures and counts what waits", async () => {
    const { page, stage } = await open("client-manager", "/board");
    await page.getByRole("button", { name: "Pause live" }).click();
    stage.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page.getByText("1 change waits.").waitFor();
    expect(await page.getByText("Abandonment 6.1 % today").count()).toBe(0);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("Abandonment 6.1 % today").waitFor();
  });

  test("a new critical alert is spoken once, and the focus stays where it is", async () => {
    const { page, stage } = await open("client-manager", "/board");
    await page.getByRole("button", { name: "Pause live" }).focus();
    stage.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page
      .locator("body > #root > [role=alert]")
      .getByText("New critical alert, Acme Voice: Abandonment 6.1 % today.")
      .waitFor({ state: "attached" });
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Pause live");
  });
});
