import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../../shared/agreement/agreement.ts";
import { createContext } from "../../../../../shared/agreement/context.ts";
import { settle } from "../../../../../shared/settlement/settle.ts";
import { findings, plant, SOUND_MONEY, soundFeed } from "../../../../support/planted-agreement.ts";

const level = fc.constantFrom("80 %", "8 %", "100 %", "0 %", "120 %", "20 s", "6:30", "4.2", "-10", "120", "75-80 %", "soon");
/** Most fields stay as they are, so that some documents remain sound. */
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const measure = fc.constantFrom(
  { metric: "service-level", variant: "negative", withinSeconds: 20 },
  { metric: "service-level", variant: "short-excluded", withinSeconds: 20, shortAbandonSeconds: 5 },
  { metric: "abandonment", denominator: "offered" },
  { metric: "aht" },
  { metric: "nps" },
  { metric: "csat", method: "mean" },
  { metric: "csat", method: "top-2-box" },
  { metric: "backlog", method: "last" },
);
const aggregation = fc.oneof(
  fc.constant({ by: "ratio-of-sums" }),
  fc.record({ by: fc.constantFrom("intervals-met", "days-met"), level }),
  fc.constant({ by: "mean-of-days", dp: 1 }),
);
const target = fc.record({
  measure: seldom(measure),
  aggregation: seldom(aggregation),
  direction: seldom(fc.constantFrom("at-least", "at-most", "within")),
  expected: seldom(level),
  notBelow: seldom(level),
  minimum: seldom(level),
  stretch: seldom(level),
  ramp: seldom(
    fc.record({ fromWeek: fc.integer({ min: 1, max: 9 }), toWeek: fc.integer({ min: 1, max: 9 }), expected: level }).map((step) => [step]),
  ),
  each: seldom(fc.constantFrom("queue", "program", "site")),
  queues: seldom(fc.constantFrom(["main"], ["main", "other"])),
  programs: seldom(fc.constantFrom(["a"], ["b"])),
  windows: seldom(fc.constantFrom(["day"], ["month"], ["week", "month"], ["rolling-3m", "month"])),
  minimumSample: seldom(fc.constantFrom(0, 20, 400)),
  onLowSample: seldom(fc.constantFrom("not-proven", "join-previous", "allow-one-miss")),
  atRisk: seldom(fc.record({ missProbability: seldom(level), burn: seldom(fc.constantFrom(1.5, 5, 40)) })),
});
const share = fc.constantFrom("0 %", "5 %", "40 %", "100 %", "120 %");
const scheme = fc.oneof(
  fc.record({
    kind: fc.constant("bands"),
    targets: fc.record({ sl: fc.array(fc.record({ beyond: level, credit: share }), { minLength: 1, maxLength: 3 }) }),
  }),
  fc.record({
    kind: fc.constant("allocation"),
    categories: fc.array(fc.record({ id: fc.constant("x"), pool: share, targets: fc.record({ sl: share, aht: share }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    kind: fc.constant("points"),
    points: fc.record(
      { sl: fc.record({ expected: fc.constantFrom(0, 5, 50) }), "sl@main": fc.record({ expected: fc.constantFrom(0, 5) }) },
      { requiredKeys: ["sl"] },
    ),
    price: fc.oneof(
      fc.record({
        by: fc.constant("table"),
        rows: fc.array(fc.record({ from: fc.constantFrom(0, 5, 10), credit: share }), { minLength: 1, maxLength: 3 }),
      }),
      fc.constant({ by: "ratchet", free: 4, perPoint: "3", bands: [{ to: 10, factor: "1" }, { factor: "1.5" }] }),
    ),
  }),
);
const whole = fc.record({
  timeZone: seldom(fc.constantFrom("Europe/Berlin", "UTC", "Africa/Cairo", "Australia/Lord_Howe", "Europe/Atlantis")),
  effectiveTo: seldom(fc.constantFrom("2026-01-10", "2026-12-31", "2029-06-30", "2025-01-01")),
  serviceHours: seldom(
    fc.constantFrom("always", [{ days: ["sun"], from: "02:30", to: "06:00" }], [{ days: ["mon"], from: "18:00", to: "08:00" }]),
  ),
  holidays: seldom(fc.constantFrom([], ["2026-12-25"], ["2026-12-25", "2031-01-01"])),
  programs: seldom(
    fc.constantFrom(
      [],
      [{ id: "a", name: "A", queues: ["main"], site: "Riga" }],
      [
        { id: "a", name: "A", queues: ["main"] },
        { id: "b", name: "B", queues: ["main"] },
      ],
    ),
  ),
  ramp: seldom(fc.constantFrom({ goLive: "2026-01-05", creditsSuspendedWeeks: 2 }, { goLive: "2027-01-05" })),
  volume: seldom(
    fc.record({
      feed: fc.constantFrom("calls", "none"),
      unit: fc.constantFrom("day", "month"),
      upper: level,
      lower: seldom(level),
      above: fc.constantFrom("exclude", "scale-target"),
      lockDaysBefore: fc.constant(30),
      forecastBy: fc.constant("client"),
    }),
  ),
  termination: seldom(
    fc.constantFrom(
      [],
      [{ id: "a", when: "same-target", times: 3, within: 2, notice: "P5D" }],
      [{ id: "a", when: "rolling", target: "sl", within: 3, beyond: "4.2", notice: "P5D" }],
    ),
  ),
});

function drop(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

describe("accord check and the engine", () => {
  it("what passes the check can be compiled and settled; whatever can be read can be checked (1,000 runs)", () => {
    const base = plant(SOUND_MONEY);
    let sound = 0;
    fc.assert(
      fc.property(whole, target, seldom(scheme), (agreement, first, credits) => {
        const [sl, aht] = base.targets;
        const document = {
          ...base,
          ...drop(agreement),
          targets: [{ ...sl, ...drop(first) }, aht],
          credits: { ...base.credits, ...drop({ scheme: credits }) },
        };
        const parsed = Agreement.safeParse(document);
        if (!parsed.success) return;
        const feed = soundFeed();
        const found = findings(parsed.data, [feed]);
        for (const { message, dispute, remedy } of found)
          expect(Math.min(message.length, dispute.length, remedy.length)).toBeGreaterThan(5);
        if (found.some(({ severity }) => severity === "error")) return;
        sound++;
        const context = createContext(parsed.data, [feed]);
        settle({ versions: [context], verdicts: [], claims: [], nowMs: Date.parse("2026-06-01T00:00:00Z") });
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(sound).toBeGreaterThan(100);
  });
});
