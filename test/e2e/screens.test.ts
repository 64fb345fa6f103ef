import { expect, test } from "vitest";
import { act } from "../../shared/alerts/act.ts";
import { dutyPolicy } from "../../shared/alerts/duty-policy.ts";
import { MARISOL } from "../support/client-people.ts";
import { buildAlert, buildVerdict, FIXTURE_NOW_MS } from "../support/client-fixture.ts";
import { accessibilityViolations, drawn, faultsInEveryLook, SCREENS, scrollsSideways, SIZES } from "../support/client-screens.ts";
import { textOf } from "../support/page-facts.ts";
import { describeScreens } from "../support/screen-stage.ts";

const ANY_POLICY = dutyPolicy({ version: 3 }, (fromMs, ms) => fromMs + ms);

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

  test("a half-written note stays whatever becomes of its alert, and is typed on: nothing of it is taken for a command", async () => {
    const { page, harness } = await show("qa-lead", "/alerts");
    const note = page.getByLabel("Note");
    await note.click();
    await page.keyboard.type("Six from the evening ");
    const asked = buildAlert({ id: "voice.sl.day", headline: "Service level 74.1 % today, agreed at least 80 %" });
    const taken = act(asked, { do: "acknowledge", note: "On it" }, { who: MARISOL, seenSeq: 1, nowMs: FIXTURE_NOW_MS }, ANY_POLICY);
    if (taken.kind !== "done") throw new Error("the rules refuse it");
    await page.getByRole("article").getByLabel("Owner").focus();
    harness.append("acme-voice", { kind: "alert:changed", alert: taken.alert });
    const told = "Marisol Reyes acknowledged this meanwhile.";
    await page.getByRole("article").getByText(told).waitFor();
    // Whom to name is not asked any more; what is typed there is no command either.
    expect(await page.getByRole("article").getByLabel("Owner").isDisabled()).toBe(true);
    await page.keyboard.type("jr");
    await note.click();
    await page.keyboard.press("End");
    await page.keyboard.type("raise ");
    harness.append("acme-voice", { kind: "alert:changed", alert: buildAlert({ id: "new", headline: "Abandonment 6.1 % today" }) });
    await page.getByRole("link", { name: "Abandonment 6.1 % today" }).waitFor();
    const over = { atMs: FIXTURE_NOW_MS, reason: "81 % by noon" };
    const line = { seq: 3, kind: "resolved", atMs: FIXTURE_NOW_MS, by: "Accord", note: "81 % by noon" } as const;
    const history = [...taken.alert.history, line];
    harness.append("acme-voice", {
      kind: "alert:changed",
      alert: { ...taken.alert, seq: 3, status: "resolved", resolution: over, history },
    });
    await page.getByRole("article").getByText("It is over by the evidence meanwhile.").waitFor();
    await page.keyboard.type("at two");
    expect(await note.inputValue()).toBe("Six from the evening raise at two");
    expect(await page.evaluate("document.activeElement.id")).toBe("act-note");
    await page.locator("body > #root > [role=status]").getByText(told).waitFor({ state: "attached" });
    await page.keyboard.press("Control+Enter");
    await page.getByRole("article").getByText("Comment by Ingrid Holm: Six from the evening raise at two").waitFor();
    await page.getByRole("link", { name: /Speed of answer/u }).click();
    await page.getByRole("article", { name: /^Speed of answer/u }).waitFor();
    await page.getByRole("button", { name: "Comment" }).click();
    await note.click();
    await page.evaluate("history.back()");
    await page.getByRole("article", { name: /^Service level/u }).waitFor();
    await page.keyboard.type("jar");
    expect(await page.getByRole("article", { name: /^Service level/u }).count()).toBe(1);
    expect(await page.locator("button[aria-pressed=true]").count()).toBe(0);
  });

  test("the evidence of an alert is of the day it is about, or was raised on in a longer window, and read once when somebody looks", async () => {
    const { page, harness } = await show("qa-lead", "/alerts/acme-voice/voice.aban.day.19");
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("/series") && asked.push(new URL(request.url()).search));
    await page.getByRole("heading", { name: "Abandonment, 19 Sep 2026" }).waitFor();
    const subject = { kind: "target", targetId: "service-level", window: "week", start: "2026-09-14" } as const;
    const raisedAtMs = FIXTURE_NOW_MS - 3 * 86_400_000;
    const friday = buildAlert({ id: "friday", headline: "Service level 76.8 % this week", subject, raisedAtMs });
    harness.append("acme-voice", { kind: "alert:changed", alert: friday });
    await page.getByRole("link", { name: /76.8 %/u }).click();
    await page.getByRole("heading", { name: "Service level, 18 Sep 2026" }).waitFor();
    await page.getByText("raised 14:32").waitFor();
    await page.getByRole("link", { name: /Speed of answer/u }).click();
    await page.getByRole("heading", { name: "Speed of answer, today" }).waitFor();
    await page.getByRole("link", { name: /76.8 %/u }).click();
    await page.getByRole("heading", { name: "Service level, 18 Sep 2026" }).waitFor();
    // That of the 19th is asked for before anybody listens, or after.
    expect(asked.filter((search) => search !== "?day=2026-09-19")).toEqual(["?day=2026-09-18"]);
  });
});
