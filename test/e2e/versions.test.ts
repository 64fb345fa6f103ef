import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { settle, textOf } from "../support/page-facts.ts";
import { addStoryAgreement, storyFile, TODAY, YESTERDAY } from "../support/story-agreement.ts";

function signatureForm(page: Page) {
  return page.getByRole("form", { name: "Sign version 2" });
}

async function sign(page: Page): Promise<void> {
  await signatureForm(page).getByRole("checkbox").check();
  await signatureForm(page).getByRole("button", { name: "Sign version 2" }).click();
}

describeInBrowser("a change of the agreement", (stage) => {
  let mara: Login;
  let nora: Login;
  let quinn: Login;

  beforeAll(async () => {
    const { system } = stage;
    await addStoryAgreement(system);
    mara = await system.addPerson("mara", "claims", "client-manager");
    nora = await system.addPerson("nora", "claims", "provider");
    quinn = await system.addPerson("quinn", "claims", "qa-lead");
    const key = await system.addKey("claims", ["calls"]);
    const rows = [
      { day: YESTERDAY, time: "09:00", offered: 1000, abandoned: 20, in20: 750 },
      { day: TODAY, time: "09:00", offered: 1000, abandoned: 20, in20: 750 },
    ];
    await settle(system, key, "claims.calls", storyFile(rows));
  });

  test("is proposed by one side, judged over the past, signed by both, and then in force on both screens", async () => {
    const nora1 = await stage.open({ path: "/feeds", as: nora });
    const mara1 = await stage.open({ path: "/agreements/claims/agreement", as: mara });
    await mara1.getByRole("heading", { level: 1, name: /Version 1 has been in force since/u }).waitFor();
    await mara1.getByRole("link", { name: "Propose a change" }).click();
    await mara1.getByLabel("Reason").fill("The tender asked for 70 %.");
    await mara1.getByLabel("Applies from").fill(TODAY);
    const area = mara1.getByLabel("The text");
    await area.fill((await area.inputValue()).replace("expected: 80 %", "expected: 70 %"));
    await mara1.getByRole("heading", { level: 1, name: /Version 2 so far: 2 clauses change and 1 is added/u }).waitFor();
    await mara1.getByRole("button", { name: "See what it would have meant" }).click();
    await mara1.getByText(/verdicts? of the last 12 months would be different/u).waitFor();
    await mara1.getByRole("button", { name: "Propose version 2" }).click();
    await mara1.getByRole("heading", { level: 1, name: "Version 2 waits for your signature" }).waitFor();

    const banner = nora1.getByRole("region", { name: "Signatures" });
    await banner.getByText("Claims line version 2 waits for your signature.").waitFor();
    await banner.getByRole("link", { name: "Review" }).click();
    expect(await textOf(nora1.getByRole("table", { name: /clauses change/u }))).toContain("to 70 % easier");
    await sign(nora1);
    await nora1.getByRole("heading", { level: 1, name: "Version 2 waits for Acme Insurance to sign" }).waitFor();
    await sign(mara1);
    for (const page of [mara1, nora1]) await page.getByRole("heading", { level: 1, name: /Version 2 has been in force since/u }).waitFor();
    await mara1.getByRole("link", { name: "Agreement", exact: true }).click();
    await mara1.getByRole("button", { name: /At least 70 %/u }).waitFor();
  });

  test("is read by a QA lead, who may not act", async () => {
    const page = await stage.open({ path: "/agreements/claims/versions", as: quinn });
    await page.getByRole("table", { name: "Versions" }).waitFor();
    expect(await page.getByRole("link", { name: "Propose a change" }).count()).toBe(0);
  });
});
