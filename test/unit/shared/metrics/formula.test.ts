import { describe, expect, it } from "vitest";
import { type CounterId, isCounterId } from "../../../../shared/metrics/counter.ts";
import { countersOf, formulasOf, weigh } from "../../../../shared/metrics/formula.ts";
import { type Formula, Measure, SERVICE_LEVEL_VARIANTS } from "../../../../shared/metrics/measure.ts";

type Counts = Partial<Record<CounterId, number>>;

function value(formula: Formula, counts: Counts): { num: number; den: number } {
  const totals = new Map(
    Object.entries(counts).flatMap(([id, count]): [CounterId, number][] => (isCounterId(id) ? [[id, count ?? 0]] : [])),
  );
  return { num: weigh(formula.numerator, totals), den: weigh(formula.denominator, totals) };
}

function percent(measure: Measure, counts: Counts): string {
  const { num, den } = value(formulasOf(measure)[0], counts);
  return ((num / den) * 100).toFixed(1);
}

function serviceLevel(variant: (typeof SERVICE_LEVEL_VARIANTS)[number], withinSeconds = 20, shortAbandonSeconds = 5): Measure {
  return { metric: "service-level", variant, withinSeconds, shortAbandonSeconds };
}

describe("service level variants", () => {
  /** ICMI "Service level calculations" (2005): 1,000 answered, 860 of them within 20 s; 60 abandoned, 20 within 20 s, 10 within 5 s. */
  const icmi: Counts = {
    answered: 1000,
    abandoned: 60,
    "answered-within-20000": 860,
    "abandoned-within-20000": 20,
    "abandoned-within-5000": 10,
    "flowed-out": 40,
  };

  it.each([
    ["positive", "83.0"],
    ["answered-only", "86.0"],
    ["negative", "81.1"],
    ["ignore-within", "82.7"],
    ["short-as-met", "82.1"],
    ["short-excluded", "81.9"],
    ["+flowouts", "78.2"],
  ] as const)("%s gives %s %% of ICMI's published counts", (variant, expected) => {
    expect(percent(serviceLevel(variant), icmi)).toBe(expected);
  });

  /** Cisco call type reports: 70 answered in time, 10 abandoned in time, 20 answered late. */
  it.each([
    ["positive", "80.0"],
    ["negative", "70.0"],
    ["ignore-within", "77.8"],
  ] as const)("%s gives %s %% of Cisco's example", (variant, expected) => {
    const counts: Counts = { answered: 90, abandoned: 10, "answered-within-20000": 70, "abandoned-within-20000": 10 };
    expect(percent(serviceLevel(variant), counts)).toBe(expected);
  });

  it("talkdesk-calls counts a call that was missed in time as met and leaves abandoned calls out", () => {
    const counts: Counts = { answered: 80, missed: 20, abandoned: 50, "answered-within-20000": 60, "missed-within-20000": 15 };
    expect(percent(serviceLevel("talkdesk-calls"), counts)).toBe("75.0");
  });

  it("has the same figure in all of the first seven where nobody abandons, flows out or is answered late", () => {
    const counts: Counts = {
      answered: 40,
      abandoned: 0,
      "answered-within-20000": 40,
      "abandoned-within-20000": 0,
      "abandoned-within-5000": 0,
      "flowed-out": 0,
    };
    expect(SERVICE_LEVEL_VARIANTS.slice(0, 7).map((variant) => percent(serviceLevel(variant), counts))).toEqual(
      Array.from({ length: 7 }, () => "100.0"),
    );
  });

  it.each(SERVICE_LEVEL_VARIANTS)("%s names every count it reads and says its limit in words", (variant) => {
    const [formula] = formulasOf(serviceLevel(variant, 30, 4));
    expect(countersOf(formula)).toContain("answered-within-30000");
    expect(formula.says).toContain("answered within 30 s");
    expect(formula.sampled).toBe(false);
    const short = variant.startsWith("short-");
    expect(countersOf(formula).includes("abandoned-within-4000")).toBe(short);
  });
});

describe("abandonment", () => {
  const counts: Counts = { offered: 200, answered: 170, abandoned: 20, "abandoned-within-5000": 8 };

  it.each([
    ["of those offered", { metric: "abandonment", denominator: "offered" }, 20, 200],
    ["of those answered and abandoned", { metric: "abandonment", denominator: "answered-and-abandoned" }, 20, 190],
    ["short ones leave numerator and denominator", { metric: "abandonment", denominator: "offered", shortAbandonSeconds: 5 }, 12, 192],
    [
      "short ones leave answered and abandoned too",
      { metric: "abandonment", denominator: "answered-and-abandoned", shortAbandonSeconds: 5 },
      12,
      182,
    ],
  ] as const satisfies readonly (readonly [string, Measure, number, number])[])("%s", (_, measure, num, den) => {
    expect(value(formulasOf(measure)[0], counts)).toEqual({ num, den });
  });

  it("of the bank's January is 3,101 of 30,161, which is 10.281 %", () => {
    const { num, den } = value(formulasOf({ metric: "abandonment", denominator: "answered-and-abandoned" })[0], {
      answered: 27_060,
      abandoned: 3101,
    });
    expect(((num / den) * 100).toFixed(3)).toBe("10.281");
  });
});

describe("times, rates and scores", () => {
  it("handle time is its own sum, or talk, hold and after-call work where only the parts are given", () => {
    const [whole, parts] = formulasOf({ metric: "aht" });
    expect(countersOf(whole)).toEqual(["handle-ms", "answered"]);
    expect(parts === undefined ? null : value(parts, { "talk-ms": 600_000, "hold-ms": 60_000, "acw-ms": 90_000, answered: 5 })).toEqual({
      num: 750_000,
      den: 5,
    });
    expect(parts?.unit).toBe("duration");
  });

  it("speed of answer divides the wait of those answered by those answered, never by those offered", () => {
    expect(countersOf(formulasOf({ metric: "asa" })[0])).toEqual(["answer-wait-ms", "answered"]);
  });

  it("answer rate has the denominator it names", () => {
    const counts: Counts = { offered: 100, answered: 80, abandoned: 10 };
    expect(value(formulasOf({ metric: "answer-rate", denominator: "offered" })[0], counts)).toEqual({ num: 80, den: 100 });
    expect(value(formulasOf({ metric: "answer-rate", denominator: "answered-and-abandoned" })[0], counts)).toEqual({ num: 80, den: 90 });
  });

  it("top-2-box counts answers 4 and 5 of all answers, the mean weighs every score; both are samples", () => {
    const counts: Counts = { "csat-1": 1, "csat-2": 2, "csat-3": 3, "csat-4": 4, "csat-5": 5 };
    const [box] = formulasOf({ metric: "csat", method: "top-2-box" });
    const [mean] = formulasOf({ metric: "csat", method: "mean" });
    expect(value(box, counts)).toEqual({ num: 9, den: 15 });
    expect(value(mean, counts)).toEqual({ num: 55, den: 15 });
    expect([box.sampled, mean.sampled]).toEqual([true, true]);
  });

  it("a ratio of sums is not the mean of ratios: 762 of 1,166 is 65.35 %, the averages of its two halves say 57.93 %", () => {
    const parts: Counts[] = [
      { answered: 1093, abandoned: 0, "answered-within-20000": 726 },
      { answered: 73, abandoned: 0, "answered-within-20000": 36 },
    ];
    const measure = serviceLevel("negative");
    const sum = { answered: 1166, abandoned: 0, "answered-within-20000": 762 };
    expect(((762 / 1166) * 100).toFixed(2)).toBe("65.35");
    expect(percent(measure, sum)).toBe("65.4");
    expect(parts.map((part) => percent(measure, part))).toEqual(["66.4", "49.3"]);
  });
});

describe("Measure", () => {
  it.each([
    ["a metric that nobody defined", { metric: "happiness" }],
    ["a variant that nobody defined", { metric: "service-level", variant: "80/20", withinSeconds: 20 }],
    ["a service level without its limit", { metric: "service-level", variant: "negative" }],
    ["a limit of half a second", { metric: "service-level", variant: "negative", withinSeconds: 0.5 }],
    ["a limit beyond a day", { metric: "service-level", variant: "negative", withinSeconds: 86_401 }],
    ["a limit in words", { metric: "service-level", variant: "negative", withinSeconds: "20" }],
    ["abandonment without its denominator", { metric: "abandonment" }],
    ["a choice that the metric does not have", { metric: "asa", withinSeconds: 20 }],
  ])("refuses %s", (_, measure) => {
    expect(Measure.safeParse(measure).success).toBe(false);
  });
});
