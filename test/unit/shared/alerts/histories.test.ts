import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, nextDueMs } from "../../../../shared/alerts/advance.ts";
import { Alert } from "../../../../shared/alerts/alert.ts";
import type { DutyPolicy } from "../../../../shared/alerts/duty-policy.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import { type AlertState, isUntold, Track, UNTOLD } from "../../../../shared/alerts/track.ts";
import {
  ABOUT,
  BY_EVIDENCE,
  ENDS,
  histories,
  holds,
  isStanding,
  live,
  MINUTE_MS,
  news,
  policies,
  RUNS,
  type Step,
} from "../../../support/alert-history.ts";

function isEvidence({ what }: Step): boolean {
  return what.kind === "evidence";
}

/** After these an acknowledgement may still be taken back at once. */
const SAYS_NOTHING_OF_ANSWERS: ReadonlySet<string> = new Set([
  "commented",
  "rated",
  "eased",
  "recovering",
  "firing-again",
  "frozen",
  "thawed",
  "confirmed",
  "version-changed",
  "flap-started",
  "flap-ended",
]);

function endMs(steps: readonly Step[]): number {
  return steps.at(-1)?.atMs ?? 0;
}

describe("an alert over random histories of evidence, people and time", { timeout: 120_000 }, () => {
  it("has one transition for each sequence number, without a gap, in the order of time, as the store keeps it", () => {
    holds((steps, policy) => {
      const { episodes, end } = live(steps, policy);
      for (const alert of episodes) {
        expect(alert.history.map(({ seq }) => seq)).toEqual(alert.history.map((_transition, i) => i + 1));
        expect(alert.seq).toBe(alert.history.length);
        expect(alert.history.map(({ atMs }) => atMs)).toEqual(alert.history.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
        expect(alert.changedAtMs).toBe(alert.history.at(-1)?.atMs);
        expect(Alert.parse(JSON.parse(JSON.stringify(alert)))).toEqual(alert);
      }
      expect(Track.parse(JSON.parse(JSON.stringify(end.track)))).toEqual(end.track);
    });
  });

  it("counts episodes from 1, and only the last can stand", () => {
    holds((steps, policy) => {
      const { episodes } = live(steps, policy);
      expect(episodes.map(({ episode }) => episode)).toEqual(episodes.map((_alert, i) => i + 1));
      expect(episodes.slice(0, -1).every(({ status }) => status === "resolved")).toBe(true);
      expect(new Set(episodes.map(({ id }) => id)).size).toBe(episodes.length);
    });
  });

  it("begins with raised, and what began ends as resolved, voided, closed or by another rule, or its breach still stands", () => {
    holds((steps, policy) => {
      const { episodes, end } = live(steps, policy);
      for (const { history, status, resolution } of episodes) {
        const marks = history.map(({ kind }) => kind).filter((kind) => kind === "raised" || kind === "reopened" || ENDS.has(kind));
        marks.forEach((kind, i) => expect(ENDS.has(kind)).toBe(i % 2 === 1));
        expect(marks[0]).toBe("raised");
        expect(marks.slice(1)).not.toContain("raised");
        expect(marks.length % 2 === 0).toBe(status === "resolved");
        expect(resolution !== null).toBe(status === "resolved");
      }
      if (isStanding(end)) expect(["firing", "recovering"]).toContain(end.track.signal);
      if (end.alert?.signal === "clear") expect(["ok", "pending"]).toContain(end.track.signal);
    });
  });

  it("is of one mind with its signal, and only what is open and unanswered is escalated", () => {
    holds((steps, policy) => {
      for (const { after } of live(steps, policy).lived) {
        const { track, alert } = after;
        if (track.signal === "ok" || track.signal === "pending") expect(track.flapping).toBe(false);
        if (alert === null) continue;
        if (isStanding(after)) {
          expect([alert.flapping, alert.frozenSinceMs]).toEqual([track.flapping, track.frozenSinceMs]);
          if (!track.flapping) expect(alert.signal).toBe(track.signal);
        } else expect([alert.frozenSinceMs, alert.snooze]).toEqual([null, null]);
        if (alert.status === "open" || alert.status === "snoozed") expect(alert.acknowledgement).toBeNull();
        expect(alert.snooze !== null).toBe(alert.status === "snoozed");
        if (alert.status !== "open") expect(alert.escalateAtMs).toBeNull();
      }
    });
  });

  it("is neither resolved nor moved by the absence of data, in whatever state it is", () => {
    holds((steps, policy) => {
      for (const { step, passed, after } of live(steps, policy).lived) {
        if (step.what.kind === "evidence" && step.what.signal === "frozen") {
          expect(news(passed, after).filter(({ kind }) => kind !== "frozen")).toEqual([]);
          expect({ ...after.alert, frozenSinceMs: 0, seq: 0, changedAtMs: 0, history: [] }).toEqual({
            ...passed.alert,
            frozenSinceMs: 0,
            seq: 0,
            changedAtMs: 0,
            history: [],
          });
          expect({ ...after.track, frozenSinceMs: null }).toEqual({ ...passed.track, frozenSinceMs: null });
        }
        if (after.track.frozenSinceMs === null) continue;
        const later = advance(after, ABOUT, step.atMs + 90 * 1440 * MINUTE_MS, policy);
        expect(later.track).toEqual(after.track);
        expect(news(after, later).filter(({ kind }) => BY_EVIDENCE.has(kind) || ENDS.has(kind))).toEqual([]);
      }
    });
  });

  it("has a signal that people never touch: without their acts the evidence says the same at the same times", () => {
    holds((steps, policy) => {
      const together = live(steps, policy);
      const alone = live(steps.filter(isEvidence), policy);
      const atMs = endMs(steps);
      const [withPeople, without] = [advance(together.end, ABOUT, atMs, policy), advance(alone.end, ABOUT, atMs, policy)];
      expect(withPeople.track).toEqual(without.track);
      if (steps.some(({ what }) => what.kind === "act" && what.act.do === "close")) return;
      const said = ({ alert }: AlertState) =>
        alert && {
          episode: alert.episode,
          isOver: alert.status === "resolved",
          resolution: alert.resolution,
          facts: [
            alert.severity,
            alert.peak,
            alert.signal,
            // What stands speaks of when something last happened to it, and people make things happen.
            alert.status === "resolved" ? alert.headline : "",
            alert.raisedAtMs,
            alert.reopened,
            alert.flapping,
            alert.frozenSinceMs,
          ],
          happened: alert.history.filter(({ kind }) => BY_EVIDENCE.has(kind)).map(({ kind, atMs: at }) => [kind, at]),
        };
      expect(said(withPeople)).toEqual(said(without));
    });
  });

  it("says what the evidence last said of its severity whenever something happens to it, and the same as before otherwise", () => {
    holds((steps, policy) => {
      for (const { step, passed, after } of live(steps, policy).lived) {
        if (!isStanding(after) || (isEvidence(step) && after.track.frozenSinceMs !== null)) continue;
        const [is, was] = [after.alert?.headline ?? "", passed.alert?.headline];
        expect(is.split(" ")[0]).toBe(after.alert?.severity);
        if (news(passed, after).length === 0) expect(is).toBe(was);
        else if (after.track.signal === "firing" && after.track.severity === after.alert?.severity) expect(is).toBe(after.track.headline);
      }
    });
  });

  it("is the same whether wake-ups come at their time, at random, twice or never", () => {
    fc.assert(
      fc.property(histories(), policies, fc.infiniteStream(fc.nat(3)), (steps, policy, chance) => {
        const atMs = endMs(steps) + 30 * 1440 * MINUTE_MS;
        const never = advance(live(steps, policy).end, ABOUT, atMs, policy);
        const random = live(steps, policy, (state, toMs) => {
          const [times = 0] = chance.take(1);
          let woken = state;
          for (let left = times; left > 0; left -= 1) woken = advance(woken, ABOUT, toMs - left * MINUTE_MS, policy);
          return woken;
        });
        const punctual = (state: AlertState, toMs: number) => {
          let woken = state;
          for (let due = nextDueMs(woken, ABOUT, policy); due !== null && due <= toMs; due = nextDueMs(woken, ABOUT, policy)) {
            const next = advance(woken, ABOUT, due, policy);
            expect(next).not.toEqual(woken);
            woken = advance(next, ABOUT, due, policy);
            expect(woken).toBe(next);
          }
          return woken;
        };
        expect(advance(random.end, ABOUT, atMs, policy)).toEqual(never);
        expect(punctual(live(steps, policy, punctual).end, atMs)).toEqual(never);
      }),
      { numRuns: RUNS, seed: 6 },
    );
  });

  it("is the same when it is written and read again at every step, and tracks that say nothing are not kept", () => {
    holds((steps, policy) => {
      const kept = ({ track, alert }: AlertState): AlertState => ({
        track: isUntold(track) ? UNTOLD.track : Track.parse(JSON.parse(JSON.stringify(track))),
        alert: alert && Alert.parse(JSON.parse(JSON.stringify(alert))),
      });
      const stored = live(steps, policy, kept);
      const inMemory = live(steps, policy);
      expect(stored.episodes).toEqual(inMemory.episodes);
      expect(kept(stored.end)).toEqual(kept(inMemory.end));
    });
  });

  it("can be told from its history alone", () => {
    holds((steps, policy) => {
      for (const alert of live(steps, policy).episodes) {
        const told = { status: "open", frozen: false, flapping: false, reopened: 0 };
        // What whoever acknowledges takes back within 20 s has not been: it stands as before.
        let taken: { was: string; byId: string | undefined; atMs: number } | null = null;
        for (const { kind, byId, atMs } of alert.history) {
          const before = taken;
          if (kind === "acknowledged") taken = { was: told.status, byId, atMs };
          else if (!SAYS_NOTHING_OF_ANSWERS.has(kind)) taken = null;
          if (ENDS.has(kind)) told.status = "resolved";
          else if (kind === "released-by-owner" && before !== null && before.byId === byId && atMs - before.atMs <= 20_000)
            told.status = before.was;
          else if (kind === "acknowledged" || kind === "snoozed") told.status = kind;
          else if (["reopened", "worsened", "acknowledgement-expired", "snooze-ended", "released-by-owner"].includes(kind))
            told.status = "open";
          if (kind === "reopened") told.reopened += 1;
          if (kind === "frozen") told.frozen = true;
          if (kind === "thawed" || ENDS.has(kind)) told.frozen = false;
        }
        const { status, frozenSinceMs, reopened } = alert;
        expect({ status, frozen: frozenSinceMs !== null, reopened }).toEqual({ ...told, flapping: undefined });
      }
    });
  });

  it("never changes what it was made from", () => {
    holds((steps, policy) => {
      for (const { before } of live(steps, policy).lived) expect(before.alert?.history.length).toBe(before.alert?.seq);
    });
  });

  it("is not moved by the same evidence again, unless that settles what goes up and down or holds long enough", () => {
    holds((steps, policy) => {
      for (const { step, after } of live(steps, policy).lived) {
        if (step.what.kind !== "evidence" || after.track.flapping || after.track.signal === "pending") continue;
        const again = observe(after, { ...ABOUT, signal: step.what.signal, headline: "again", nowMs: step.atMs }, policy);
        expect(again.alert).toBe(after.alert);
      }
    });
  });
});

describe("the timers of a signal", { timeout: 120_000 }, () => {
  it("stand still while there is no data: what comes later comes later by as much", () => {
    const asLong = (policy: DutyPolicy): DutyPolicy => ({
      ...policy,
      terms: (subject) => ({ ...policy.terms(subject), reopenMs: 365 * 1440 * MINUTE_MS }),
    });
    const said = (episodes: readonly Alert[]) =>
      episodes.flatMap(({ episode, history }) =>
        history.filter(({ kind }) => BY_EVIDENCE.has(kind)).map(({ kind, atMs }) => ({ episode, kind, atMs })),
      );
    let tried = 0;
    const check = (steps: Step[], terms: DutyPolicy, cut: number, length: number) => {
      const policy = asLong(terms);
      const kept = steps.filter(({ what }) => what.kind === "evidence" && what.signal !== "frozen");
      const next = kept[cut];
      if (next === undefined) return;
      const silent: Step = { atMs: next.atMs, what: { kind: "evidence", signal: "frozen" } };
      const until = live([...kept.slice(0, cut), silent], policy);
      if (until.end.track.signal === "ok") return;
      tried += 1;
      const later = kept.slice(cut).map((step) => ({ ...step, atMs: step.atMs + length * MINUTE_MS }));
      const soFar = said(until.episodes).length;
      const moved = said(live(kept, policy).episodes).map((one, i) => (i < soFar ? one : { ...one, atMs: one.atMs + length * MINUTE_MS }));
      expect(said(live([...kept.slice(0, cut), silent, ...later], policy).episodes)).toEqual(moved);
    };
    const property = fc.property(histories({ people: false }), policies, fc.nat(12), fc.integer({ min: 1, max: 900 }), check);
    fc.assert(property, { numRuns: RUNS, seed: 11 });
    expect(tried).toBeGreaterThan(RUNS / 5);
  });
});
