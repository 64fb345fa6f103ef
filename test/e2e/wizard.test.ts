import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { accessibilityViolations, scrollsSideways, SIZES } from "../support/client-screens.ts";
import { textOf } from "../support/page-facts.ts";
import { addStoryAgreement } from "../support/story-agreement.ts";

/** An export that no feed of the agreement reads: German names, semicolons, decimal commas, a title and a line of totals. */
const EXPORT = [
  "Tagesbericht Nord;;;;;;",
  "Datum;Warteschlange;Eingehende Anrufe;Angenommen;Aufgelegt;Gesprächszeit (Std);Teamleitung",
  "03.11.2026;Störung;412;398;14;41,25;Cruz",
  "04.11.2026;Störung;120;viele;2;12,5;Cruz",
  "13.11.2026;Störung;300;290;10;29;Cruz",
  "13.11.2026;Vertrieb;50;49;1;4,75;Reyes",
  "14.11.2026;Vertrieb;60;58;9;6;Reyes",
  "Summe;;942;795;36;93,5;",
  "",
].join("\r\n");

const file = (name: string, content: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content, "utf8") });

/** Opposite looks; every picture is taken only when somebody asks for them. */
const LOOKS = SIZES.flatMap((size) => (["light", "dark"] as const).map((colorScheme) => ({ size, colorScheme }))).filter(
  ({ size, colorScheme }) => process.env["ACCORD_PICTURES"] !== undefined || (size.name === "phone") === (colorScheme === "dark"),
);

async function looksRight(page: Page, name: string): Promise<void> {
  for (const { size, colorScheme } of LOOKS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const folder = process.env["ACCORD_PICTURES"];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${size.name}-${colorScheme}.png`, fullPage: true });
    expect(await accessibilityViolations(page), `${name} ${size.name} ${colorScheme}`).toEqual([]);
    expect(await scrollsSideways(page), `${name} ${size.name}`).toBe(false);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(SIZES[0]);
}

describeInBrowser("a provider with a file that no feed reads", (stage) => {
  let nora: Login;

  beforeAll(async () => {
    await addStoryAgreement(stage.system);
    nora = await stage.system.addPerson("Nora", "claims", "provider");
  });

  test("maps it, tries it, saves the feed, hands the file in, and mends two rows through errors.csv", async () => {
    const page = await stage.open({ path: "/feeds", as: nora });
    await page.getByRole("link", { name: "Set up a new feed from it" }).click();
    await page.getByLabel("File to look at").setInputFiles(file("tagesbericht.csv", EXPORT));
    await page.getByText("semicolons between the cells, UTF-8, column names in line 2").waitFor();
    const columns = page.getByRole("table", { name: "Columns of the file" });
    const chosen = await Promise.all((await columns.getByRole("combobox").all()).map((select) => select.inputValue()));
    expect(chosen).toEqual(["day", "queue", "offered", "answered", "abandoned", "talk-ms", "ignore"]);
    await columns.getByText("13.11.2026 in line 5 can only be day first").waitFor();
    expect(await page.getByRole("button", { name: "Check 5 rows" }).isDisabled()).toBe(true);
    await looksRight(page, "columns");
    await page.getByLabel("In which time zone").fill("Europe/Berlin");
    await columns.getByLabel("Accord field for Angenommen").selectOption("answered");
    expect(await page.getByLabel("What are the numbers in").inputValue()).toBe("h");
    await page.getByRole("button", { name: "Check 5 rows" }).click();
    await page.getByRole("heading", { name: "2 of 5 rows would be refused" }).waitFor();
    await page.getByText("3 rows, 762 offered, 737 answered, 25 abandoned").waitFor();
    await looksRight(page, "check");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("The definition", { exact: true }).click();
    expect(await page.getByRole("region", { name: "Definition as YAML" }).innerText()).toContain("decimal: comma");
    await looksRight(page, "hand-in");
    await page.getByRole("button", { name: "Save the feed" }).click();
    await page.getByRole("heading", { name: "2 rows to mend" }).waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download errors.csv" }).click()]);
    const errors = await readFile(await download.path(), "utf8");
    const mended = errors.replace(";viele;", ";118;").replace(";58;9;", ";58;2;");
    await page.getByLabel("Feed", { exact: true }).selectOption({ label: "Claims line: Tagesbericht" });
    await page.getByLabel("File to hand in").setInputFiles(file("mended.csv", mended));
    await page.getByText("mended.csv is accepted as receipt").waitFor();
    await page.getByText("Every row counts. Nothing to mend.").waitFor();
    await page.getByRole("list", { name: "Files of this visit" }).getByText("2 rows read, none refused.").waitFor();
    await page
      .getByRole("row", { name: /Tagesbericht/u })
      .first()
      .waitFor();
  });

  test("sees several files go in one after another, each with what came of it, and drops them anywhere on the page", async () => {
    const page = await stage.open({ path: "/feeds", as: nora });
    const day = (name: string, offered: number) =>
      file(name, `date,time,offered,answered,abandoned,in20\n2026-11-02,08:00,${offered},9,1,8\n`);
    await page.getByLabel("File to hand in").setInputFiles([day("first.csv", 10), day("second.csv", 11), day("third.csv", 12)]);
    for (const name of ["first", "second", "third"]) await page.getByText(`${name}.csv is accepted as receipt`).waitFor();
    await page.getByLabel("File to hand in").setInputFiles([day("again.csv", 12)]);
    await page.getByText(/again\.csv is (?:accepted as|identical to) receipt/u).waitFor();
    expect(await page.getByRole("list", { name: "Files of this visit" }).getByRole("listitem").count()).toBe(4);
    await page.evaluate(`{
      const dropped = new DataTransfer();
      dropped.items.add(new File(["date,time,offered,answered,abandoned,in20\\n2026-11-02,08:15,5,5,0,5\\n"], "dropped.csv"));
      document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
    }`);
    await page.getByText("dropped.csv is accepted as receipt").waitFor();
  });

  test("is told in words why a picture cannot be read, and starts a known system from its shipped definition", async () => {
    const page = await stage.open({ path: "/feeds/claims/new", as: nora });
    await page
      .getByLabel("File to look at")
      .setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "latin1") });
    await page.getByRole("alert").filter({ hasText: "The file" }).waitFor();
    const log =
      "1700000000|1700000000.1|support|NONE|ENTERQUEUE||491234|1\n1700000012|1700000000.1|support|Agent/1|CONNECT|12|1700000001.2|3\n1700000100|1700000000.1|support|Agent/1|COMPLETECALLER|12|88|1\n";
    await page.getByLabel("File to look at").setInputFiles(file("queue_log", log));
    await page.getByText("It looks like Asterisk, queue_log.").waitFor();
    expect(await page.getByLabel("The definition").inputValue()).toContain("type: asterisk-queue-log");
    await page.getByRole("button", { name: /Check/u }).click();
    await page.getByRole("heading", { name: "Every row can be read" }).waitFor();
    expect(await textOf(page.locator(".sentence"))).toMatch(/^1 rows?, 1 answered/u);
  });
});
