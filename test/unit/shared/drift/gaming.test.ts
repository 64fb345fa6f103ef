import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DayPart, contrastOf, contrastTail, shareOf } from "../../../../shared/drift/day-contrast.ts";
import { type EdgeDay, edgeDayOf } from "../../../../shared/drift/edge-mass.ts";
import { askAboutInvitations, type InvitationDay } from "../../../../shared/drift/gaming-invitations.ts";
import { askAboutSchedules, type LateEdit } from "../../../../shared/drift/gaming-schedule.ts";
import { askAboutShortAbandons, askAboutThreshold } from "../../../../shared/drift/gaming-threshold.ts";
import { askAboutWeekends, type WeekendDay } from "../../../../shared/drift/gaming-weekend.ts";
import type { Question } from "../../../../shared/drift/question.ts";
import { oddsText } from "../../../../shared/drift/question-words.ts";
import { type RandomStream, randomStream } from "../../../../shared/stats/random.ts";
import { drawBeta, drawBinomial, drawGamma, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { bankCalls } from "../../../support/bank-calls.ts";
import { HAS_REAL_DATA } from "../../../support/real-data.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";
/** Months without the pattern, and how many questions they may raise: of 10,000 ten are due at most, 21 or more come with 0.1 %. */
const HONEST = FULL ? 10_000 : 60;
const ALLOWED = FULL ? 20 : 1;
const PLANTED = FULL ? 1000 : 40;

function asked(months: number, name: string, ask: (stream: RandomStream) => Question | null): number {
  return Array.from({ length: months }, (_, i) => ask(randomStream(`${name}-${i}`))).filter((question) => question !== null).length;
}

function isWhole(question: Question | null): void {
  expect(question).not.toBeNull();
  expect(question?.question.endsWith("?")).toBe(true);
  expect(question?.evidence.length).toBeGreaterThanOrEqual(2);
  expect(question?.innocent.length).toBeGreaterThanOrEqual(2);
}

/** Waits of a day that fall off by the second, in whole seconds; some of those just beyond the limit are moved to within. */
function edgeDay(stream: RandomStream, limitMs: number, moved: number): EdgeDay {
  const load = drawGamma(stream, 4) / 4;
  const fall = 0.01 + 0.04 * stream.next();
  const waits = Array.from({ length: 60 }, (_, second) =>
    Array.from({ length: drawPoisson(stream, 8 * load * Math.exp(-fall * second)) }, () => second * 1000),
  ).flat();
  return edgeDayOf(
    waits.map((ms) => (ms > limitMs && ms <= limitMs + 4000 && stream.next() < moved ? limitMs - 1000 : ms)),
    limitMs,
  );
}

function edgeMonth(stream: RandomStream, moved: number): EdgeDay[] {
  return Array.from({ length: 28 }, () => edgeDay(stream, 20_000, moved));
}

describe("answers heaped just inside the threshold", () => {
  const ask = (moved: number) => (stream: RandomStream) =>
    askAboutThreshold({ about: "service-level", limitMs: 20_000, days: edgeMonth(stream, moved) });

  it("are asked about in less than one of a thousand months with smooth waits", () => {
    expect(asked(HONEST, "smooth", ask(0))).toBeLessThanOrEqual(ALLOWED);
  });

  it("are asked about in nine of ten months in which a quarter of those beyond were moved within", () => {
    expect(asked(PLANTED, "moved", ask(0.25))).toBeGreaterThanOrEqual(0.9 * PLANTED);
    isWhole(ask(0.25)(randomStream("moved-0")));
  });

  it("are never asked about with less than 30 contacts in a span or on less than 10 days", () => {
    const days = edgeMonth(randomStream("few"), 0.9);
    expect(askAboutThreshold({ about: "x", limitMs: 20_000, days: days.slice(0, 9) })).toBeNull();
    expect(askAboutThreshold({ about: "x", limitMs: 20_000, days: days.map((day) => ({ ...day, before: 1 })) })).toBeNull();
    expect(askAboutThreshold({ about: "x", limitMs: 20_000, days: [] })).toBeNull();
  });

  it("are heaped the same whatever the order of the days, and their level is shared among all that is looked at", () => {
    const days = edgeMonth(randomStream("order"), 0.3);
    const one = askAboutThreshold({ about: "x", limitMs: 20_000, days });
    expect(askAboutThreshold({ about: "x", limitMs: 20_000, days: days.toReversed() })?.chance).toBeCloseTo(one?.chance ?? -1, 12);
    expect(askAboutThreshold({ about: "x", limitMs: 20_000, days, looks: 1e300 })).toBeNull();
  });

  it("abandons just under the short-abandon rule are found by the same look and asked in other words", () => {
    const days = Array.from({ length: 28 }, (_, i) => edgeDay(randomStream(`abandons-${i}`), 20_000, 0.4));
    expect(askAboutShortAbandons({ about: "calls", limitMs: 20_000, days })?.rule).toBe("short-abandons");
    expect(askAboutShortAbandons({ about: "calls", limitMs: 20_000, days: edgeMonth(randomStream("smooth-0"), 0) })).toBeNull();
  });

  it("the limit itself lies within", () => {
    expect(edgeDayOf([12_000, 12_001, 16_000, 16_001, 20_000, 20_001, 24_000, 24_001, 28_000, 28_001], 20_000)).toEqual({
      before: 2,
      inside: 2,
      outside: 2,
      after: 2,
    });
  });
});

/** 84 days, the last 28 of them asked about; weekends have a level of their own. */
function weekendDays(stream: RandomStream, { lift, drop }: { lift: number; drop: number }): WeekendDay[] {
  return Array.from({ length: 84 }, (_, i) => {
    const weekend = i % 7 >= 5;
    const current = i >= 56;
    const level = Math.min(0.99, (weekend ? 0.85 : 0.81) + (current ? (weekend ? lift : -drop) : 0));
    const n = drawPoisson(stream, weekend ? 250 : 400);
    return { weekend, current, n, num: drawBinomial(stream, n, drawBeta(stream, level * 60, (1 - level) * 60)) };
  });
}

describe("a month that is made up on its weekends", () => {
  const ask = (move: { lift: number; drop: number }) => (stream: RandomStream) =>
    askAboutWeekends({ about: "service-level", target: 0.8, days: weekendDays(stream, move) });

  it("is asked about in less than one of a thousand months in which weekends are as they were", () => {
    expect(asked(HONEST, "weekend", ask({ lift: 0, drop: 0.012 }))).toBeLessThanOrEqual(ALLOWED);
  });

  it("is asked about in eight of ten months with weekends at 98 % and weekdays below the target", () => {
    expect(asked(PLANTED, "caught-up", ask({ lift: 0.13, drop: 0.03 }))).toBeGreaterThanOrEqual(0.8 * PLANTED);
    isWhole(ask({ lift: 0.13, drop: 0.03 })(randomStream("caught-up-1")));
  });

  it("is not asked about when weekdays alone meet the target, or the month misses it", () => {
    const days = weekendDays(randomStream("x"), { lift: 0.13, drop: 0.03 });
    expect(askAboutWeekends({ about: "x", target: 0.7, days })).toBeNull();
    expect(askAboutWeekends({ about: "x", target: 0.95, days })).toBeNull();
    expect(askAboutWeekends({ about: "x", target: 0.8, days: days.filter(({ current }) => current) })).toBeNull();
  });
});

function lateEdits(stream: RandomStream, lifting: number): LateEdit[] {
  return Array.from({ length: 20 }, (_, day) => {
    const today = drawBeta(stream, 20 * lifting, 20 * (1 - lifting));
    return Array.from({ length: drawPoisson(stream, 4) }, () => ({
      day: `2026-10-${String(day + 1).padStart(2, "0")}`,
      before: 0.8,
      after: stream.next() < today ? 0.9 : 0.75,
    }));
  }).flat();
}

describe("schedules changed after the fact", () => {
  const ask = (lifting: number) => (stream: RandomStream) => askAboutSchedules({ about: "rosters", edits: lateEdits(stream, lifting) });

  it("are asked about in less than one of a thousand months in which they go either way", () => {
    expect(asked(HONEST, "either", ask(0.5))).toBeLessThanOrEqual(ALLOWED);
  });

  it("are asked about in nine of ten months in which four of five lift adherence", () => {
    expect(asked(PLANTED, "lifting", ask(0.8))).toBeGreaterThanOrEqual(0.9 * PLANTED);
    isWhole(ask(0.8)(randomStream("lifting-0")));
  });

  it("are no question when they are few, change nothing, or lower it", () => {
    const edits = lateEdits(randomStream("lowering"), 0.9);
    expect(askAboutSchedules({ about: "x", edits: edits.slice(0, 19) })).toBeNull();
    expect(askAboutSchedules({ about: "x", edits: edits.map((edit) => ({ ...edit, after: edit.before })) })).toBeNull();
    expect(
      askAboutSchedules({ about: "x", edits: edits.map(({ day, before, after }) => ({ day, before: after, after: before })) }),
    ).toBeNull();
  });
});

function invitationDays(stream: RandomStream, now: { asked: number; liked: number }): InvitationDay[] {
  return Array.from({ length: 84 }, (_, i) => {
    const current = i >= 56;
    const contacts = drawPoisson(stream, 300);
    const share = current ? now.asked : 0.3;
    const invited = drawBinomial(stream, contacts, drawBeta(stream, share * 80, (1 - share) * 80));
    const answers = drawBinomial(stream, invited, 0.25);
    const liked = current ? now.liked : 0.8;
    return {
      contacts,
      invited,
      answers,
      satisfied: drawBinomial(stream, answers, drawBeta(stream, liked * 100, (1 - liked) * 100)),
      current,
    };
  });
}

describe("invitations that fall while satisfaction rises", () => {
  const ask = (now: { asked: number; liked: number }) => (stream: RandomStream) =>
    askAboutInvitations({ about: "csat", days: invitationDays(stream, now) });

  it("are asked about in less than one of a thousand months in which only invitations fell, or only satisfaction rose", () => {
    expect(asked(HONEST, "fewer", ask({ asked: 0.18, liked: 0.8 }))).toBeLessThanOrEqual(ALLOWED);
    expect(asked(HONEST, "better", ask({ asked: 0.3, liked: 0.9 }))).toBeLessThanOrEqual(ALLOWED);
  });

  it("are asked about in nine of ten months in which both moved by far", () => {
    expect(asked(PLANTED, "both", ask({ asked: 0.2, liked: 0.92 }))).toBeGreaterThanOrEqual(0.9 * PLANTED);
    isWhole(ask({ asked: 0.2, liked: 0.92 })(randomStream("both-0")));
  });

  it("are no question when satisfaction fell with them, or too few answered", () => {
    expect(ask({ asked: 0.2, liked: 0.6 })(randomStream("worse"))).toBeNull();
    const few = invitationDays(randomStream("few"), { asked: 0.1, liked: 0.99 }).map((day) => ({ ...day, answers: 1, satisfied: 1 }));
    expect(askAboutInvitations({ about: "x", days: few })).toBeNull();
  });
});

describe("shares of days", () => {
  it("never claim to be known better than independent trials would let them", () => {
    const day = fc.record({ n: fc.integer({ min: 0, max: 500 }), good: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(day, { minLength: 2, maxLength: 40 }), (drawn) => {
        const days = drawn.map(({ n, good }) => ({ n, num: Math.round(good * n) }));
        const share: DayPart | null = shareOf(days);
        if (share === null) return;
        const n = days.reduce((sum, one) => sum + one.n, 0);
        expect(share.value).toBeGreaterThanOrEqual(0);
        expect(share.value).toBeLessThanOrEqual(1);
        expect(share.variance).toBeGreaterThanOrEqual((share.value * (1 - share.value)) / n - 1e-12);
        const tail = contrastTail(
          contrastOf([
            { part: share, sign: 1 },
            { part: share, sign: -1 },
          ]),
        );
        expect(tail).toBeCloseTo(0.5, 9);
      }),
    );
  });

  it("a chance is written with two digits and never as less than one in a million", () => {
    expect([0.5, 0.00032, 0.000012956, 1e-33].map(oddsText)).toEqual([
      "less than 1 in 2",
      "less than 1 in 3,100",
      "less than 1 in 77,000",
      "less than 1 in a million",
    ]);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: the bank's January 1999", async () => {
  const { waits } = HAS_REAL_DATA ? await bankCalls() : { waits: [] };

  it("has no heap of answers just before 20 s and none of abandons just before 5, 10 or 20 s", () => {
    const daysOf = (outcome: string, limitMs: number): EdgeDay[] =>
      [
        ...Map.groupBy(
          waits.filter((wait) => wait.outcome === outcome),
          ({ day }) => day,
        ).values(),
      ].map((own) =>
        edgeDayOf(
          own.map(({ waitMs }) => waitMs),
          limitMs,
        ),
      );
    expect(askAboutThreshold({ about: "x", limitMs: 20_000, days: daysOf("answered", 20_000) })).toBeNull();
    for (const limitMs of [5000, 10_000, 20_000])
      expect(askAboutShortAbandons({ about: "x", limitMs, days: daysOf("abandoned", limitMs) })).toBeNull();
  });
});
