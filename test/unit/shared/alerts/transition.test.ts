import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VERDICT_STATUSES } from "../../../../shared/agreement/verdict.ts";
import { Alert, type AlertSubject } from "../../../../shared/alerts/alert.ts";
import { acknowledge, alertId, onSignal, type Signal, signalOf, subjectKey } from "../../../../shared/alerts/transition.ts";

const SUBJECT: AlertSubject = { kind: "target", targetId: "service-level", window: "day", start: "2026-11-20" };

type Event = { readonly kind: "signal"; readonly signal: Signal } | { readonly kind: "acknowledge"; readonly behind: number };

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<Signal>("clear", "warning", "critical", "frozen").map((signal) => ({ kind: "signal" as const, signal })),
  },
  { weight: 1, arbitrary: fc.nat(2).map((behind) => ({ kind: "acknowledge" as const, behind })) },
);
const history = fc.array(anyEvent, { minLength: 1, maxLength: 40 });

function signal(latest: Alert | null, kind: Signal, nowMs: number): Alert | null {
  return onSignal(latest, { agreementId: "north", subject: SUBJECT, signal: kind, headline: `finding at ${nowMs}`, nowMs });
}

interface Step {
  readonly event: Event;
  readonly before: Alert | null;
  readonly after: Alert | null;
  readonly changed: boolean;
}

/** Lives through a history as the worker and the people do: the latest episode of one subject. */
function live(events: readonly Event[]): { steps: Step[]; episodes: Map<number, Alert> } {
  const episodes = new Map<number, Alert>();
  const steps: Step[] = [];
  let latest: Alert | null = null;
  events.forEach((event, i) => {
    const before: Alert | null = latest;
    let moved: Alert | null = null;
    if (event.kind === "signal") moved = signal(before, event.signal, i * 1000);
    else if (before !== null) {
      const result = acknowledge(before, "Q. Lead", "on it", { expectedSeq: before.seq - event.behind, nowMs: i * 1000 });
      moved = result.kind === "done" ? result.alert : null;
    }
    latest = moved ?? before;
    if (latest !== null) episodes.set(latest.episode, latest);
    steps.push({ event, before, after: latest, changed: moved !== null });
  });
  return { steps, episodes };
}

function assertHistories(check: (steps: readonly Step[], episodes: readonly Alert[]) => void, seed: number): void {
  fc.assert(
    fc.property(history, (events) => {
      const { steps, episodes } = live(events);
      check(steps, [...episodes.values()]);
    }),
    { numRuns: 2000, seed },
  );
}

describe("an alert over 2,000 random histories", () => {
  it("has one transition for each sequence number, without a gap, in the order of time", () => {
    assertHistories((_, episodes) => {
      for (const alert of episodes) {
        expect(alert.history.map(({ seq }) => seq)).toEqual(alert.history.map((_transition, i) => i + 1));
        expect(alert.seq).toBe(alert.history.length);
        expect(alert.history.map(({ atMs }) => atMs)).toEqual(alert.history.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
        expect(alert.changedAtMs).toBe(alert.history.at(-1)?.atMs);
        expect(Alert.parse(JSON.parse(JSON.stringify(alert)))).toEqual(alert);
      }
    }, 1);
  });

  it("begins with raised and ends with resolved, or still stands", () => {
    assertHistories((_, episodes) => {
      for (const alert of episodes) {
        const kinds = alert.history.map(({ kind }) => kind);
        expect(kinds[0]).toBe("raised");
        expect(kinds.slice(1)).not.toContain("raised");
        expect(kinds.slice(0, -1)).not.toContain("resolved");
        expect(kinds.at(-1) === "resolved").toBe(alert.status === "resolved");
        expect(alert.resolution !== null).toBe(alert.status === "resolved");
      }
    }, 2);
  });

  it("has at most one unresolved episode, the last, and episodes count from 1", () => {
    assertHistories((_, episodes) => {
      expect(episodes.map(({ episode }) => episode)).toEqual(episodes.map((_alert, i) => i + 1));
      expect(episodes.slice(0, -1).every(({ status }) => status === "resolved")).toBe(true);
      expect(new Set(episodes.map(({ id }) => id)).size).toBe(episodes.length);
    }, 3);
  });

  it("does not move by frozen evidence, in whatever state it is", () => {
    assertHistories((steps) => {
      for (const { event, changed } of steps) if (event.kind === "signal" && event.signal === "frozen") expect(changed).toBe(false);
    }, 4);
  });

  it("stands exactly while the last evidence is a breach, with its severity", () => {
    assertHistories((steps) => {
      let last: Signal = "clear";
      for (const { event, after } of steps) {
        if (event.kind === "signal" && event.signal !== "frozen") last = event.signal;
        const standing = after !== null && after.status !== "resolved";
        expect(standing).toBe(last !== "clear");
        if (standing) expect(after.severity).toBe(last);
      }
    }, 5);
  });

  it("is not moved by the same evidence again", () => {
    assertHistories((steps) => {
      for (const { event, after } of steps) if (event.kind === "signal") expect(signal(after, event.signal, 99_000)).toBeNull();
    }, 6);
  });

  it("is acknowledged only by who saw its present state, and moves by one or not at all", () => {
    assertHistories((steps) => {
      for (const { event, before, after, changed } of steps) {
        if (before === null || after === null) continue;
        if (after.episode === before.episode) expect(after.seq - before.seq).toBe(changed ? 1 : 0);
        if (event.kind !== "acknowledge") continue;
        expect(changed).toBe(event.behind === 0 && before.status !== "resolved");
        if (changed) expect(after).toMatchObject({ status: "acknowledged", acknowledgement: { by: "Q. Lead", note: "on it" } });
      }
    }, 7);
  });

  it("loses an acknowledgement exactly when it worsens: it was given for less", () => {
    assertHistories((steps) => {
      for (const { before, after, changed } of steps) {
        if (before?.status !== "acknowledged" || after === null || after.episode !== before.episode) continue;
        const kind = changed ? after.history.at(-1)?.kind : undefined;
        expect(after.acknowledgement === null).toBe(kind === "worsened");
        expect(after.status).toBe(kind === "worsened" ? "open" : kind === "resolved" ? "resolved" : "acknowledged");
      }
    }, 8);
  });

  it("never changes what it was made from", () => {
    assertHistories((steps) => {
      for (const { before } of steps) if (before !== null) expect(before.history.length).toBe(before.seq);
    }, 9);
  });
});

describe("acknowledge", () => {
  const open = signal(null, "warning", 0);
  if (open === null) throw new Error("a breach raises an alert");

  it("is stale when the alert moved since the person looked", () => {
    const worse = signal(open, "critical", 1);
    expect(worse === null ? null : acknowledge(worse, "Q. Lead", "on it", { expectedSeq: 1, nowMs: 2 })).toEqual({
      kind: "stale",
      alert: worse,
    });
  });

  it("is late when the alert has resolved, even with the present number", () => {
    const resolved = signal(open, "clear", 1);
    expect(resolved === null ? null : acknowledge(resolved, "Q. Lead", "on it", { expectedSeq: 2, nowMs: 2 })).toEqual({
      kind: "late",
      alert: resolved,
    });
  });

  it("keeps who, when and why", () => {
    expect(acknowledge(open, "Q. Lead", "calling the provider", { expectedSeq: 1, nowMs: 5 })).toMatchObject({
      kind: "done",
      alert: {
        seq: 2,
        status: "acknowledged",
        changedAtMs: 5,
        acknowledgement: { by: "Q. Lead", atMs: 5, note: "calling the provider" },
        history: [{ kind: "raised" }, { seq: 2, kind: "acknowledged", by: "Q. Lead" }],
      },
    });
  });
});

describe("names and signals", () => {
  it("an episode has the same id wherever and whenever it is made", () => {
    expect(alertId(SUBJECT, 3)).toBe("service-level.day.2026-11-20.3");
    expect(signal(null, "warning", 1)?.id).toBe(signal(null, "critical", 2)?.id);
  });

  it("no two subjects share a name", () => {
    const subjects: AlertSubject[] = [
      SUBJECT,
      { ...SUBJECT, window: "month", start: "2026-11-01" },
      { ...SUBJECT, targetId: "feed" },
      { kind: "feed", feed: "day" },
      { kind: "feed", feed: "calls" },
      { kind: "corrections", feed: "calls" },
      { kind: "restatement", receipt: 12 },
      { kind: "restatement", receipt: 13 },
    ];
    expect(new Set(subjects.map(subjectKey)).size).toBe(subjects.length);
  });

  it("every status of a verdict has its signal; what is not known neither raises nor resolves", () => {
    expect(Object.fromEntries(VERDICT_STATUSES.map((status) => [status, signalOf(status)]))).toEqual({
      met: "clear",
      "not-counted": "clear",
      "at-risk": "warning",
      missed: "critical",
      "not-proven": "frozen",
      "no-data": "frozen",
      "not-derivable": "frozen",
    });
  });
});
