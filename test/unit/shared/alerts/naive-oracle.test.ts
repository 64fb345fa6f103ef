import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../../../../shared/alerts/advance.ts";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import type { DutyPolicy } from "../../../../shared/alerts/duty-policy.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import type { AlertSubject } from "../../../../shared/alerts/subject.ts";
import { type AlertState, UNTOLD } from "../../../../shared/alerts/track.ts";
import { MINUTE_MS, policyOf, TARGET } from "../../../support/alert-history.ts";
import { type NaiveEpisode, naiveEpisodes, type NaiveMoment, type NaiveTerms } from "../../../support/naive-alerts.ts";

/** Agreements of three fingerprints: 10,200 histories, or a sample of 1,050. */
const RUNS = process.env["ACCORD_TESTS"] === "full" ? 3400 : 350;
/** Long enough that everything pending has fired and everything recovering is over. */
const TAIL = 600;

const says = fc.oneof(
  { weight: 9, arbitrary: fc.constant("clear" as const) },
  { weight: 9, arbitrary: fc.constantFrom("warning" as const, "high" as const, "critical" as const) },
  { weight: 2, arbitrary: fc.constant("no data" as const) },
);
const gap = fc.oneof({ weight: 8, arbitrary: fc.nat(6) }, { weight: 2, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.nat(700) });
const steadily = fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 10, max: 24 }) });
const heard = fc.array(fc.tuple(gap, says, steadily), { minLength: 1, maxLength: 50 }).map((all): NaiveMoment[] => {
  let minute = 0;
  return all.flatMap(([wait, said, times]) => Array.from({ length: times }, () => ({ minute: (minute += wait), says: said })));
});
const terms: fc.Arbitrary<NaiveTerms> = fc.record({
  hold: fc.constantFrom(0, 0, 3, 20),
  keep: fc.constantFrom(0, 0, 4, 15),
  reopen: fc.constantFrom(0, 10, 60, 1440),
});

function subjectOf(series: number): AlertSubject {
  return { ...TARGET, targetId: `target-${series}` };
}

/** Several fingerprints at once, as the worker hears of them: mixed, in the order of time, every episode ever written. */
function judged(all: readonly (readonly NaiveMoment[])[], policy: DutyPolicy, end: number): Alert[] {
  const events = all
    .flatMap((moments, series) => moments.map((moment) => ({ ...moment, series })))
    .toSorted((one, other) => one.minute - other.minute);
  const states = new Map<number, AlertState>();
  const written = new Map<string, Alert>();
  const keep = (series: number, state: AlertState) => {
    states.set(series, state);
    if (state.alert !== null) written.set(state.alert.id, state.alert);
    return state;
  };
  for (const { series, minute, says: said } of events) {
    const event = {
      agreementId: "north",
      subject: subjectOf(series),
      signal: said === "no data" ? ("frozen" as const) : said,
      headline: said,
      nowMs: minute * MINUTE_MS,
    };
    const passed = keep(series, advance(states.get(series) ?? UNTOLD, event, event.nowMs, policy));
    keep(series, observe(passed, event, policy));
  }
  for (const [series, state] of states)
    keep(series, advance(state, { agreementId: "north", subject: subjectOf(series) }, end * MINUTE_MS, policy));
  return [...written.values()];
}

function asNaive({ history, peak }: Alert): NaiveEpisode {
  const spans: [number, number | null][] = [];
  for (const { kind, atMs } of history) {
    if (kind === "raised" || kind === "reopened") spans.push([atMs / MINUTE_MS, null]);
    const last = spans.at(-1);
    if (kind === "resolved" && last !== undefined) last[1] = atMs / MINUTE_MS;
  }
  return { spans, peak: peak ?? "" };
}

describe("alerts beside a naive reading of the table, minute by minute", () => {
  it(`${RUNS * 3} histories: no episode is missed, none is false, none is doubled`, { timeout: 120_000 }, () => {
    const seen = { episodes: 0, reopened: 0, standing: 0 };
    const check = (all: NaiveMoment[][], { hold, keep, reopen }: NaiveTerms) => {
      const policy = policyOf({ hold: `PT${hold}M`, keepFiring: `PT${keep}M`, reopenWithin: `PT${reopen}M` });
      const end = Math.max(...all.flatMap((moments) => moments.map(({ minute }) => minute))) + TAIL;
      const alerts = judged(all, policy, end);
      all.forEach((moments, series) => {
        const mine = alerts.filter(({ subject }) => subject.kind === "target" && subject.targetId === `target-${series}`);
        const naive = naiveEpisodes(moments, { hold, keep, reopen }, end);
        expect(mine.map(asNaive)).toEqual(naive);
        expect(mine.map(({ reopened }) => reopened)).toEqual(naive.map(({ spans }) => spans.length - 1));
        seen.episodes += naive.length;
        seen.reopened += naive.reduce((sum, { spans }) => sum + spans.length - 1, 0);
        seen.standing += naive.filter(({ spans }) => spans.at(-1)?.[1] === null).length;
      });
      expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length);
    };
    fc.assert(fc.property(fc.array(heard, { minLength: 3, maxLength: 3 }), terms, check), { numRuns: RUNS, seed: 1 });
    expect(seen.episodes).toBeGreaterThan(RUNS * 2);
    expect(seen.reopened).toBeGreaterThan(RUNS / 3);
    expect(seen.standing).toBeGreaterThan(RUNS / 2);
  });
});
