import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { accessibilityViolations, scrollsSideways, SIZES } from "../support/client-screens.ts";
import { countLoads, settle } from "../support/page-facts.ts";
import { agreementTexts, buildAgreement, buildFeed } from "../support/sample-agreement.ts";
import { MIDDAY_ZONE, storyFile, TODAY } from "../support/story-agreement.ts";

const TARGETS = 15;
const ALERTS = 2 * TARGETS;

/** As many service levels as make 30 alerts of one bad quarter hour: one for the day and one for the month each. */
function morning(): { readonly agreement: string; readonly feeds: string[] } {
  const targets = Agreement.shape.targets.parse(
    Array.from({ length: TARGETS }, (_, index) => ({
      id: `level-${index + 1}`,
      name: `Level ${index + 1}`,
      feed: "calls",
      queues: "all",
      measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
      direction: "at-least",
      expected: "80 %",
      windows: ["day", "month"],
      minimumSample: 0,
    })),
  );
  const feed = { ...buildFeed({ name: "Calls" }), timeZone: MIDDAY_ZONE };
  return agreementTexts({ ...buildAgreement({ id: "claims", name: "Claims line" }), timeZone: MIDDAY_ZONE, targets }, [feed]);
}

/** The part of the page that has the focus, as a row's key or the id of a field. */
async function focusOf(page: Page): Promise<string> {
  return await page.evaluate("document.activeElement?.closest('[data-key]')?.dataset.key ?? document.activeElement?.id ?? ''");
}

async function unanswered(page: Page): Promise<string> {
  return await page.getByRole("heading", { level: 1 }).innerText();
}

/** A key that opens a form, what is written there, and the key that sends it; the focus is then on another row. */
async function answerByKey(page: Page, key: string, note: string): Promise<void> {
  const before = await focusOf(page);
  await page.keyboard.press(key);
  await expect.poll(() => focusOf(page)).toBe("act-note");
  await page.keyboard.type(note);
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => focusOf(page)).toMatch(/^claims\//u);
  expect(await focusOf(page)).not.toBe(before);
}

describeInBrowser("the inbox", (stage) => {
  let quinn: Login;
  let mara: Login;
  let nora: Login;

  beforeAll(async () => {
    const { system } = stage;
    const { agreement, feeds } = morning();
    await system.addAgreement(agreement, feeds);
    const key = await system.addKey("claims", ["calls"]);
    quinn = await system.addPerson("Quinn", "claims", "qa-lead");
    mara = await system.addPerson("Mara", "claims", "client-manager");
    nora = await system.addPerson("Nora", "claims", "provider");
    await settle(system, key, "claims.calls", storyFile([{ time: "08:00", offered: 1000, abandoned: 20, in20: 700 }]));
  });

  test("a provider answers for a breach, and its client sees it on the open page within two seconds", async () => {
    const address = `/alerts/claims/level-15.month.${TODAY.slice(0, 7)}-01.1`;
    const [own, client] = await Promise.all([stage.open({ path: address, as: nora }), stage.open({ path: address, as: mara })]);
    await client.getByText("nobody has it yet; level 1 of 2").waitFor();
    const loads = countLoads(client);
    await own.getByLabel("Cause").selectOption({ label: "Staffing below plan" });
    await own.getByLabel("Note").fill("Six agents from the evening come at two.");
    const sentAtMs = performance.now();
    await own.getByRole("button", { name: "Acknowledge" }).click();
    await client.getByRole("heading", { name: "Nora has it" }).waitFor();
    expect(performance.now() - sentAtMs).toBeLessThan(2000);
    await client.getByText("cause: staffing below plan").waitFor();
    await client.getByRole("article").getByText("Acknowledged by Nora: Six agents from the evening come at two.").waitFor();
    await own.getByRole("button", { name: "Undo" }).click();
    await client.getByText("nobody has it yet; level 1 of 2").waitFor();
    expect(loads()).toBe(0);
  });

  test(`a QA lead answers a morning of ${ALERTS} alerts by keyboard alone`, async () => {
    const page = await stage.open({ path: "/alerts", as: quinn });
    await expect.poll(() => unanswered(page)).toContain(`${ALERTS} unanswered`);
    await page.keyboard.press("j");
    await expect.poll(() => focusOf(page)).toMatch(/^claims\//u);
    for (let count = 1; count <= 8; count++) await answerByKey(page, "a", `Known since the morning, ${count}`);
    await expect.poll(() => unanswered(page)).toContain(`${ALERTS - 8} unanswered`);
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.keyboard.press("u");
    await expect.poll(() => unanswered(page)).toContain(`${ALERTS - 7} unanswered`);
    await answerByKey(page, "s", "The roster changes at noon");
    await page.keyboard.press("r");
    await page.locator("button[aria-pressed=true]", { hasText: "Useful" }).waitFor();
    await page.keyboard.press("e");
    await expect.poll(() => focusOf(page)).toBe("act-note");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type("A count was wrong");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => unanswered(page)).toContain(`${ALERTS - 9} unanswered`);
    for (let row = 0; row < ALERTS; row++) await page.keyboard.press("k");
    for (let left = ALERTS - 9; left > 0; left--) {
      await page.keyboard.press("x");
      await page.keyboard.press("j");
    }
    await page.getByText(`${ALERTS - 9} selected`).waitFor();
    await page.keyboard.press("a");
    await page.getByRole("heading", { name: `Acknowledge ${ALERTS - 9} alerts` }).waitFor();
    await page.keyboard.type("All of one cause");
    await page.keyboard.press("Control+Enter");
    await page.getByText(`Acknowledged: all ${ALERTS - 9} alerts`).waitFor();
    expect(await unanswered(page)).toContain("0 unanswered");
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
  });

  test("every state of it has nothing that axe finds and never scrolls sideways, wide and on a phone", async () => {
    const page = await stage.open({ path: "/alerts?q=nothing-like-it", as: quinn });
    const check = async (ready: string) => {
      await page.getByText(ready).first().waitFor();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect(await accessibilityViolations(page), `${ready}, ${size.name}`).toEqual([]);
        expect(await scrollsSideways(page), `${ready}, ${size.name}`).toBe(false);
      }
      await page.setViewportSize(SIZES[0]);
    };
    await check("No alert here fits the filter.");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("link", { name: /Snoozed/u }).click();
    await check("The roster changes at noon");
    await page.getByRole("link", { name: /^Resolved/u }).click();
    await check("A count was wrong");
    await page.getByRole("button", { name: "Sound and pop-ups" }).click();
    await check("Sound and pop-ups in this browser");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /Stale/u }).click();
    await check("Nothing has been left lying");
  });
});
