import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { HttpClient } from "../support/http-client.ts";
import { settle, textOf } from "../support/page-facts.ts";
import { addStoryAgreement, STORY_HEADER, storyFile, TODAY } from "../support/story-agreement.ts";

const GOOD = storyFile([
  { time: "08:00", offered: 100, abandoned: 4, in20: 70 },
  { time: "08:15", offered: 100, abandoned: 4, in20: 70 },
]);
const WITH_BAD_ROWS = [
  STORY_HEADER,
  `${TODAY},09:00,50,48,2,40`,
  `${TODAY},09:20,50,48,2,40`,
  `${TODAY},09:30,fifty,48,2,40`,
  `${TODAY},09:45,50,52,2,40`,
  "",
].join("\n");

function receiptOf(page: Page): Locator {
  return page.getByRole("region", { name: /^(?:Receipt \d|\d+ rows? to mend)/u });
}

async function handIn(page: Page, name: string, content: string): Promise<void> {
  await page.getByLabel("File to hand in").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  await page.getByText(`${name} is accepted as receipt`).waitFor();
}

/** The counts of the receipt on the screen by their names. */
async function countsOf(receipt: Locator): Promise<Record<string, string>> {
  const words = (await textOf(receipt.getByLabel("Counts"))).split(" ");
  return Object.fromEntries(words.flatMap((word, place) => (place % 2 === 0 ? [[word, words[place + 1] ?? ""]] : [])));
}

describeInBrowser("a provider", (stage) => {
  let nora: Login;

  beforeAll(async () => {
    await addStoryAgreement(stage.system);
    nora = await stage.system.addPerson("Nora", "claims", "provider");
  });

  test("starts at the feeds and hands in a file of which every row counts", async () => {
    const page = await stage.open({ as: nora });
    await page.waitForURL("**/feeds");
    await handIn(page, "morning.csv", GOOD);
    await receiptOf(page).getByText("Every row counts. Nothing to mend.").waitFor();
    expect(await countsOf(receiptOf(page))).toEqual({
      Rows: "2",
      Applied: "2",
      Restated: "0",
      Refused: "0",
      Duplicate: "0",
      Warnings: "0",
    });
    await page.getByRole("row", { name: /Calls/u }).getByText("On time").waitFor();
  });

  test("sees for every refused row its line, column, value and what to do, and the mended errors.csv counts", async () => {
    const page = await stage.open({ path: "/feeds", as: nora });
    await handIn(page, "late-morning.csv", WITH_BAD_ROWS);
    await receiptOf(page).getByText("1 applied, 3 refused").waitFor();
    expect(await countsOf(receiptOf(page))).toMatchObject({ Rows: "4", Applied: "1", Refused: "3" });
    const problems = receiptOf(page).getByRole("region", { name: "Rows with problems" }).getByRole("row");
    const told = (await Promise.all((await problems.all()).map(textOf))).slice(1);
    expect(told[0]).toMatch(/^3 time 09:20 .+\. .+\.$/u);
    expect(told[1]).toMatch(/^4 offered fifty .+\. .+\.$/u);
    expect(told[2]).toMatch(/^5 answered 52 .+\. .+\.$/u);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download errors.csv" }).click()]);
    expect(download.suggestedFilename()).toMatch(/errors\.csv$/u);
    const errors = await readFile(await download.path(), "utf8");
    expect(errors.trim().split("\r\n")).toHaveLength(1 + 3);
    const mended = errors.replace(",09:20,", ",09:15,").replace(",fifty,", ",50,").replace(",52,", ",48,");
    await handIn(page, "mended.csv", mended);
    await receiptOf(page).getByText("Every row counts. Nothing to mend.").waitFor();
    expect(await countsOf(receiptOf(page))).toMatchObject({ Rows: "3", Applied: "3", Refused: "0" });
    await page.goto(`${stage.system.url}/agreements/claims/targets/abandonment`);
    await page.getByText("16 ÷ 400 =").waitFor();
  });

  test("is told why a whole file is refused and how to export it, and nothing of it counts", async () => {
    const page = await stage.open({ path: "/feeds", as: nora });
    await handIn(page, "semicolons.csv", GOOD.replaceAll(",", ";"));
    await receiptOf(page).getByText("Refused as a whole").waitFor();
    await receiptOf(page)
      .getByText("The cells are not separated by comma, as the definition says; semicolon fits the first line")
      .waitFor();
    await receiptOf(page).getByText("Export with comma between the cells").waitFor();
    expect(await countsOf(receiptOf(page))).toMatchObject({ Applied: "0" });
  });

  test("makes an API key that is shown once and hands in files until it is revoked", async () => {
    const page = await stage.open({ path: "/feeds", as: nora });
    await page.getByText("Make a new key").click();
    await page.getByLabel("Name of the new key").fill("Night export");
    await page.getByRole("button", { name: "Make a key" }).click();
    const made = page.getByRole("status").filter({ hasText: "Key Night export is made" });
    const secret = await textOf(made.getByRole("code"));
    const machine = new HttpClient(stage.system.url, { key: secret });
    const receipt = await settle(stage.system, machine, "claims.calls", storyFile([{ time: "07:00", offered: 10, abandoned: 0, in20: 9 }]));
    expect(receipt).toMatchObject({ state: "applied", acceptedFrom: "API key Night export" });
    await page.reload();
    await page.getByRole("listitem").filter({ hasText: "Night export" }).getByText("last used").waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole("button", { name: "Revoke Night export" }).click();
    await page.getByRole("button", { name: "Revoke for good" }).click();
    await page.getByText("No key yet.").waitFor();
    expect((await stage.system.upload(machine, "claims.calls", GOOD)).status).toBe(401);
  });

  test("gets a receipt in each agreement from one file, once the administrator has said how; rows of nobody are named", async () => {
    await addStoryAgreement(stage.system, { id: "sales", name: "Sales line" });
    const page = await stage.open({ path: "/feeds", as: stage.system.administrator });
    await page.getByText("Take apart another file").click();
    await page.getByLabel("Name of the file").fill("Daily file");
    await page.getByLabel("Column that says whose row it is").fill("client");
    for (const [i, line] of ["Claims line", "Sales line"].entries()) {
      await page.getByLabel(`Value ${i + 1}`, { exact: true }).fill(line);
      await page.getByLabel(`Feed for value ${i + 1}`).selectOption(i === 0 ? "claims.calls" : "sales.calls");
    }
    await page.getByLabel("A row with another value").selectOption({ label: "is left out, and named to whoever handed the file in" });
    await page.getByRole("button", { name: "Take it apart from now on" }).click();
    await page.getByRole("table", { name: "Where rows of Daily file go" }).waitFor();
    await page.getByLabel("Feed, or file of several agreements").selectOption({ label: "Daily file" });
    const rows = ["Claims line", "Bell", "Sales line"].map((client) => `${TODAY},06:00,10,9,1,8,${client}`);
    const buffer = Buffer.from([`${STORY_HEADER},client`, ...rows, ""].join("\n"));
    await page.getByLabel("File to hand in").setInputFiles({ name: "daily.csv", mimeType: "text/csv", buffer });
    const outcome = page.getByRole("status").filter({ hasText: "daily.csv became 2 receipts." });
    await outcome.getByText("1 row left out: no agreement of the group claims it.").waitFor();
    await outcome.getByText("line 3 says “Bell”").waitFor();
    for (const line of ["Claims line", "Sales line"]) {
      await outcome.getByText(`${line}: Calls, receipt`).getByText("1 row read, none refused.").waitFor();
      await outcome.getByRole("link", { name: `What came of it in ${line}` }).click();
      await page.waitForURL(/\/feeds\/(?:claims|sales)\//u);
    }
  });

  test("may answer for the alerts, and has no page of people", async () => {
    const page = await stage.open({ path: `/alerts/claims/service-level.day.${TODAY}.1`, as: nora });
    await page.getByRole("form", { name: "Acknowledge" }).waitFor();
    expect(await page.getByRole("navigation", { name: "Main" }).getByRole("link").allInnerTexts()).toHaveLength(4);
    await page.goto(`${stage.system.url}/people`);
    await page.getByText("Only an administrator adds people and agreements.").waitFor();
    expect(await page.getByRole("textbox").count()).toBe(0);
  });
});
