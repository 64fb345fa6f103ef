import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { agreementTexts, buildAgreement, buildFeed } from "../support/sample-agreement.ts";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { textOf } from "../support/page-facts.ts";
import { MIDDAY_ZONE, storyFile, TODAY } from "../support/story-agreement.ts";

/** Markup that would tell on itself if a page took it for markup. */
function markup(where: string): string {
  return `<img src=x onerror="told('${where}')"><b>${where}</b>`;
}

const TELLTALE = "window.told = (where) => console.error('markup ran: ' + where); window.alert = window.told;";

/** Elements that only injected markup could have made. */
async function injected(page: Page): Promise<number> {
  return await page.locator("img, iframe, script:not([src]), a[href^='javascript:']").count();
}

/** An agreement with markup wherever a person or a provider may write. */
function hostileTexts(): { agreement: string; feeds: string[] } {
  const plain = buildAgreement({ id: "claims", name: markup("agreement"), client: markup("client"), provider: markup("provider") });
  const measure = { metric: "service-level", variant: "negative", withinSeconds: 20 } as const;
  const texts = { name: "<i>Service level</i>", clause: `4.1 ${markup("clause")}`, queues: [markup("queue")] };
  const queue = { column: "queue", known: [markup("queue")], unknown: "refuse" } as const;
  const targets = plain.targets.map((target) => ({ ...target, ...texts, measure }));
  const feed = FeedDefinition.parse({ ...buildFeed({ name: markup("feed") }), timeZone: MIDDAY_ZONE, queue });
  return agreementTexts({ ...plain, timeZone: MIDDAY_ZONE, targets }, [feed]);
}

/** A file with a queue column: one row of the known queue, one of a queue and one of a count made of markup. */
function hostileFile(): string {
  const [header = "", row = ""] = storyFile([{ time: "08:00", offered: 1000, abandoned: 10, in20: 700 }])
    .trim()
    .split("\n");
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const bad = row.replace("08:00,1000", `08:15,${quoted("<svg onload=told()>")}`);
  return [
    `${header},queue`,
    `${row},${quoted(markup("queue"))}`,
    `${row},${quoted(markup("unknown queue"))}`,
    `${bad},${quoted(markup("queue"))}`,
    "",
  ].join("\n");
}

describeInBrowser("text that looks like markup", (stage) => {
  let nora: Login;
  let quinn: Login;

  beforeAll(async () => {
    const { agreement, feeds } = hostileTexts();
    await stage.system.addAgreement(agreement, feeds);
    nora = await stage.system.addPerson("nora", "claims", "provider");
    quinn = await stage.system.addPerson("quinn", "claims", "qa-lead");
  });

  test("stays text in the name of a file, in its cells, and in the name of its feed", async () => {
    const page = await stage.open({ path: "/feeds", as: nora, script: TELLTALE });
    const name = `${markup("filename").replaceAll("/", "")}.csv`;
    await page.getByLabel("File to hand in").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(hostileFile()) });
    const receipt = page.getByRole("region", { name: /rows? to mend/u });
    await receipt.getByText("1 applied, 2 refused").waitFor();
    const words = await textOf(receipt);
    expect(words).toContain(name);
    expect(words).toContain(markup("unknown queue"));
    expect(words).toContain("<svg onload=told()>");
    expect(await textOf(page.getByRole("main"))).toContain(markup("feed"));
    expect(await injected(page)).toBe(0);
  });

  test("stays text in the names of an agreement, its parties, its target, its queue and its clause", async () => {
    const page = await stage.open({ path: "/board", as: quinn, script: TELLTALE });
    await page.getByRole("link", { name: "<i>Service level</i>", exact: true }).waitFor();
    const board = await textOf(page.getByRole("main"));
    expect(board).toContain(markup("agreement"));
    expect(board).toContain(markup("provider"));
    await page.getByRole("link", { name: "<i>Service level</i>", exact: true }).click();
    await page.getByText(`4.1 ${markup("clause")}`).waitFor();
    expect(await textOf(page.getByRole("main"))).toContain(`queues ${markup("queue")}`);
    expect(await injected(page)).toBe(0);
  });

  test("stays text in the name of a key", async () => {
    const page = await stage.open({ path: "/feeds", as: nora, script: TELLTALE });
    await page.getByText("Make a new key").click();
    await page.getByLabel("Name of the new key").fill(markup("key"));
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByRole("listitem").filter({ hasText: "never used" }).getByText(markup("key")).waitFor();
    expect(await injected(page)).toBe(0);
  });

  test("stays text in a note, for the one who writes it and the one who reads it", async () => {
    const alert = `/alerts/claims/service-level.day.${TODAY}.1`;
    const [writer, reader] = await Promise.all([
      stage.open({ path: alert, as: quinn, script: TELLTALE }),
      stage.open({ path: alert, as: nora, script: TELLTALE }),
    ]);
    await writer.getByLabel("Note").fill(markup("note"));
    await writer.getByRole("button", { name: "Acknowledge" }).click();
    for (const page of [writer, reader]) {
      await page.getByRole("article").getByText(markup("note")).first().waitFor();
      expect(await injected(page)).toBe(0);
    }
  });

  test("stays text in the name of a person", async () => {
    const page = await stage.open({ path: "/people", as: stage.system.administrator, script: TELLTALE });
    await page.getByLabel("Name").fill(markup("person"));
    await page.getByLabel("E-mail").fill("bobby@example.com");
    await page.getByLabel("First password").fill("drop table students");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText(`${markup("person")} can sign in now.`).waitFor();
    await page.getByRole("listitem").filter({ hasText: "bobby@example.com" }).getByText(markup("person")).first().waitFor();
    expect(await injected(page)).toBe(0);
  });
});
