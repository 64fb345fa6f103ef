import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { settle, textOf } from "../support/page-facts.ts";
import { storyFile, storyTexts, TODAY } from "../support/story-agreement.ts";

/** The first day of the last month that is over, in which the story's figures lie. */
const FIRST = Temporal.PlainDate.from(TODAY).subtract({ months: 1 }).with({ day: 1 });
const DAY = FIRST.with({ day: 12 }).toString();
const MONTH = `${FIRST.toLocaleString("en-GB", { month: "long" })} ${FIRST.year}`;

const MONEY = {
  fees: { currency: "USD", amount: "100000", per: "month" },
  credits: {
    period: "month",
    atRisk: "10 %",
    scheme: { kind: "allocation", categories: [{ id: "speed", pool: "100 %", targets: { "service-level": "100 %" } }] },
  },
};

function file(in20: number) {
  return storyFile([{ day: DAY, time: "10:00", offered: 400, abandoned: 4, in20 }]);
}

describeInBrowser("two companies and a correction", (stage) => {
  let client: Login;
  let provider: Login;

  beforeAll(async () => {
    const { system } = stage;
    const { agreement, feeds } = storyTexts({ id: "corrected", name: "Corrected line" });
    await system.addAgreement(JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(agreement)), ...MONEY }), feeds);
    [client, provider] = [
      await system.addPerson("Cora", "corrected", "client-manager"),
      await system.addPerson("Piet", "corrected", "provider"),
    ];
    const key = await system.addKey("corrected", ["calls"]);
    await settle(system, key, "corrected.calls", file(240));
  });

  test("the client sees what the provider's file changed without a reload; closed by both, the month stays", async () => {
    const cora = await stage.open({ path: "/board", as: client });
    await cora.getByRole("heading", { name: /^Corrected line/u }).waitFor();
    const key = await stage.system.addKey("corrected", ["calls"]);
    await settle(stage.system, key, "corrected.calls", file(380));
    await cora.getByRole("link", { name: /Receipt 2 changed 1 known row and turned 2 closed verdicts/u }).click();
    await cora.getByRole("heading", { level: 1, name: "Receipt 2 changed 1 known row and turned 2 closed verdicts" }).waitFor();
    const verdicts = await textOf(cora.getByRole("table", { name: "Verdicts before and now" }));
    expect(verdicts).toContain("60.0 % Missed 95.0 % On target turned, in the provider's favour");
    expect(await textOf(cora.getByRole("table", { name: "Sums before and now" }))).toContain("Calls answered within 20 s 240 380");

    const piet = await stage.open({ path: "/agreements/corrected/money", as: provider });
    for (const [page, button] of [
      [piet, "Sign"],
      [cora, "Countersign"],
    ] as const) {
      await page.getByRole("link", { name: "Money" }).click();
      await page.getByRole("button", { name: `${button} ${MONTH}` }).click();
      await page.getByRole("button", { name: `${button} the figures` }).click();
    }
    await piet.getByText("Closed: both sides have signed the same figures.").waitFor();
    await settle(stage.system, key, "corrected.calls", file(200));
    await cora.getByText("Adjustment: USD 10,000 more credit to the client").waitFor();
    await cora.getByText("USD 0 credit", { exact: true }).waitFor();
  });
});
