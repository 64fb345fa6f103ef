import { describe, expect, it } from "vitest";
import { findings, places, plant, SOUND_MONEY, soundFeed } from "../../../../support/planted-agreement.ts";

/** What replaces a part of the sound money clauses (from, to), what is planted in the first target, where it is found, and words of the message. */
type Case = [title: string, from: string, to: string, place: string, message: string, target?: string];

function money(from: string, to: string): string {
  const text = SOUND_MONEY.replace(from, to);
  if (text === SOUND_MONEY && from !== to) throw new Error(`"${from}" is not in the sound clauses`);
  return text;
}

const POINTS = "scheme: { kind: points, points: { sl: { expected: 10, minimum: 20 }, aht: { expected: 5 } }, price:";
const BANDS = "scheme: { kind: bands, targets: { sl:";
const SCHEME = /scheme: .*\n/u.exec(SOUND_MONEY)?.[0].trim() ?? "";
const END = "deadlines:";

describe("the money of an agreement", () => {
  it("nothing is wrong with the sound clauses", () => {
    expect(findings(plant(SOUND_MONEY))).toEqual([]);
  });

  it.each<Case>([
    ["pools of more than 100 %", "pool: 40 %", "pool: 50 %", "error credits.scheme.categories", "110 %, 10 % too much"],
    [
      "pools of less than 100 %",
      "pool: 40 %",
      "pool: 32.5 %",
      "warning credits.scheme.categories",
      "7.5 % of the money is at risk for nothing",
    ],
    ["shares of more than 100 %", "sl: 100 %", "sl: 120 %", "error credits.scheme.categories.0.targets", "120 %"],
    ["a share that lacks some", "sl: 100 %", "sl: 80 %", "warning credits.scheme.categories.0.targets", "20 % of the money"],
    [
      "a credit for a target that is not there",
      "{ aht: 100 % }",
      "{ asa: 100 % }",
      "error credits.scheme.categories.1.targets.asa",
      'no target "asa"',
    ],
    ["credits without fees", /fees: .*\n/u.exec(SOUND_MONEY)?.[0] ?? "", "\n", "error credits", "no fees are given"],
    ["a credit on an objective", "", "", "error credits.scheme.categories.0.targets.sl", "only an objective", "class: objective"],
    ["a credit per month without months", "", "", "error targets.sl.windows", "not judged per month", "windows: [day, week]"],
    ["a critical target without money", SCHEME, `${BANDS} [{ beyond: 80 %, credit: 5 % }] } }`, "", "", "class: critical"],
    [
      "a factor for a minimum that no target has",
      "atRisk: 10 %",
      'atRisk: 10 %\n  minimumFactor: "2"',
      "error credits.minimumFactor",
      "never applies",
      "minimum: null",
    ],
    [
      "a factor below 1",
      "atRisk: 10 %",
      'atRisk: 10 %\n  repeatFactor: "0.5"',
      "warning credits.repeatFactor",
      "worse default the cheaper",
    ],
    ["a year that limits nothing", "atRisk: 10 %", "atRisk: 10 %\n  yearMost: 12 %", "warning credits.yearMost", "never reached"],
    [
      "a limit per target below its share",
      "atRisk: 10 %",
      "atRisk: 10 %\n  perTargetMost: 50 %",
      "warning credits.scheme.categories.0.targets.sl",
      "60 % of the amount",
    ],
    ["credits without exclusions", /exclusions: .*\n/u.exec(SOUND_MONEY)?.[0] ?? "", "", "warning exclusions", "may be left out"],
    [
      "a deadline that is missing",
      ", claimCreditWithin: P15D",
      "",
      "warning deadlines.claimCreditWithin",
      "until when a credit must be claimed",
    ],
    ["claims of volume without a volume", "[client-outage]", "[client-outage, volume]", "warning exclusions.kinds", "no volume was agreed"],
    [
      "rows of points out of order",
      SCHEME,
      `${POINTS} { by: table, rows: [{ from: 10, credit: 2 % }, { from: 5, credit: 4 % }] } }`,
      "error credits.scheme.price.rows.1",
      "does not follow",
    ],
    [
      "points that get cheaper",
      SCHEME,
      `${POINTS} { by: table, rows: [{ from: 5, credit: 4 % }, { from: 10, credit: 2 % }] } }`,
      "error credits.scheme.price.rows.1",
      "10 points cost less",
    ],
    [
      "points that nobody can reach",
      SCHEME,
      `${POINTS} { by: table, rows: [{ from: 30, credit: 4 % }] } }`,
      "error credits.scheme.price.rows",
      "25 points",
    ],
    [
      "a ratchet whose bands overlap",
      SCHEME,
      `${POINTS} { by: ratchet, free: 20, perPoint: "3", bands: [{ to: 10, factor: "1.0" }, { factor: "1.2" }] } }`,
      "error credits.scheme.price.bands.0",
      "the free points",
    ],
    [
      "a ratchet without an end",
      SCHEME,
      `${POINTS} { by: ratchet, free: 20, perPoint: "3", bands: [{ to: 100, factor: "1.0" }] } }`,
      "warning credits.scheme.price.bands",
      "above 100 have no price",
    ],
    [
      "a ratchet that loosens",
      SCHEME,
      `${POINTS} { by: ratchet, free: 20, perPoint: "3", bands: [{ to: 100, factor: "1.5" }, { factor: "1.0" }] } }`,
      "warning credits.scheme.price.bands.1.factor",
      "cheaper per point",
    ],
    [
      "more free points than there are",
      SCHEME,
      `${POINTS} { by: ratchet, free: 25, perPoint: "3", bands: [{ factor: "1.0" }] } }`,
      "error credits.scheme.price.free",
      "the first credit needs 26",
    ],
    [
      "a worse default with fewer points",
      SCHEME,
      `${POINTS.replace("minimum: 20", "minimum: 5")} { by: table, rows: [{ from: 5, credit: 2 % }] } }`,
      "error credits.scheme.points.sl.minimum",
      "gives 5 points",
    ],
    [
      "a band on the good side",
      SCHEME,
      `${BANDS} [{ beyond: 85 %, credit: 5 % }] } }`,
      "error credits.scheme.targets.sl.0.beyond",
      "on the good side",
    ],
    [
      "bands that get cheaper",
      SCHEME,
      `${BANDS} [{ beyond: 80 %, credit: 5 % }, { beyond: 75 %, credit: 4 % }] } }`,
      "error credits.scheme.targets.sl.1.beyond",
      "the credit is 4 %",
    ],
    [
      "two bands at one level",
      SCHEME,
      `${BANDS} [{ beyond: 80 %, credit: 5 % }, { beyond: 80.0 %, credit: 6 % }] } }`,
      "error credits.scheme.targets.sl.1.beyond",
      "Two bands begin at",
    ],
    [
      "a band in another unit",
      SCHEME,
      `${BANDS} [{ beyond: 20 s, credit: 5 % }] } }`,
      "error credits.scheme.targets.sl.0.beyond",
      "not a level",
    ],
    [
      "a bonus without a better level",
      END,
      "bonus: { targets: { sl: 2 % }, most: 5 % }\ndeadlines:",
      "error bonus.targets.sl",
      "never earned",
    ],
    [
      "a bonus above the most",
      END,
      "bonus: { targets: { sl: 6 % }, most: 5 % }\ndeadlines:",
      "warning bonus.targets.sl",
      "more than the 5 %",
      "stretch: 90 %",
    ],
    [
      "earning back over more months than there are",
      END,
      "earnBack: { rule: { by: consecutive, periods: 12 } }\ndeadlines:",
      "error earnBack.rule.periods",
      "only 12 in all",
    ],
    [
      "a peak that ends before it begins",
      "atRisk: 10 %",
      "atRisk: 10 %\n  peaks: [{ from: 2026-12-01, to: 2026-11-01, factor: '2' }]",
      "error credits.peaks.0",
      "ends on 2026-11-01",
    ],
    [
      "a peak that is over",
      "atRisk: 10 %",
      "atRisk: 10 %\n  peaks: [{ from: 2025-11-01, to: 2025-12-01, factor: '2' }]",
      "warning credits.peaks.0",
      "outside the agreement's term",
    ],
    [
      "a peak with an earn-back that nobody has",
      "atRisk: 10 %",
      "atRisk: 10 %\n  peaks: [{ from: 2026-11-01, to: 2026-12-01, earnBack: true }]",
      "warning credits.peaks.0.earnBack",
      "no earn-back",
    ],
    [
      "a peak that changes nothing",
      "atRisk: 10 %",
      "atRisk: 10 %\n  peaks: [{ from: 2026-11-01, to: 2026-12-01 }]",
      "warning credits.peaks.0",
      "changes nothing",
    ],
    [
      "rising levels without months",
      END,
      "improvement: { targets: [sl], formula: { by: halfway } }\ndeadlines:",
      "error improvement.targets.0",
      "twelve months",
      "windows: [week]",
    ],
    [
      "more times than periods",
      END,
      "termination: [{ id: a, when: same-target, times: 4, within: 3, notice: P60D }]\ndeadlines:",
      "error termination.0.times",
      "can never happen",
    ],
    [
      "more periods than the term has",
      END,
      "termination: [{ id: a, when: same-target, times: 13, within: 24, notice: P60D }]\ndeadlines:",
      "error termination.0",
      "only 12 in all",
    ],
    [
      "leaving below a minimum that nobody has",
      END,
      "termination: [{ id: a, when: below-minimum, times: 2, notice: P60D }]\ndeadlines:",
      "error termination.0",
      "No target has a minimum",
      "minimum: null",
    ],
    [
      "leaving over a target that is not there",
      END,
      "termination: [{ id: a, when: rolling, target: asa, within: 3, beyond: 70 %, notice: P60D }]\ndeadlines:",
      "error termination.0.target",
      'no target "asa"',
    ],
    [
      "leaving although the promise is kept",
      END,
      "termination: [{ id: a, when: rolling, target: sl, within: 3, beyond: 85 %, notice: P60D }]\ndeadlines:",
      "warning termination.0.beyond",
      "although 80 % is what was agreed",
    ],
    ["suspended weeks are fine with credits", END, "ramp: { goLive: 2026-01-01, creditsSuspendedWeeks: 4 }\ndeadlines:", "", ""],
  ])("%s", (title, from, to, place, message, target = "") => {
    const found = findings(plant(money(from, to), target));
    const wanted =
      title.startsWith("a credit per month") || title.startsWith("rising")
        ? found.filter((one) => `${one.severity} ${one.path}` === place)
        : found;
    expect([...new Set(places(wanted))]).toEqual(place === "" ? [] : [place]);
    if (place !== "") expect(wanted[0]?.message).toContain(message);
    for (const { dispute, remedy } of found) expect(Math.min(dispute.length, remedy.length)).toBeGreaterThan(10);
  });

  it("a limit of credits that ends a contract needs credits", () => {
    const found = findings(plant("termination: [{ id: a, when: cap-reached, times: 2, within: 4, notice: P60D }]"));
    expect(places(found)).toEqual(["error termination.0"]);
  });

  it("earning back and suspending need credits", () => {
    const found = findings(
      plant("earnBack: { rule: { by: average, periods: 3 } }\nramp: { goLive: 2026-01-01, creditsSuspendedWeeks: 4 }"),
    );
    expect(places(found)).toEqual(["warning ramp.creditsSuspendedWeeks", "error earnBack"]);
  });

  it("a critical target that no credit covers is doubted", () => {
    const found = findings(
      plant(money(SCHEME, "scheme: { kind: bands, targets: { aht: [{ beyond: '6:30', credit: 5 % }] } }"), "class: critical"),
    );
    expect(places(found)).toEqual(["warning credits.scheme"]);
  });

  it("every member of a target takes its own points: two queues of 10 reach the 20 that one would not", () => {
    const priced = money(SCHEME, `${POINTS} { by: table, rows: [{ from: 30, credit: 4 % }] } }`);
    expect(places(findings(plant(priced, "queues: [main, other]\neach: queue"), [soundFeed({ queue: { constant: "main" } })]))).toEqual([
      "warning targets.sl.queues",
    ]);
  });

  it("a repetition's factor multiplies points as well", () => {
    const priced = money(SCHEME, `${POINTS} { by: table, rows: [{ from: 30, credit: 4 % }] } }\n  repeatFactor: "1.5"`);
    expect(findings(plant(priced))).toEqual([]);
  });
});
