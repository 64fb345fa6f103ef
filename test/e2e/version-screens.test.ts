import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { accessibilityViolations, drawn, faultsInEveryLook, SCREENS, SIZES } from "../support/client-screens.ts";
import { versionsOfStory } from "../support/client-versions.ts";
import { textOf } from "../support/page-facts.ts";
import { describeScreens } from "../support/screen-stage.ts";

const PHONE = SIZES[1];
const OWN = SCREENS.filter(({ name }) => /^(?:agreement|version|proposal)/u.test(name));

describeScreens("the agreement and its versions before a known state", (show) => {
  test.for(OWN)("$name has nothing that axe finds and never scrolls sideways, in any look", async ({ role, path }) => {
    const { page } = await show(role, path);
    await drawn(page);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test("a chosen clause marks the lines it comes from, and the address names it", async () => {
    const { page } = await show("qa-lead", "/agreements/acme-voice/agreement");
    await page.getByRole("button", { name: /At most 5 %, judged/u }).click();
    await page.locator(".code-pane .line.marked").first().waitFor();
    expect(await page.locator(".code-pane .line.marked .tx").allTextContents()).toEqual(["    direction: at-most", "    expected: 5 %"]);
    expect(page.url()).toContain("clause=targets.abandonment.expected");
    expect(await page.getByRole("link", { name: "Propose a change" }).count()).toBe(0);
  });

  test("on a phone the lines fold out under their clause", async () => {
    const { page } = await show("provider", "/agreements/acme-voice/agreement", PHONE);
    expect(await page.getByRole("heading", { name: "The text" }).isVisible()).toBe(false);
    const clause = page.getByRole("button", { name: /The fees are/u });
    await clause.click();
    await page.locator(".inline-lines").getByText('fees: { currency: EUR, amount: "120000", per: month }').waitFor();
    await clause.click();
    await page.locator(".inline-lines").waitFor({ state: "detached" });
  });

  test("the text that is downloaded is the text that was signed", async () => {
    const { page } = await show("provider", "/agreements/acme-voice/versions/3");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as YAML" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("acme-voice-v3.yaml");
    const text = await readFile(await download.path(), "utf8");
    expect(text).toBe(versionsOfStory("acme-voice").find(({ version }) => version === 3)?.text);
  });

  test("signing says what it covers, asks to be meant, and the page follows by itself", async () => {
    const { page } = await show("client-manager", "/agreements/acme-voice/versions/4");
    const form = page.getByRole("form", { name: "Sign version 4" });
    const [four] = versionsOfStory("acme-voice");
    expect(await textOf(form)).toContain(four?.sha256);
    expect(await textOf(form)).toContain("Applies from 1 Oct 2026");
    await form.getByRole("button", { name: "Sign version 4" }).click();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Version 4 waits for your signature");
    await form.getByRole("checkbox").check();
    await form.getByRole("button", { name: "Sign version 4" }).click();
    await page.getByRole("heading", { level: 1, name: "Version 4 is signed by both sides and is being prepared" }).waitFor();
  });

  test("a version from a past day says so before anything else and in the signature", async () => {
    const { page } = await show("provider", "/agreements/acme-chat/versions/4");
    expect(await textOf(page.locator(".consequence.loud"))).toContain("It reaches back.");
    expect(await textOf(page.getByRole("form", { name: "Sign version 4" }))).toContain("1 Sep 2026, which is 20 days ago");
  });

  test("a QA lead sees what changes and may do nothing", async () => {
    const { page } = await show("qa-lead", "/agreements/acme-voice/versions/4");
    await page.getByRole("heading", { name: "6 clauses change" }).waitFor();
    expect(await page.locator("main form").count()).toBe(0);
    await page.goto(page.url().replace("versions/4", "propose"));
    await page.getByRole("heading", { name: "Your role does not propose versions" }).waitFor();
    expect(await page.getByRole("region", { name: "Signatures" }).count()).toBe(0);
  });

  test("a signature of the other side arrives without a reload", async () => {
    const { page, harness } = await show("provider", "/agreements/acme-voice/versions");
    await page.getByRole("heading", { level: 1, name: "Version 4 waits for Acme Insurance to sign" }).waitFor();
    const four = versionsOfStory("acme-voice")[0];
    await page.route("**/api/v1/agreements/acme-voice/versions", (route) =>
      route.fulfill({ json: [{ ...four, state: "declined", seq: 2, ended: { by: four?.proposedBy, atMs: 1, note: "Too dear." } }] }),
    );
    harness.append("acme-voice", { kind: "version:changed", version: 4, state: "declined" });
    await page.getByRole("heading", { level: 1, name: "Version 4 was declined" }).waitFor();
  });

  test("a draft is withdrawn, written anew, judged, kept over a reload and proposed", async () => {
    const { page } = await show("client-manager", "/agreements/acme-chat/versions/4");
    await page.getByLabel("Why it is withdrawn").fill("A slip in the date.");
    await page.getByRole("button", { name: "Withdraw version 4" }).click();
    await page.getByRole("heading", { level: 1, name: "Version 4 was withdrawn" }).waitFor();
    await page.getByRole("link", { name: "Versions", exact: true }).click();
    await page.getByRole("link", { name: "Propose a change" }).click();
    await page.getByLabel("Reason").fill("The tender asked for 88 %.");
    const area = page.getByLabel("The text");
    expect(await area.inputValue()).toContain('version: 5\nreason: "The tender asked for 88 %."');
    await area.fill((await area.inputValue()).replace("expected: 85 %", "expected: 88"));
    await area.fill((await area.inputValue()).replace("direction: at-least", "direction: upwards"));
    await page.getByRole("heading", { level: 1, name: /cannot be read yet: look at line \d+/u }).waitFor();
    await area.fill(
      (await area.inputValue()).replace("direction: upwards", "direction: at-least").replace("expected: 88", "expected: 88 %"),
    );
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Version 5 so far: 2 clauses change and 1 is added" }).waitFor();
    expect(await page.getByRole("button", { name: "Propose version 5" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "See what it would have meant" }).click();
    await page.getByRole("table", { name: "Credits by period" }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Propose version 5" }).click();
    await page.getByRole("heading", { level: 1, name: "Version 5 waits for your signature" }).waitFor();
  });

  test("the line of a mistake is one press away, however long the text is", async () => {
    const { page, harness } = await show("client-manager", "/board");
    const signed = versionsOfStory("acme-voice").filter(({ state }) => state !== "proposed");
    await page.route("**/acme-voice/versions", (route) => route.fulfill({ json: signed }));
    await page.goto(`${harness.url}/agreements/acme-voice/propose`);
    const area = page.getByLabel("The text");
    await area.fill((await area.inputValue()).replace("disputeWithin: P30D", "disputeWithin: soon"));
    await page.locator(".numbered").evaluate((box) => (box.scrollTop = 0));
    await page.getByRole("button", { name: /^Line \d+$/u }).click();
    expect(await area.evaluate((each: HTMLTextAreaElement) => each.value.slice(each.selectionStart, each.selectionEnd))).toContain(
      "disputeWithin: soon",
    );
    expect(await page.locator(".numbered").evaluate((box) => box.scrollTop)).toBeGreaterThan(300);
  });

  test("versions that cannot be read say why, and can be asked for again", async () => {
    const { page, harness } = await show("client-manager", "/board");
    await page.route("**/versions", (route) =>
      route.fulfill({ status: 503, json: { code: "unavailable", message: "Accord cannot reach its data.", remedy: "Wait a moment." } }),
    );
    await page.goto(`${harness.url}/agreements/acme-voice/agreement`);
    await page.getByRole("heading", { level: 1, name: "The versions could not be read" }).waitFor();
    await page.unroute("**/versions");
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByRole("heading", { level: 1, name: "Version 3 has been in force since 1 Jul 2026" }).waitFor();
  });
});
