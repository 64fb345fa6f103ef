import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { describeInBrowser, type Login, signIn } from "../support/browser-stage.ts";
import type { HttpClient } from "../support/http-client.ts";
import { addStoryAgreement, type Quarter, storyFile, TODAY, YESTERDAY } from "../support/story-agreement.ts";
import { countLoads, figuresOf, rowOf, settle, textOf } from "../support/page-facts.ts";

const EARLIER: Quarter[] = [{ day: YESTERDAY, time: "10:00", offered: 400, abandoned: 12, in20: 368 }];
const MORNING: Quarter[] = [
  { time: "08:00", offered: 300, abandoned: 45, in20: 252 },
  { time: "08:15", offered: 300, abandoned: 45, in20: 252 },
  { time: "08:30", offered: 400, abandoned: 60, in20: 336 },
];
/** The same quarter hours, restated: fewer within 20 s. */
const RESTATED: Quarter[] = MORNING.map((quarter) => ({ ...quarter, in20: quarter.in20 - 54 }));

interface Sums {
  readonly offered: number;
  readonly in20: number;
  readonly abandoned: number;
}

function sumOf(quarters: readonly Quarter[]): Sums {
  const sum = (pick: (quarter: Quarter) => number): number => quarters.reduce((total, quarter) => total + pick(quarter), 0);
  return { offered: sum((each) => each.offered), in20: sum((each) => each.in20), abandoned: sum((each) => each.abandoned) };
}

/** The rows of the month of today; on the first of a month yesterday is not among them. */
function inMonth(quarters: readonly Quarter[]): Quarter[] {
  return quarters.filter(({ day = TODAY }) => day.slice(0, 7) === TODAY.slice(0, 7));
}

function percent(num: number, den: number): string {
  return `${((num / den) * 100).toFixed(1)} %`;
}

/** Notes at each change of the page whether the service level is at risk and how many alerts stand, each pair once. */
async function watchDrawing(page: Page): Promise<() => Promise<string[]>> {
  const drawn = await page.evaluateHandle(() => {
    const pairNow = (): string => {
      const row = [...document.querySelectorAll("table.targets tr")].find((each) => each.textContent.includes("Service level"));
      const alerts = document.querySelectorAll("[aria-labelledby='rail-alerts'] li");
      return `${row?.className} with ${alerts.length} alerts`;
    };
    const pairs = [pairNow()];
    const note = (): void => {
      const pair = pairNow();
      if (!pairs.includes(pair)) pairs.push(pair);
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    return pairs;
  });
  return async () => await drawn.jsonValue();
}

describeInBrowser("a client manager", (stage) => {
  let key: HttpClient;
  let manager: Login;

  async function handIn(quarters: readonly Quarter[]): Promise<void> {
    await settle(stage.system, key, "claims.calls", storyFile(quarters));
  }

  beforeAll(async () => {
    const { system } = stage;
    await addStoryAgreement(system);
    key = await system.addKey("claims", ["calls"]);
    manager = await system.addPerson("Mara", "claims", "client-manager");
    await handIn([...EARLIER, ...MORNING]);
  });

  test("sees after signing in that one target is met and another is at risk, with the figures that were handed in", async () => {
    const page = await stage.open();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(page, manager);
    await page.waitForURL("**/board");
    const [month, today] = [sumOf(inMonth([...EARLIER, ...MORNING])), sumOf(MORNING)];
    await rowOf(page, "Abandonment").getByText("At risk").first().waitFor();
    expect(await figuresOf(rowOf(page, "Service level"))).toEqual({
      status: "On target",
      value: percent(month.in20, month.offered),
      today: `On target: ${percent(today.in20, today.offered)}`,
      n: month.offered.toLocaleString("en-GB"),
    });
    expect(await figuresOf(rowOf(page, "Abandonment"))).toEqual({
      status: "At risk",
      value: percent(month.abandoned, month.offered),
      today: `At risk: ${percent(today.abandoned, today.offered)}`,
      n: month.offered.toLocaleString("en-GB"),
    });
  });

  test("sees a restated file change the verdict and raise an alert on the open board, without a reload", async () => {
    const page = await stage.open({ as: manager });
    const loads = countLoads(page);
    const row = rowOf(page, "Service level");
    await row.getByText("On target").first().waitFor();
    const rail = page.getByRole("region", { name: "Alerts" });
    const before = await rail.getByRole("listitem").count();
    const drawn = await watchDrawing(page);
    await handIn(RESTATED);
    const [month, today] = [sumOf(inMonth([...EARLIER, ...RESTATED])), sumOf(RESTATED)];
    await row.getByText("At risk", { exact: true }).waitFor();
    await expect
      .poll(() => figuresOf(row), { timeout: 5000 })
      .toEqual({
        status: "At risk",
        value: percent(month.in20, month.offered),
        today: `At risk: ${percent(today.in20, today.offered)}`,
        n: month.offered.toLocaleString("en-GB"),
      });
    await rail.getByText(`Service level at risk: ${percent(today.in20, today.offered)}, agreed ≥ 80 %, day ${TODAY}`).waitFor();
    expect(await rail.getByRole("listitem").count()).toBe(before + 2);
    // The verdict and its alerts in one stroke: no reader ever sees the one without the other.
    expect(await drawn()).toEqual([`calm with ${before} alerts`, `at-risk with ${before + 2} alerts`]);
    expect(loads()).toBe(0);
  });

  test("reaches a target by its address after signing in and reads there how its figure came about", async () => {
    const month = sumOf(inMonth([...EARLIER, ...RESTATED]));
    const page = await stage.open({ path: "/agreements/claims/targets/service-level" });
    await signIn(page, manager);
    expect(new URL(page.url()).pathname).toBe("/agreements/claims/targets/service-level");
    await page
      .getByRole("heading", { level: 1, name: `Service level is at risk: ${percent(month.in20, month.offered)} against 80 %` })
      .waitFor();
    const road = await textOf(page.getByRole("region", { name: `Where ${percent(month.in20, month.offered)} comes from` }));
    expect(road).toContain("answered within 20 s ÷ (answered + abandoned)");
    expect(road).toContain("4.1 Of all calls, 80 % are answered within 20 seconds.");
    expect(road).toContain(`${month.in20.toLocaleString("en-GB")} ÷ ${month.offered.toLocaleString("en-GB")} =`);
    await page.getByRole("heading", { name: "Steps" }).waitFor();
    await page.getByRole("img", { name: /Today by interval.*3 of 3/u }).waitFor();
    await page.getByRole("button", { name: "View as table" }).click();
    const rows = page.getByRole("region", { name: /by interval/u }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(1 + RESTATED.length);
    expect(await textOf(rows.nth(1))).toContain(percent(282, 400));
  });

  test("is gone after signing out: in the other tab too, the board asks for a sign-in, and the old session answers nothing", async () => {
    const page = await stage.open({ as: manager, path: "/board" });
    await rowOf(page, "Service level").waitFor();
    const [cookie] = await page.context().cookies();
    const otherTab = await page.context().newPage();
    await otherTab.goto(`${stage.system.url}/alerts`);
    await otherTab.getByRole("heading", { name: "Alerts" }).first().waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await otherTab.getByText("Your session has ended.").waitFor();
    await page.goto(`${stage.system.url}/board`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    const reply = await fetch(`${stage.system.url}/api/v1/session`, { headers: { Cookie: `${cookie?.name}=${cookie?.value}` } });
    expect(reply.status).toBe(401);
  });
});
