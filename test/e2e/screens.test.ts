import { expect, test } from "vitest";
import { buildAlert, buildVerdict } from "../support/client-fixture.ts";
import { accessibilityViolations, drawn, faultsInEveryLook, SCREENS, scrollsSideways, SIZES } from "../support/client-screens.ts";
import { textOf } from "../support/page-facts.ts";
import { describeScreens } from "../support/screen-stage.ts";

describeScreens("the screens before a known state", (show) => {
  // The others are held to axe on a running system; these states are hard to bring about there.
  const RARE = SCREENS.filter(({ name }) => ["target-underivable", "feeds-client", "restatement", "setup"].includes(name));

  test.for(RARE)("$name has nothing that axe finds and never scrolls sideways, in any look", async ({ role, path }) => {
    const { page } = await show(role, path);
    await drawn(page);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test("the verdicts in one sentence stand in the first view of a laptop and of a phone", async () => {
    for (const size of SIZES) {
      const { page } = await show("client-manager", "/board", size);
      await drawn(page);
      for (const sentence of await page.locator(".sentence").all()) {
        const box = await sentence.boundingBox();
        expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(size.height);
      }
      expect(await textOf(page.locator(".sentence").first())).toContain("Service level is at risk (78.9 % against 80 %)");
    }
  });

  test("a server that falls silent is told after three missed ticks, with the time of its last word, and nothing looks live", async () => {
    const { page, harness } = await show("client-manager", "/board");
    harness.silence();
    await page.getByText("Connection lost.").waitFor({ timeout: 9000 });
    expect(await page.getByRole("region", { name: "Connection" }).innerText()).toMatch(
      /Figures are as of 08:32:\d\d your time\. They are not live/u,
    );
    expect(await page.locator("main").getAttribute("class")).toBe("dimmed");
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  test("a dropped line catches up from its cursor, and nothing that happened meanwhile is missing", async () => {
    const { page, harness } = await show("client-manager", "/board");
    harness.dropConnections();
    harness.append("acme-voice", {
      kind: "verdict:changed",
      verdict: buildVerdict({
        targetId: "abandonment",
        status: "missed",
        value: { num: 61, den: 1000 },
        direction: "at-most",
        expected: { mantissa: 5, dp: 2 },
      }),
    });
    harness.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page.getByText("Abandonment 6.1 % today").waitFor();
    await page
      .getByRole("row", { name: /Abandonment/u })
      .getByText("6.1 %")
      .waitFor();
  });

  test("a paused board keeps its figures and counts what waits", async () => {
    const { page, harness } = await show("client-manager", "/board");
    await drawn(page);
    await page.getByRole("button", { name: "Pause live" }).click();
    harness.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page.getByText("1 change waits.").waitFor();
    expect(await page.getByText("Abandonment 6.1 % today").count()).toBe(0);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("Abandonment 6.1 % today").waitFor();
  });

  test("a new critical alert is spoken once, and the focus stays where it is", async () => {
    const { page, harness } = await show("client-manager", "/board");
    // What comes before the board is there comes with it, and is no news.
    await drawn(page);
    await page.getByRole("button", { name: "Pause live" }).focus();
    harness.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page
      .locator("body > #root > [role=alert]")
      .getByText("New critical alert, Acme Voice: Abandonment 6.1 % today.")
      .waitFor({ state: "attached" });
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Pause live");
  });

  test("a drift leads from the list to its days and its alert, is read again when it changes, and has no fault in any look", async () => {
    const { page, harness } = await show("qa-lead", "/agreements/acme-voice/drift");
    await drawn(page);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("link", { name: "Handle time" }).click();
    await page.getByRole("heading", { name: /^Handle time has risen from 5:58 to \d:\d\d since about/u }).waitFor();
    await drawn(page);
    expect(await faultsInEveryLook(page)).toEqual([]);
    const again = page.waitForRequest(/\/drift\/aht$/u);
    harness.append("acme-voice", { kind: "drift:changed", targetId: "aht" });
    await again;
    await page.getByRole("button", { name: "View as table" }).click();
    expect(await page.getByRole("region", { name: "Figures by day" }).getByRole("row").count()).toBe(141);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await textOf(page.getByRole("table", { name: "What moved it" }))).toContain("Entrants");
    await page.getByRole("link", { name: "See the alert" }).click();
    await page.getByText("Since when, by how much, and why").waitFor();
  });
});
