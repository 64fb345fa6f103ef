import { expect, test } from "vitest";
import { faultsInEveryLook } from "../support/client-screens.ts";
import { describeScreens } from "../support/screen-stage.ts";

describeScreens("the page of a feed", (show) => {
  test("is reached from the table, shows what is missing and asks its questions with innocent answers", async () => {
    const { page } = await show("provider", "/feeds");
    await page.getByRole("table", { name: "Feeds of Acme Voice" }).getByRole("link", { name: "ACD intervals", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "ACD intervals is on time" }).waitFor();
    const bars = page.getByRole("img", { name: "27 of 32 on time, 1 late, 1 with rows refused, 1 missing, 2 while Accord was away" });
    await bars.first().waitFor();
    expect(await page.getByRole("table", { name: "Missing times" }).innerText()).toContain("12 intervals");
    expect(await page.getByText("Why does CLAIMS_PH have the same counts 8 times in a row?").count()).toBe(1);
    expect(await page.getByText("A new queue looks like it: SALES_PH_2026.").count()).toBe(1);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test("tells the provider, and nobody else, until when the client is not told", async () => {
    const path = "/feeds/acme-voice/feed/csat-survey";
    const provider = (await show("provider", path)).page;
    await provider.getByText("The client is told at 16:00 Manila (10:00 yours) if it is still missing.").waitFor();
    const client = (await show("client-manager", path)).page;
    await client.getByRole("heading", { level: 1, name: "CSAT survey has been late for 2 h 32 min" }).waitFor();
    expect(await client.getByText("The client is told").count()).toBe(0);
  });
});
