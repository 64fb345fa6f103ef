import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { check } from "../../server/cli/check.ts";
import { evaluate } from "../../server/cli/evaluate.ts";
import { Verdict } from "../../shared/agreement/verdict.ts";
import { Settlement, type SettlementLine } from "../../shared/settlement/settlement.ts";
import { HAS_REAL_DATA, realDataFile } from "../support/real-data.ts";
import { runCommand } from "../support/run-command.ts";

const FOLDER = "docs/examples";
const BANK = { feed: `${FOLDER}/bank-feed.yaml`, data: "anonymous-bank-1999/january.txt", now: Date.parse("1999-02-15T12:00:00Z") };
const DAILY = { feed: `${FOLDER}/daily-kpi-feed.yaml`, data: "daily-kpis/daily-kpis.csv", now: Date.parse("2021-11-15T12:00:00Z") };

const Judged = z.object({ verdicts: z.array(Verdict), settlement: Settlement });
type Judged = z.infer<typeof Judged>;

async function judged(name: string, { feed, data, now }: typeof BANK, more: readonly string[] = []): Promise<Judged> {
  const args = ["--agreement", `${FOLDER}/${name}-agreement.yaml`, "--feed", feed, "--money", "--json", ...more, realDataFile(data)];
  const { code, lines } = await runCommand(evaluate, args, now);
  expect(code).toBe(0);
  return Judged.parse(JSON.parse(lines.join("\n")));
}

/** How many verdicts of each status a kind of window has. */
function counts({ verdicts }: Judged, kind: string): Record<string, number> {
  const own = verdicts.filter(({ window }) => window.kind === kind);
  return Object.fromEntries([...Map.groupBy(own, ({ status }) => status)].map(([status, some]) => [status, some.length]));
}

function find({ verdicts }: Judged, targetId: string, start: string): Verdict | undefined {
  return verdicts.find((verdict) => verdict.targetId === targetId && verdict.window.start === start && verdict.window.kind !== "day");
}

/** Credits of the periods that cost anything, in whole units of the currency. */
function credits({ settlement }: Judged): Record<string, number> {
  return Object.fromEntries(settlement.periods.flatMap(({ start, credit }) => (credit === 0 ? [] : [[start, credit / 100]])));
}

function line({ settlement }: Judged, start: string, targetId: string): SettlementLine | undefined {
  return settlement.periods.find((period) => period.start === start)?.lines.find((one) => one.targetId === targetId);
}

const EXAMPLES = [
  ["simple-80-20", BANK.feed],
  ["call-centre-order", BANK.feed],
  ["points-scheme", BANK.feed],
  ["state-template", DAILY.feed],
  ["bands-scheme", DAILY.feed],
] as const;

describe("the agreements of docs/examples", () => {
  it.each(EXAMPLES)("%s passes the check without a warning", async (name, feed) => {
    const { code, lines } = await runCommand(check, ["--agreement", `${FOLDER}/${name}-agreement.yaml`, "--feed", feed], 0);
    expect(lines.join("\n")).toContain("no errors, no warnings.");
    expect(code).toBe(0);
  });

  it.each(["voice", "chat", "email", "back-office"])("the template for %s passes the check without a warning", async (name) => {
    const feeds = readdirSync(`${FOLDER}/templates`).filter((file) => file.startsWith(`${name}-`) && file.endsWith("feed.yaml"));
    const named = feeds.flatMap((file) => ["--feed", `${FOLDER}/templates/${file}`]);
    const { lines } = await runCommand(check, ["--agreement", `${FOLDER}/templates/${name}-agreement.yaml`, ...named], 0);
    expect(lines.join("\n")).toContain("no errors, no warnings.");
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: a simple 80/20 in the bank's January", () => {
  let month: Judged;
  beforeAll(async () => {
    month = await judged("simple-80-20", BANK);
  });

  it("misses every week and, of 31 days, all but the Friday of the 29th and the two without data", () => {
    expect(counts(month, "week")).toEqual({ missed: 6 });
    expect(counts(month, "day")).toEqual({ missed: 28, "no-data": 2, met: 1 });
    expect(find(month, "service-level", "1999-01-03")).toMatchObject({ status: "missed", value: { num: 4972, den: 8845 } });
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: a call-centre order with ramp, locked forecast and claims in the bank's January", () => {
  let order: Judged;
  beforeAll(async () => {
    const more = ["--claims", `${FOLDER}/call-centre-order-claims.yaml`, "--forecast", `${FOLDER}/call-centre-order-forecast.yaml`];
    order = await judged("call-centre-order", BANK, more);
  });

  it("judges five weeks of five targets and members", () => {
    expect(counts(order, "week")).toEqual({ met: 19, missed: 6 });
  });

  it("leaves out the 3rd, whose 2,046 calls are 124 % of the locked forecast of 1,650: 3,539 of 6,393", () => {
    expect(find(order, "service-level", "1999-01-03")).toMatchObject({
      status: "met",
      value: { num: 3539, den: 6393 },
      recomputed: { value: { num: 4693, den: 8358 }, status: "met" },
    });
    expect(find(order, "abandonment@new-customers", "1999-01-03")).toMatchObject({
      status: "met",
      value: { num: 167, den: 1136 },
      recomputed: { value: { num: 263, den: 1561 }, status: "missed" },
    });
  });

  it("leaves six hours of the accepted outage out: 1,869 of 4,833 instead of 2,025 of 5,336, against 45 % of the ramp", () => {
    expect(find(order, "service-level", "1999-01-10")).toMatchObject({
      status: "missed",
      belowMinimum: true,
      value: { num: 1869, den: 4833 },
      recomputed: { value: { num: 2025, den: 5336 }, status: "missed" },
    });
  });

  it("leaves out only the accepted two hours of a claim, and only for the target it names", () => {
    expect(find(order, "service-level", "1999-01-17")).toMatchObject({
      value: { num: 3540, den: 6811 },
      recomputed: { value: { num: 3594, den: 7041 } },
    });
    expect(find(order, "handle-time", "1999-01-17")?.recomputed).toBeNull();
  });

  it("costs nothing in the suspended week, and 60 % x 10 % x 70,000 x 1.25 = 5,250 below the minimum", () => {
    expect(credits(order)).toEqual({ "1999-01-10": 5833.33, "1999-01-17": 4783.33, "1999-01-24": 583.33, "1999-01-31": 583.33 });
    expect(line(order, "1999-01-10", "service-level")?.credit).toBe(525_000);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: a points scheme, queue by queue, in the bank's January", () => {
  let points: Judged;
  beforeAll(async () => {
    points = await judged("points-scheme", BANK);
  });

  it("counts 30 points in the week of the 10th: 10 % of 25,000", () => {
    const week = points.settlement.periods.find(({ start }) => start === "1999-01-10");
    expect(week?.lines.map(({ targetId, points: own }) => [targetId, own])).toEqual([
      ["service-level@PS", 5],
      ["service-level@NW", 10],
      ["service-level@NE", 5],
      ["service-level@TT", 0],
      ["abandonment", 10],
    ]);
    expect(find(points, "service-level@NW", "1999-01-10")).toMatchObject({ value: { num: 341, den: 1233 }, belowMinimum: true });
    expect(credits(points)).toEqual({ "1999-01-03": 500, "1999-01-10": 2500, "1999-01-17": 2000 });
  });

  it("joins a quiet queue's last week with the one before, and says what is still missing", () => {
    expect(find(points, "service-level@NE", "1999-01-24")?.value).toEqual({ num: 233, den: 354 });
    expect(find(points, "service-level@NE", "1999-01-31")?.value).toEqual({ num: 281, den: 421 });
    expect(counts(points, "week")["not-proven"]).toBe(1);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: a state template over 600 days", () => {
  let state: Judged;
  beforeAll(async () => {
    state = await judged("state-template", DAILY);
  });

  it("answers 4,386 of 4,779 in January 2021, 91.8 %: 50 % x 40 % x (10 % x 100,000) = 2,000 (Texas DIR)", () => {
    expect(find(state, "answer-rate", "2021-01-01")).toMatchObject({ status: "missed", value: { num: 4386, den: 4779 } });
    expect(line(state, "2021-01-01", "answer-rate")?.credit).toBe(200_000);
    expect(credits(state)).toEqual({
      "2020-08-01": 3000,
      "2021-01-01": 10_000,
      "2021-05-01": 10_000,
      "2021-06-01": 10_000,
      "2021-07-01": 10_000,
    });
  });

  it("meets 8 % with 483 of 6,040 abandoned: 7.997 % is not rounded up to a default", () => {
    expect(find(state, "abandonment", "2020-08-01")).toMatchObject({ status: "met", value: { num: 483, den: 6040 } });
  });

  it("gives the right to terminate after the fourth default in twelve months", () => {
    expect(state.settlement.terminations.map(({ count, triggered }) => [count, triggered])).toEqual([
      [4, true],
      [4, true],
      [4, true],
    ]);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: a bands scheme with earn-back over 600 days", () => {
  let bands: Judged;
  beforeAll(async () => {
    bands = await judged("bands-scheme", DAILY);
  });

  it("285 of 3,350 in May 2021 is beyond 8.5 %: 4 % of 200,000, earned back by 863 of 11,453 from June to August", () => {
    expect(find(bands, "abandonment", "2021-05-01")).toMatchObject({ status: "missed", value: { num: 285, den: 3350 } });
    expect(line(bands, "2021-05-01", "abandonment")).toMatchObject({ credit: 800_000, earnedBack: 800_000 });
    expect(863 / 11_453).toBeLessThan(0.08);
  });

  it("never gives back what was lost in the peak season: 2 % x 1.5 of 200,000 in January 2021", () => {
    expect(line(bands, "2021-01-01", "abandonment")).toMatchObject({ credit: 600_000, earnedBack: 0 });
  });

  it("pays 1 % in the four months of 2020 with 3 % abandoned or less", () => {
    const paid = bands.settlement.periods.filter(({ bonus }) => bonus > 0);
    expect(paid.map(({ start, bonus }) => [start, bonus])).toEqual(["02", "03", "04", "05"].map((month) => [`2020-${month}-01`, 200_000]));
  });
});

/** The lines of the code block of the README that holds a text. */
function readmeBlock(holding: string): string {
  const block = readFileSync("README.md", "utf8")
    .split("```")
    .find((text, i) => i % 2 === 1 && text.includes(holding));
  if (block === undefined) throw new Error(`the README has no block with "${holding}"`);
  return block;
}

describe.skipIf(!HAS_REAL_DATA)("real data: the README's question, which weeks were missed under two formulas and what they cost", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "accord-readme-"));
    const [, text = ""] = /my\/bank\.yaml <<'END'\n([\s\S]*?)END\n/u.exec(readmeBlock("my/bank.yaml <<")) ?? [];
    writeFileSync(path.join(folder, "bank.yaml"), text);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is answered with the table that the README prints, from an agreement without a finding", async () => {
    const files = ["--agreement", path.join(folder, "bank.yaml"), "--feed", BANK.feed];
    const data = realDataFile(BANK.data);
    const checked = await runCommand(check, files, 0);
    const evaluated = await runCommand(evaluate, [...files, data, "--variant", "ignore-within"], BANK.now);
    const printed = [...checked.lines, ...evaluated.lines].join("\n").replaceAll("\u00a0", " ").replace(data, "january.txt");
    expect(printed).toBe(readmeBlock("ignore-within/20:").trim());
  });
});
