import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healthAfter, UNTRIED } from "../../../../shared/alerts/channel-health.ts";
import {
  type AlertDelivery,
  beginDelivery,
  dropDelivery,
  endDelivery,
  loseDelivery,
  replayDelivery,
  type SendOutcome,
} from "../../../../shared/alerts/delivery.ts";

const PLANNED: AlertDelivery = {
  key: "a.1:1:hook",
  alertId: "a.1",
  seq: 1,
  kind: "raised",
  severity: "critical",
  headline: "Silent",
  channel: "hook",
  party: "client",
  to: "Ops",
  plannedAtMs: 0,
  state: "planned",
  dueMs: 0,
  reason: "",
  round: 1,
  roundAtMs: 0,
  message: null,
  attempts: [],
};
const REFUSED: SendOutcome = { kind: "refused", detail: "Answered 500", permanent: false };

type Happening = { readonly do: "begin" | "lose" | "drop" | "replay" | "sent" | "refused" | "unknown"; readonly waitMs: number };

/** One worker that begins, one that comes late to say how it ended, one that clears up, and people, in any order. */
const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    do: fc.constantFrom("begin", "begin", "begin", "lose", "drop", "replay", "sent", "refused", "refused", "unknown"),
    waitMs: fc.constantFrom(0, 1000, 60_000, 100_000, 3_600_000, 43_200_000),
  }),
  { maxLength: 60 },
);

function after(delivery: AlertDelivery, happening: Happening["do"], nowMs: number): AlertDelivery | null {
  const attempt = delivery.attempts.at(-1)?.number ?? 0;
  switch (happening) {
    case "begin":
      return beginDelivery(delivery, "m", nowMs);
    case "lose":
      return loseDelivery(delivery, nowMs);
    case "drop":
      return dropDelivery(delivery, "of no use");
    case "replay":
      return replayDelivery(delivery, "A. Person", nowMs);
    case "refused":
      return endDelivery(delivery, attempt, REFUSED, nowMs);
    case "sent":
    case "unknown":
      return endDelivery(delivery, attempt, { kind: happening, detail: "" }, nowMs);
  }
}

describe("a delivery, whatever happens to it in whatever order,", () => {
  it("is begun again in a round only after a refusal, and at most six times", () => {
    fc.assert(
      fc.property(happenings, (story) => {
        let [delivery, nowMs] = [PLANNED, 0];
        for (const { do: what, waitMs } of story) {
          nowMs += waitMs;
          const next = after(delivery, what, nowMs);
          if (next === null) continue;
          if (what === "begin") {
            const before = delivery.attempts.filter(({ round }) => round === delivery.round);
            expect(before.every(({ result }) => result === "refused")).toBe(true);
            expect(before.length).toBeLessThan(6);
            expect(nowMs - delivery.roundAtMs).toBeGreaterThanOrEqual(0);
          }
          const isOver = !["planned", "sending"].includes(next.state);
          expect(next.dueMs === null).toBe(isOver);
          delivery = next;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a refused delivery", () => {
  it("is tried after 30 s, 5 min, 30 min, 3 h and 12 h, and then has failed", () => {
    const waits: number[] = [];
    let [delivery, nowMs] = [PLANNED, 0];
    while (delivery.state === "planned") {
      nowMs = delivery.dueMs ?? 0;
      const begun = beginDelivery(delivery, "m", nowMs);
      const ended = begun === null ? null : endDelivery(begun, begun.attempts.at(-1)?.number ?? 0, REFUSED, nowMs);
      if (ended === null) throw new Error("it was due");
      if (ended.dueMs !== null) waits.push((ended.dueMs - nowMs) / 60_000);
      delivery = ended;
    }
    expect(waits).toEqual([0.5, 5, 30, 180, 720]);
    expect(delivery).toMatchObject({ state: "failed", reason: "Answered 500" });
  });

  it("waits as long as the other side asks, if that is longer", () => {
    const begun = beginDelivery(PLANNED, "m", 0) ?? PLANNED;
    expect(endDelivery(begun, 1, { ...REFUSED, retryAfterMs: 90_000 }, 0)).toMatchObject({ state: "planned", dueMs: 90_000 });
  });
});

describe("a channel", () => {
  it("is switched off after six refusals in a row over a day, and not before", () => {
    const quick = Array.from({ length: 20 }).reduce<typeof UNTRIED>((health) => healthAfter(health, REFUSED, 1000), UNTRIED);
    expect(quick).toMatchObject({ refusedInRow: 20, disabled: null });
    expect(healthAfter(quick, { kind: "unknown", detail: "" }, 1e9)).toBe(quick);
    expect(healthAfter(quick, REFUSED, 86_401_000).disabled).toMatchObject({ atMs: 86_401_000 });
    expect(healthAfter(quick, { kind: "sent", detail: "" }, 2000)).toMatchObject({ refusedInRow: 0, refusedSinceMs: null });
  });

  it("that takes every message and never answers is switched off as one that refuses", () => {
    const silent: SendOutcome = { kind: "unknown", detail: "It was sent, and no answer came", unanswered: true };
    const outcomes = (last: SendOutcome) => [silent, silent, silent, silent, silent, last];
    const after = (all: SendOutcome[]) => all.reduce((health, one, i) => healthAfter(health, one, i * 17_280_000), UNTRIED);
    expect(after(outcomes(silent).slice(1))).toMatchObject({ refusedInRow: 5, unansweredInRow: 5, disabled: null });
    expect(after(outcomes(silent)).disabled?.why).toMatch(/^It has not answered 6 times in a row for a day or more, last: It was sent/u);
    expect(after(outcomes(REFUSED)).disabled?.why).toMatch(/^It has refused or not answered 6 times in a row/u);
    const again = healthAfter(after(outcomes(silent)), { kind: "sent", detail: "" }, 1e9);
    expect(again).toMatchObject({ refusedInRow: 0, unansweredInRow: 0 });
  });
});
