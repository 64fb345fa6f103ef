import { expect, test } from "vitest";
import { drawn, faultsInEveryLook } from "../support/client-screens.ts";
import { describeScreens } from "../support/screen-stage.ts";

const RECORD = "/agreements/acme-voice/record";
const KEPT = "accord:record:acme-voice";

describeScreens("the record on the screen", (show) => {
  test("tells its size and its latest entries in plain words, on a laptop and on a phone", async () => {
    const { page } = await show("client-manager", RECORD);
    await page.getByRole("heading", { name: "10 entries that nobody can change unseen" }).waitFor();
    await page.getByText("Receipt 88213 corrected 12 rows of acd-intervals").waitFor();
    await drawn(page);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test("is called rewritten when it no longer begins as this browser saw it, and the proof can be saved", async () => {
    const { page } = await show("client-manager", RECORD);
    await page.waitForFunction((key) => localStorage.getItem(key) !== null, KEPT);
    // As if the browser had seen 99 entries before the end was cut off.
    await page.evaluate(
      (key) => localStorage.setItem(key, localStorage.getItem(key)?.replace(String.raw`\n10\n`, String.raw`\n99\n`) ?? ""),
      KEPT,
    );
    await page.reload();
    const banner = page.getByRole("region", { name: "Record" });
    await banner.getByText("The record had 99 entries and now has 10.").waitFor();
    expect(await banner.getByRole("link", { name: "Save the proof" }).getAttribute("download")).toBe("acme-voice-checkpoint.txt");
    expect(await page.evaluate((key) => localStorage.getItem(key), KEPT)).toContain(String.raw`\n99\n`);
  });
});
