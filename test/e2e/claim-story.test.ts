import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { settle, textOf } from "../support/page-facts.ts";
import { type Quarter, storyFile, storyTexts, TODAY } from "../support/story-agreement.ts";

/** The second quarter hour is one in which the client's line was down: without it the month stands at 95.0 %, with it at 72.5 %. */
const MORNING: Quarter[] = [
  { time: "08:00", offered: 400, abandoned: 4, in20: 380 },
  { time: "09:00", offered: 400, abandoned: 20, in20: 200 },
];

const MONEY = {
  exclusions: { kinds: ["client-outage", "third-party"], noticeWithin: "P3D", decideWithin: "P5D", undecided: "lapsed" },
  fees: { currency: "USD", amount: "100000", per: "month" },
  credits: {
    period: "month",
    atRisk: "10 %",
    scheme: { kind: "allocation", categories: [{ id: "speed", pool: "100 %", targets: { "service-level": "100 %" } }] },
  },
  deadlines: { claimCreditWithin: "P30D" },
};

describeInBrowser("two companies and one claim", (stage) => {
  let client: Login;
  let provider: Login;

  beforeAll(async () => {
    const { system } = stage;
    const { agreement, feeds } = storyTexts();
    await system.addAgreement(JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(agreement)), ...MONEY }), feeds);
    const key = await system.addKey("claims", ["calls"]);
    [client, provider] = [await system.addPerson("Mara", "claims", "client-manager"), await system.addPerson("Nora", "claims", "provider")];
    await settle(system, key, "claims.calls", storyFile(MORNING));
  });

  test("the provider claims, the client sees both outcomes and accepts, and every screen counts again without a reload", async () => {
    const mara = await stage.open({ path: "/agreements/claims/targets/service-level", as: client });
    await mara.getByRole("heading", { level: 1, name: "Service level is at risk: 72.5 % against 80 %" }).waitFor();
    await mara.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Board" }).click();

    const nora = await stage.open({ path: "/agreements/claims/claims/new", as: provider });
    await nora.getByLabel("Service level", { exact: true }).check();
    await nora.getByLabel("From", { exact: true }).fill(`${TODAY}T09:00`);
    await nora.getByLabel("To", { exact: true }).fill(`${TODAY}T09:15`);
    await nora.getByLabel("Evidence").fill("Carrier incident INC-1.");
    await nora.getByRole("button", { name: "Give notice" }).click();
    await nora.getByRole("heading", { name: /^Undecided: outage at the client, today 09:00 to 09:15/u }).waitFor();

    await mara.getByRole("heading", { name: /^1 claim waits for your decision/u }).waitFor();
    await mara.getByRole("link", { name: /claim c1: Outage at the client/u }).click();
    const outcomes = mara.getByRole("table", { name: "Both outcomes" });
    await expect.poll(async () => await textOf(outcomes)).toMatch(/72\.5 % At risk n 800 95\.0 % On target n 400/u);
    await mara.getByText("The open period has USD 10,000 at stake as it stands.").waitFor();
    await mara.getByText("Accept. The whole time is left out.").click();
    await mara.getByLabel("Reason").fill("Our line was down.");
    await mara.getByRole("button", { name: "Decide claim c1" }).click();
    await nora.getByRole("heading", { name: /^Accepted: outage at the client/u }).waitFor();

    await mara.goto(`${stage.system.url}/agreements/claims/targets/service-level`);
    await mara.getByRole("heading", { level: 1, name: "Service level is on target: 95.0 % against 80 %" }).waitFor();
    const three = await textOf(mara.locator(".three"));
    expect(three).toContain("As recomputed from counts, nothing left out 72.5 %");
    expect(three).toContain("As adjusted without accepted claims, decides the verdict 95.0 %");
    await mara.getByRole("button", { name: "Show every step" }).click();
    await mara
      .getByText(/09:00.*not counted.*c1/u)
      .first()
      .waitFor();
    await mara.getByText(/^Result hash/u).waitFor();
    await mara.getByRole("button", { name: "Compare all formulas" }).click();
    await mara.getByText(/^Met under \d of 8 formulas;/u).waitFor();

    await mara.goto(`${stage.system.url}/agreements/claims/money`);
    await mara.getByRole("heading", { level: 1, name: /costs nothing as it stands$/u }).waitFor();
  });
});
