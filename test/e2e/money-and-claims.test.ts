import { expect, test } from "vitest";
import { accessibilityViolations, drawn, faultsInEveryLook, SCREENS } from "../support/client-screens.ts";
import { textOf } from "../support/page-facts.ts";
import { describeScreens } from "../support/screen-stage.ts";

const VOICE = "/agreements/acme-voice";

describeScreens("money, claims and formulas before a known state", (show) => {
  const MINE = SCREENS.filter(({ name }) => name.startsWith("money") || name.startsWith("claim"));

  test.for(MINE)("$name has nothing that axe finds and never scrolls sideways, in any look", async ({ role, path }) => {
    const { page } = await show(role, path);
    await drawn(page);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test("the board announces the other side's claim, leads to it, and is silent once it is decided", async () => {
    const { page } = await show("client-manager", "/board");
    await page.getByRole("heading", { name: "1 claim waits for your decision, 2 d left" }).waitFor();
    await page.getByRole("link", { name: "Acme Voice, claim c3: Force majeure" }).click();
    const outcomes = page.getByRole("table", { name: "Both outcomes" });
    expect(await textOf(outcomes.getByRole("row").nth(1))).toBe(
      "Service level September 2026 ≥ 80 % 78.9 % At risk n 43,180 79.3 % At risk n 42,768",
    );
    await page.getByText("Credit of Service level: EUR 4,200 as it stands, EUR 4,200 if accepted").waitFor();
    await page.getByText("Reject. The figure stays as it stands.").click();
    await page.getByLabel("Reason").fill("The site had a second line.");
    await page.getByRole("button", { name: "Decide claim c3" }).click();
    await page.getByRole("heading", { name: "Rejected: force majeure, 17 Sep 15:00 to 16:30" }).waitFor();
    await page.getByText("The site had a second line.").waitFor();
    await page.getByRole("heading", { level: 1, name: "1 claim waits for the provider" }).waitFor();
    await page.getByRole("link", { name: "Board", exact: true }).click();
    await page.getByRole("heading", { name: "Acme Voice worst first" }).waitFor();
    expect(await page.getByText("waits for your decision").count()).toBe(0);
  });

  test("a part is accepted as a range on the clock of the agreement", async () => {
    const { page } = await show("client-manager", `${VOICE}/claims/c3`);
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.getByText("Accept in part.").click();
    await page.getByLabel("to", { exact: true }).fill("2026-09-17T15:40");
    await page.getByLabel("Reason").fill("Agents were back at 15:40.");
    await page.getByRole("button", { name: "Decide claim c3" }).click();
    const range = { fromMs: Date.parse("2026-09-17T15:00:00+08:00"), toMs: Date.parse("2026-09-17T15:40:00+08:00") };
    expect((await sent).postDataJSON()).toMatchObject({ decision: "partly", expectedSeq: 1, accepted: [range] });
    await page.getByRole("heading", { name: /Accepted in part: force majeure/u }).waitFor();
  });

  test("a provider withdraws an own claim and cannot decide it", async () => {
    const { page } = await show("provider", `${VOICE}/claims/c3`);
    expect(await page.getByRole("form", { name: "Your decision" }).count()).toBe(0);
    await page.getByRole("button", { name: "Withdraw this claim" }).click();
    await page.getByRole("button", { name: "Withdraw", exact: true }).click();
    await page.getByRole("heading", { name: "Withdrawn: force majeure, 17 Sep 15:00 to 16:30" }).waitFor();
  });

  test("a QA lead sees the claim, its evidence and its outcomes, and may do nothing with it", async () => {
    const { page } = await show("qa-lead", `${VOICE}/claims/c3`);
    await page.getByText("PAGASA bulletin 14").waitFor();
    await page.getByRole("table", { name: "Both outcomes" }).waitFor();
    expect(await page.locator("form").count()).toBe(0);
    expect(await page.getByRole("link", { name: "Claim time" }).count()).toBe(0);
  });

  test("a new claim is typed on the clock of the agreement and sent as instants", async () => {
    const { page } = await show("provider", `${VOICE}/claims/new`);
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.getByLabel("Service level", { exact: true }).check();
    await page.getByLabel("From", { exact: true }).fill("2026-09-20T08:00");
    await page.getByLabel("To", { exact: true }).fill("2026-09-20T09:30");
    await page.getByLabel("Evidence").fill("Incident INC-1.");
    await page.getByRole("button", { name: "Give notice" }).click();
    expect((await sent).postDataJSON()).toMatchObject({
      targets: ["service-level"],
      fromMs: Date.parse("2026-09-20T08:00:00+08:00"),
      toMs: Date.parse("2026-09-20T09:30:00+08:00"),
    });
    await page.getByRole("heading", { name: /Undecided: .* 20 Sep 08:00 to 09:30/u }).waitFor();
  });

  test("an end before its start is refused before anything is sent", async () => {
    const { page } = await show("provider", `${VOICE}/claims/new`);
    await page.getByLabel("All of them").check();
    await page.getByLabel("From", { exact: true }).fill("2026-09-20T09:30");
    await page.getByLabel("To", { exact: true }).fill("2026-09-20T08:00");
    await page.getByLabel("Evidence").fill("Incident INC-1.");
    await page.getByRole("button", { name: "Give notice" }).click();
    await page.getByText("The end is not after the start.").waitFor();
  });

  test("money says first what is about to be waived, then what the open period costs, and each period opens to its sum", async () => {
    const { page } = await show("client-manager", `${VOICE}/money`);
    await page.getByText("You are about to waive EUR 14,400.").waitFor();
    await page.getByRole("heading", { level: 1, name: "September 2026 costs the provider EUR 4,200 as it stands" }).waitFor();
    await page.getByRole("button", { name: "August 2026", exact: true }).click();
    await page.getByText("EUR 9,400 credit").waitFor();
    await page.getByText("How it is computed").nth(2).click();
    await page.getByText("78.1 % is below the agreed 80 %: a default.").first().waitFor();
  });

  test("money that cannot be read says so and is read again on demand", async () => {
    const { page, harness } = await show("client-manager", "/board");
    await page.route("**/settlement", (route) => route.abort());
    await page.goto(`${harness.url}${VOICE}/money`);
    await page.getByText("Accord cannot be reached.").waitFor();
    await page.unroute("**/settlement");
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByRole("heading", { level: 1, name: /September 2026 costs/u }).waitFor();
  });

  test("a target's page compares every formula and shows every step down to the hash", async () => {
    const { page } = await show("client-manager", `${VOICE}/targets/service-level`);
    await page.getByText("It will probably be missed: 83 in 100. 2,589 of 11,700 late answers left").waitFor();
    await page.getByRole("button", { name: "Compare all formulas" }).click();
    await page.getByText("Met under 3 of 8 formulas; the agreed one misses by 1.1 pp and would cost EUR 4,200.").waitFor();
    await page.getByLabel("Time", { exact: true }).selectOption("week 2026-09");
    await page.getByRole("button", { name: "Compare all formulas" }).click();
    await page.getByText("All 3 weeks are met under 1 of 8 formulas; under the agreed one 1 of 3, which would cost EUR 8,400.").waitFor();
    await page.getByRole("button", { name: "Show every step" }).click();
    await page.getByText("3 Sep 10:00-12:00 not counted: claim c1, outage at the client, accepted, 586 calls").waitFor();
    await page.getByText("7d1f0c9a4be25c83f6a0d17e92b4c85f3e6a1d0b9c7f284e5d63a8b1c0f4e297").waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  test("the members of a target stand behind the worst of them", async () => {
    const { page } = await show("client-manager", "/board");
    const table = page.getByRole("table", { name: "Acme Chat targets, worst first" });
    await table.getByRole("row").nth(5).waitFor();
    expect(await table.getByRole("row").count()).toBe(6);
    await page.getByRole("button", { name: /2 more: 2 on target/u }).click();
    await table.getByRole("rowheader", { name: "Handle time, Sales" }).waitFor();
    expect(await table.getByRole("row").count()).toBe(8);
  });
});
