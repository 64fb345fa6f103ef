import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import type { HttpClient } from "../support/http-client.ts";
import { countLoads, settle, textOf } from "../support/page-facts.ts";
import { addStoryAgreement, storyFile, TODAY } from "../support/story-agreement.ts";

const SLOW = { time: "08:00", offered: 1000, abandoned: 20, in20: 700 };
const ABANDONED = { ...SLOW, abandoned: 120 };
const SEEN_WITHIN_MS = 2000;
const DAY_ALERT = `/alerts/claims/service-level.day.${TODAY}.1`;
const MONTH_ALERT = `/alerts/claims/service-level.month.${TODAY.slice(0, 7)}-01.1`;

function listOf(page: Page): Locator {
  return page.getByRole("region", { name: "Alerts", exact: true });
}

function detailOf(page: Page): Locator {
  return page.getByRole("article");
}

async function acknowledge(page: Page, note: string): Promise<void> {
  await page.getByLabel("Note").fill(note);
  await page.getByRole("button", { name: "Acknowledge" }).click();
}

describeInBrowser("a QA lead", (stage) => {
  let key: HttpClient;
  let quinn: Login;
  let mara: Login;

  beforeAll(async () => {
    const { system } = stage;
    await addStoryAgreement(system);
    key = await system.addKey("claims", ["calls"]);
    quinn = await system.addPerson("Quinn", "claims", "qa-lead");
    mara = await system.addPerson("Mara", "claims", "client-manager");
    await settle(system, key, "claims.calls", storyFile([SLOW]));
  });

  test(`takes an alert on with a note, and another open browser shows it within ${SEEN_WITHIN_MS} ms without a reload`, async () => {
    const [own, other] = await Promise.all([stage.open({ path: DAY_ALERT, as: quinn }), stage.open({ path: "/board", as: mara })]);
    await detailOf(own).getByRole("heading", { level: 2, name: "Service level at risk: 70.0 %" }).waitFor();
    const watcher = await stage.open({ path: DAY_ALERT, as: mara });
    await watcher.getByText("nobody has it yet").waitFor();
    const loads = [countLoads(own), countLoads(other), countLoads(watcher)];
    const startedAtMs = performance.now();
    await acknowledge(own, "Two agents moved over from chat.");
    await Promise.all([
      detailOf(watcher).getByRole("heading", { name: "Quinn has it" }).waitFor(),
      detailOf(watcher).getByText("Two agents moved over from chat.").first().waitFor(),
      other.getByRole("region", { name: "Alerts" }).getByText("Quinn has it.").waitFor(),
    ]);
    expect(performance.now() - startedAtMs).toBeLessThan(SEEN_WITHIN_MS);
    await detailOf(own).getByRole("heading", { name: "Quinn has it" }).waitFor();
    await listOf(own).getByRole("region", { name: "Acknowledged" }).getByText("Quinn. Update due").waitFor();
    expect(loads.map((count) => count())).toEqual([0, 0, 0]);
  });

  test("who acknowledges an alert that somebody else has taken meanwhile is told who was faster, and when", async () => {
    const [own, slower] = await Promise.all([stage.open({ path: MONTH_ALERT, as: quinn }), stage.open({ path: MONTH_ALERT, as: mara })]);
    await slower.getByLabel("Note").waitFor();
    await slower.getByRole("button", { name: "Pause live" }).click();
    await acknowledge(own, "I have it.");
    await detailOf(own).getByRole("heading", { name: "Quinn has it" }).waitFor();
    await acknowledge(slower, "No, me.");
    const answer = slower.getByRole("alert").filter({ hasText: "Not acknowledged" });
    await answer.waitFor();
    const year = new Date().getUTCFullYear();
    expect(await textOf(answer)).toMatch(
      new RegExp(`Quinn acknowledged it \\d+ s before you, at ${year}-\\d\\d-\\d\\dT\\d\\d:\\d\\d`, "u"),
    );
    expect(await slower.getByLabel("Note").inputValue(), "the typed note is not lost").toBe("No, me.");
    await slower.getByRole("button", { name: "Resume" }).click();
    await detailOf(slower).getByRole("heading", { name: "Quinn has it" }).waitFor();
    await detailOf(slower).getByText("I have it.").first().waitFor();
  });

  test("points at an alert that stays where it is while new ones arrive, until they are asked for", async () => {
    const page = await stage.open({ path: "/alerts", as: quinn });
    const items = listOf(page).getByRole("listitem");
    await items.nth(1).waitFor();
    const pointed = items.nth(1);
    const [text, place] = [await textOf(pointed), await pointed.boundingBox()];
    const known = await items.count();
    await pointed.hover();
    await settle(stage.system, key, "claims.calls", storyFile([ABANDONED]));
    const news = page.getByRole("button", { name: "2 new show" });
    await news.waitFor();
    expect(await items.count()).toBe(known);
    expect(await textOf(pointed)).toBe(text);
    expect(await pointed.boundingBox()).toEqual(place);
    await news.click();
    await expect.poll(() => items.count()).toBe(known + 2);
  });

  test("works the list by keyboard: j and k walk, a leads to the note", async () => {
    const page = await stage.open({ path: "/alerts", as: quinn });
    const links = listOf(page).getByRole("link");
    await links.nth(3).waitFor();
    await links.first().focus();
    const [first, second] = [await links.nth(0).getAttribute("href"), await links.nth(1).getAttribute("href")];
    await page.keyboard.press("j");
    await page.waitForURL(`**${second}`);
    await expect.poll(() => links.nth(1).getAttribute("aria-current")).toBe("true");
    await page.keyboard.press("k");
    await page.waitForURL(`**${first}`);
    await detailOf(page).getByText("nobody has it yet").waitFor();
    await page.keyboard.press("a");
    await expect.poll(() => page.getByLabel("Note").evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type("jak are letters here");
    expect(await page.getByLabel("Note").inputValue()).toBe("jak are letters here");
    expect(new URL(page.url()).pathname).toBe(first);
  });
});
