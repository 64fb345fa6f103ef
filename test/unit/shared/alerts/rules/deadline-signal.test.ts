import { describe, expect, it } from "vitest";
import { type DeadlineDate, deadlineDates } from "../../../../../shared/alerts/rules/deadline-dates.ts";
import { deadlineSignal, warnedFromMs } from "../../../../../shared/alerts/rules/deadline-signal.ts";
import { createZone } from "../../../../../shared/calendar/zone.ts";
import type { Closing } from "../../../../../shared/settlement/closing.ts";
import type { Deadline } from "../../../../../shared/settlement/settlement.ts";
import { plant } from "../../../../support/planted-agreement.ts";

const DAY_MS = 86_400_000;
const TERMS =
  "deadlines: { reportWithin: P5D, claimCreditWithin: P15D, disputeWithin: P30D }\nholidays: [2026-10-15]\ntimeZone: Europe/Lisbon";
const CLOCK = { agreement: plant(TERMS), zone: createZone("Europe/Lisbon") };

/** An instant on the clock of Lisbon in October 2026, which is summer time until the 25th. */
function at(text: string): number {
  return Date.parse(`2026-10-${text}+01:00`);
}

function date(change: Partial<DeadlineDate> = {}): DeadlineDate {
  const subject = { kind: "deadline", deadline: "credit", ref: "2026-10-16" } as const;
  return { subject, party: "client", says: "Claim the credit", dueAtMs: at("17T00:00"), lengthMs: 15 * DAY_MS, outcome: "lost", ...change };
}

function says(nowMs: number, change: Partial<DeadlineDate> = {}, isSeenTo = false): string {
  const { signal, headline, audience } = deadlineSignal(date(change), CLOCK, nowMs, isSeenTo);
  return `${signal}${audience === undefined ? "" : ` for the ${audience}`}: ${headline}`;
}

describe("a deadline", () => {
  it("is warned of when a fifth of its time or two working days are left, whichever is earlier, and not in its first half", () => {
    // Friday the 16th; Thursday the 15th is a holiday, so the second last working day is the 14th, and a fifth of 15 days the 14th too.
    expect(warnedFromMs(date(), CLOCK)).toBe(at("14T00:00"));
    expect(warnedFromMs(date({ lengthMs: 30 * DAY_MS }), CLOCK)).toBe(at("11T00:00"));
    expect(warnedFromMs(date({ lengthMs: 5 * DAY_MS }), CLOCK)).toBe(at("14T12:00"));
    expect(warnedFromMs(date({ lengthMs: 2 * DAY_MS }), CLOCK)).toBe(at("16T00:00"));
    // Monday the 19th: the weekend and the holiday are no working days.
    expect(warnedFromMs(date({ dueAtMs: at("20T00:00"), lengthMs: 10 * DAY_MS }), CLOCK)).toBe(at("16T00:00"));
  });

  it("says what and until when, in words that stay true while it stands, and when it is lost", () => {
    expect(says(at("13T23:59"))).toBe("clear: Claim the credit: there is time");
    for (const now of ["14T00:00", "16T21:30", "16T23:59"])
      expect(says(at(now))).toBe("warning: Claim the credit: due by the end of 2026-10-16");
    expect(says(at("16T12:00"), { dueAtMs: at("17T09:05") })).toBe("warning: Claim the credit: due by 2026-10-17 09:05");
    expect(says(at("17T00:00"))).toBe(
      "critical: Claim the credit: the time for it was over at the end of 2026-10-16, and nobody has said that it was done",
    );
    expect(says(at("17T09:05"), { dueAtMs: at("17T09:05"), outcome: "ended" })).toBe(
      "clear: Claim the credit: the time for it was over at 2026-10-17 09:05",
    );
  });

  it("of a right that nobody had to use just ends; a report is its provider's business until it is late", () => {
    expect(says(at("17T00:00"), { outcome: "ended" })).toBe("clear: Claim the credit: the time for it was over at the end of 2026-10-16");
    const report = { subject: { kind: "deadline", deadline: "report", ref: "2026-10-16" }, party: "provider" } as const;
    expect(says(at("16T12:00"), report)).toContain("warning for the provider: ");
    expect(says(at("17T12:00"), report)).toMatch(/^critical: /u);
  });

  it("that somebody has closed is seen to, also when it is over", () => {
    expect([at("16T12:00"), at("18T00:00")].map((nowMs) => says(nowMs, {}, true))).toEqual([
      "clear: Claim the credit: seen to",
      "clear: Claim the credit: seen to",
    ]);
  });
});

describe("the deadlines that are told", () => {
  const due = (kind: Deadline["kind"], dueAtMs: number, amount: number | null = null): Deadline => ({
    kind,
    party: "provider",
    says: kind,
    dueAtMs,
    lapsed: false,
    amount,
  });
  const closed: Closing = {
    id: "month.2026-09-01",
    kind: "month",
    start: "2026-09-01",
    fromMs: at("01T00:00") - 30 * DAY_MS,
    toMs: at("01T00:00"),
    state: "closed",
    seq: 2,
    figures: { watermark: 1, sha256: "", verdicts: 1, credit: 0, bonus: 0 },
    signed: ["client", "provider"],
    steps: [],
  };
  const found = (deadlines: Deadline[], closings: Closing[] = []): string[] =>
    deadlineDates({ ...CLOCK, settlement: { deadlines }, claims: [], closings }).map(
      ({ subject, lengthMs, outcome }) => `${subject.deadline} ${subject.ref} ${lengthMs / DAY_MS} d, then ${outcome}`,
    );

  it("are named by what they are and their last day, with the length that was agreed", () => {
    expect(
      found([due("report", at("06T00:00")), due("claim-credit", at("16T00:00"), 5), due("dispute", at("31T00:00") + 3_600_000, 5)]),
    ).toEqual(["report 2026-10-05 5 d, then lost", "credit 2026-10-15 15 d, then lost", "notice dispute.2026-10-30 30 d, then ended"]);
  });

  it("are not those in which there is no money, nor those of a period that both have signed", () => {
    expect(found([due("dispute", at("31T00:00"))])).toEqual([]);
    expect(found([due("report", at("06T00:00")), due("claim-credit", at("16T00:00"), 5)], [closed])).toEqual([]);
    expect(found([due("report", at("06T00:00"))], [{ ...closed, state: "proposed" }])).toHaveLength(1);
  });
});
