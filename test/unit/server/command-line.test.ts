import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../server/cli/check.ts";
import { CommandError } from "../../../server/cli/command.ts";
import { evaluate } from "../../../server/cli/evaluate.ts";
import { runCommand } from "../../support/run-command.ts";

const NOW = Date.parse("2026-02-15T12:00:00Z");

const FEED = `
accord: feed/1
id: switch
name: Switch
kind: interval
timeZone: UTC
intervalMinutes: 30
format: { type: delimited, delimiter: comma }
start: { instant: { column: at, format: iso-8601 } }
queue: { column: queue }
counters:
  offered: { column: offered }
  answered: { column: answered }
  abandoned: { column: abandoned }
  answered-within-20000: { column: in20 }
  abandoned-within-20000: { column: ab20 }
`;

const AGREEMENT = `
accord: agreement/1
id: acme
name: Acme
version: 1
parties: { client: Acme, provider: Calls Ltd }
timeZone: UTC
effectiveFrom: 2026-01-05
effectiveTo: 2026-12-27
serviceHours: always
intervalMinutes: 30
targets:
  - id: sl
    name: Service level
    feed: switch
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    clock: queue-entry
    direction: at-least
    expected: 80 %
    windows: [day, week]
fees: { currency: EUR, amount: "1000", per: week }
credits:
  period: week
  atRisk: 10 %
  scheme: { kind: bands, targets: { sl: [{ beyond: 80 %, credit: 5 % }] } }
exclusions: { kinds: [client-outage], noticeWithin: P2D, decideWithin: P5D, undecided: lapsed }
deadlines: { reportWithin: P5D, claimCreditWithin: P15D, disputeWithin: P30D }
`;

// Week of 5 January: 78 of 100, of which 4 abandoned within 20 s. Week of 12 January: 90 of 100.
const DATA = `at,queue,offered,answered,abandoned,in20,ab20
2026-01-05T09:00:00Z,main,50,45,5,39,2
2026-01-06T09:00:00Z,main,50,45,5,39,2
2026-01-12T09:00:00Z,main,100,95,5,90,0
`;

const CLAIMS = (decided: string): string => `
accord: claims/1
claims:
  - { kind: client-outage, from: 2026-01-06, to: 2026-01-07, noticed: "2026-01-07T12:00", evidence: E${decided} }
`;

let folder = "";
const file = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accord-cli-"));
  writeFileSync(file("feed.yaml"), FEED);
  writeFileSync(file("a.yaml"), AGREEMENT);
  writeFileSync(
    file("b.yaml"),
    AGREEMENT.replace("version: 1", "version: 2\nreason: higher")
      .replace("2026-01-05", "2026-01-12")
      .replace("expected: 80 %", "expected: 95 %")
      .replace("beyond: 80 %", "beyond: 95 %"),
  );
  writeFileSync(file("data.csv"), DATA);
  writeFileSync(file("accepted.yaml"), CLAIMS(', decided: { at: "2026-01-08T12:00", as: accepted }'));
  writeFileSync(file("late.yaml"), CLAIMS("").replace("2026-01-07T12:00", "2026-01-12T12:00"));
  writeFileSync(file("range.yaml"), AGREEMENT.replace("expected: 80 %", "expected: 75-80 %"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function told(...args: string[]): Promise<string> {
  const { lines } = await runCommand(
    evaluate,
    ["--agreement", file("a.yaml"), "--feed", file("feed.yaml"), ...args, file("data.csv")],
    NOW,
  );
  for (const line of lines.filter((text) => !text.startsWith(folder))) expect(line.length).toBeLessThanOrEqual(100);
  return lines.join("\n").replaceAll("\u00a0", " ");
}

describe("accord check", () => {
  it("says where, why it will be disputed and what to write instead, and ends with 1", async () => {
    const { code, lines } = await runCommand(check, ["--agreement", file("range.yaml"), "--feed", file("feed.yaml")], NOW);
    expect(code).toBe(1);
    expect(lines.join("\n")).toMatch(/error: targets\.sl\.expected: "75-80 %" is a range.*\n {4}why: .*\n {4}instead: /u);
  });

  it("checks versions together", async () => {
    const versions = ["--agreement", file("a.yaml"), "--agreement", file("b.yaml")];
    const { code, lines } = await runCommand(check, [...versions, "--feed", file("feed.yaml")], NOW);
    expect([code, lines.at(-1)]).toEqual([0, "Acme: 2 versions, 1 target, 1 feed, no errors, no warnings."]);
  });

  it("refuses the same version twice", async () => {
    const versions = ["--agreement", file("a.yaml"), "--agreement", file("a.yaml")];
    const { code, lines } = await runCommand(check, [...versions, "--feed", file("feed.yaml")], NOW);
    expect(code).toBe(1);
    expect(lines[0]).toContain("Two documents are version 1.");
  });
});

describe("accord evaluate", () => {
  it("prints each window with its figure, level and counts", async () => {
    const text = await told("--window", "week");
    expect(text).toMatch(/week 2026-01-05\s+missed\s+78\.0 %\s+agreed ≥ 80 %\s+78 of 100/u);
    expect(text).toMatch(/week 2026-01-12\s+met\s+90\.0 %/u);
    expect(text).not.toContain("2026-01-06 ");
  });

  it("says what each week costs, and why", async () => {
    const text = await told("--money");
    expect(text).toContain("2026-01-05 to 2026-01-11: fees EUR 1,000, at risk EUR 100, credit EUR 50");
    expect(text).toMatch(/beyond 80 %: 5 % of the fees/iu);
    expect(text).toContain("In all: fees EUR 2,000, credits EUR 50");
  });

  it("puts every formula side by side with what it would cost: ignoring early abandons, the missed week is met", async () => {
    const text = await told("--variants", "--window", "week");
    expect(text).toMatch(/negative\/20 \(agreed\)/u);
    expect(text).toMatch(/week 2026-01-05.* {2}78\.0 % missed 50/u);
    expect(text).toMatch(/81\.3 % met/u);
    expect(text).toContain("+flowouts/20: not derivable");
  });

  it("judges the days of a later version by its own levels", async () => {
    const text = await told("--agreement", file("b.yaml"), "--window", "week", "--money");
    expect(text).toMatch(/week 2026-01-12\s+missed\s+90\.0 %\s+agreed ≥ 95 %/u);
    expect(text).toContain("credits EUR 100");
  });

  it("leaves accepted claims out and shows the figure without them", async () => {
    const text = await told("--claims", file("accepted.yaml"), "--window", "week");
    expect(text).toMatch(/week 2026-01-05\s+missed\s+78\.0 %.*39 of 50/u);
    expect(text).toContain("with nothing left out: 78.0 %, missed, 78 of 100");
  });

  it("counts everything where the notice came too late", async () => {
    expect(await told("--claims", file("late.yaml"), "--window", "week")).toMatch(/week 2026-01-05\s+missed\s+78\.0 %.*78 of 100/u);
  });

  it("explains one verdict step by step", async () => {
    const text = await told("--explain", "sl.week.2026-01-05");
    expect(text).toContain("Service level, sl.week.2026-01-05: missed");
    expect(text).toContain("78 ÷ 100");
  });

  it.each([
    [
      "a verdict that is not there",
      ["--explain", "sl.week.2025-01-05"],
      'There is no verdict "sl.week.2025-01-05". They are named like sl.',
    ],
    ["a window that no target has", ["--window", "month"], 'No target is judged per "month". Name one of: day, week'],
    ["a target that is not there", ["--target", "asa"], 'There is no target "asa". Name one of: sl.'],
    ["claims that are not there", ["--claims", "none.yaml"], "none.yaml cannot be read"],
    ["an instant without an offset", ["--now", "2026-01-05"], "is not an instant"],
  ])("names %s", async (_, args, message) => {
    const run = runCommand(evaluate, ["--agreement", file("a.yaml"), "--feed", file("feed.yaml"), ...args, file("data.csv")], NOW);
    await expect(run).rejects.toThrow(CommandError);
    await expect(run).rejects.toThrow(message);
  });
});
