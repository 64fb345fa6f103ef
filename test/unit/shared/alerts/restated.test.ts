import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../../../../shared/alerts/advance.ts";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import { type AlertState, isUntold, UNTOLD } from "../../../../shared/alerts/track.ts";
import { noticesOf } from "../../../../shared/alerts/notice.ts";
import {
  ABOUT,
  ENDS,
  histories,
  isStanding,
  live,
  MINUTE_MS,
  news,
  policies,
  policyOf,
  RUNS,
  type Step,
} from "../../../support/alert-history.ts";

const POLICY = policyOf({ hold: "PT30M", keepFiring: "PT20M" });

type Says = "clear" | "between" | "warning" | "critical" | "frozen";

function said(signal: Says, minute: number, more: { final?: string; version?: number } = {}): Step {
  return { atMs: minute * MINUTE_MS, what: { kind: "evidence", signal, ...more } };
}

function kindsOf(alert: Alert | null): string[] {
  return alert === null ? [] : alert.history.map(({ kind }) => kind);
}

function after(steps: readonly Step[], policy = POLICY): { kinds: string[]; alert: Alert | null } {
  const { alert } = live(steps, policy).end;
  return { kinds: kindsOf(alert), alert };
}

describe("a window that has closed", { timeout: 120_000 }, () => {
  it("is told at once, hold or not, and over at once when it is met", () => {
    expect(after([said("critical", 0, { final: "one" })]).kinds).toEqual(["raised"]);
    expect(after([said("warning", 0), said("clear", 29, { final: "one" })]).kinds).toEqual([]);
    const met = [said("warning", 0), said("warning", 31), said("clear", 40), said("clear", 41, { final: "one" })];
    expect(after(met).kinds).toEqual(["raised", "recovering", "resolved"]);
  });

  it("whose breach is judged on the same figures again says nothing", () => {
    expect(after([said("critical", 0, { final: "one" }), said("critical", 9, { final: "one" })]).kinds).toEqual(["raised"]);
  });

  it("whose breach stands on corrected figures is confirmed, quietly", () => {
    const { kinds, alert } = after([said("critical", 0, { final: "one" }), said("critical", 9, { final: "two" })]);
    expect(kinds).toEqual(["raised", "confirmed"]);
    expect(alert).toMatchObject({ status: "open", restated: "confirmed" });
    expect(alert?.history.at(-1)?.quiet).toBe(true);
  });

  it("whose breach was none on corrected figures is void: ended, told once, never deleted", () => {
    const { kinds, alert } = after([said("critical", 0, { final: "one" }), said("clear", 9, { final: "two" })]);
    expect(kinds).toEqual(["raised", "voided"]);
    expect(alert).toMatchObject({
      status: "resolved",
      signal: "clear",
      restated: "voided",
      headline: "Void: corrected data say otherwise. clear at 540000",
    });
    expect(alert === null ? [] : noticesOf(alert, 1, POLICY)).toHaveLength(1);
  });

  it("whose breach somebody had closed is void all the same", () => {
    const close: Step = {
      atMs: MINUTE_MS,
      what: {
        kind: "act",
        act: { do: "close", cause: "data", note: "asked" },
        who: { id: "q1", name: "Q. Lead", party: "client" },
        behind: 0,
      },
    };
    const { kinds, alert } = after([said("critical", 0, { final: "one" }), close, said("clear", 9, { final: "two" })]);
    expect(kinds).toEqual(["raised", "closed", "cleared", "voided"]);
    expect(alert).toMatchObject({ restated: "voided", resolution: { by: "Q. Lead" } });
  });

  it("that was void and is a breach after all stands again", () => {
    const { kinds, alert } = after([
      said("critical", 0, { final: "one" }),
      said("clear", 9, { final: "two" }),
      said("critical", 10, { final: "three" }),
    ]);
    expect(kinds).toEqual(["raised", "voided", "reopened"]);
    expect(alert).toMatchObject({ status: "open", restated: null });
  });

  it("and was told as missed is not forgotten, however long it was met since", () => {
    const met = Array.from({ length: 30 }, (_, i) => said("clear", 60 + i));
    const { end } = live([said("critical", 0, { final: "one" }), ...met], POLICY);
    expect([end.track.signal, end.track.recent, isUntold(end.track)]).toEqual(["ok", "", false]);
  });

  it("over random histories: void exactly when a told breach is met on other figures; nothing that was said is lost", () => {
    const final = fc.tuple(fc.nat(90), fc.constantFrom<Says>("clear", "warning", "critical"), fc.constantFrom("one", "two", "three"));
    let [voided, confirmed] = [0, 0];
    const check = (steps: Step[], finals: [number, Says, string][], policy: ReturnType<typeof policyOf>) => {
      let minute = (steps.at(-1)?.atMs ?? 0) / MINUTE_MS;
      const ended = finals.map(([wait, signal, figures]) => said(signal, (minute += wait), { final: figures }));
      let told: { is: boolean; figures: string } | null = null;
      let history: Alert["history"] = [];
      for (const { step, passed, after: now } of live([...steps, ...ended], policy).lived) {
        if (now.alert?.id === passed.alert?.id)
          expect(now.alert?.history.slice(0, passed.alert?.history.length)).toEqual(passed.alert?.history);
        history = news(passed, now);
        if (step.what.kind !== "evidence" || step.what.final === undefined) continue;
        const isBreach = step.what.signal !== "clear";
        const isCorrection = told !== null && told.is && told.figures !== step.what.final;
        const kinds = history.map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === "voided")).toHaveLength(isCorrection && !isBreach ? 1 : 0);
        expect(kinds.filter((kind) => kind === "confirmed")).toHaveLength(isCorrection && isBreach ? 1 : 0);
        if (!isBreach) expect(isStanding(now)).toBe(false);
        if (isCorrection) [voided, confirmed] = isBreach ? [voided, confirmed + 1] : [voided + 1, confirmed];
        told = { is: isBreach, figures: step.what.final };
      }
    };
    fc.assert(fc.property(histories({ maxLength: 15 }), fc.array(final, { maxLength: 8 }), policies, check), { numRuns: RUNS, seed: 5 });
    expect(Math.min(voided, confirmed)).toBeGreaterThan(RUNS / 4);
  });
});

describe("another version of the agreement", { timeout: 120_000 }, () => {
  it("under which the breach still stands goes on with the episode", () => {
    const { kinds, alert } = after([said("critical", 0, { version: 1 }), said("critical", 40, { version: 2 })]);
    expect(kinds).toEqual(["raised", "version-changed"]);
    expect(alert).toMatchObject({ status: "open", episode: 1 });
  });

  it("under which it is none ends the episode by that reason, at once and told", () => {
    const { kinds, alert } = after([
      said("critical", 0, { version: 1 }),
      said("critical", 31, { version: 1 }),
      said("clear", 32, { version: 2 }),
    ]);
    expect(kinds).toEqual(["raised", "rule-changed"]);
    expect(alert?.resolution?.reason).toBe("Over under version 2 of the agreement. clear at 1920000");
    expect(alert === null ? [] : noticesOf(alert, 1, POLICY)).toHaveLength(1);
  });

  it("is no correction of a closed window's data", () => {
    const first = said("critical", 0, { version: 1, final: "one" });
    expect(after([first, said("clear", 1, { version: 2, final: "two" })]).kinds).toEqual(["raised", "rule-changed"]);
    expect(after([first, said("critical", 1, { version: 2, final: "two" })]).kinds).toEqual(["raised", "version-changed"]);
  });

  it("over random histories: spoken of exactly when it changes while an alert stands", () => {
    const version = fc.constantFrom(1, 1, 1, 2, 3);
    const check = (steps: Step[], versions: number[], policy: ReturnType<typeof policyOf>) => {
      const judged = steps.map((step, i): Step =>
        step.what.kind === "evidence" ? { ...step, what: { ...step.what, version: versions[i] ?? 1 } } : step,
      );
      for (const { step, passed, after: now } of live(judged, policy).lived) {
        const kinds = news(passed, now).map(({ kind }) => kind);
        const { what } = step;
        const changes = what.kind === "evidence" && what.signal !== "frozen" && isStanding(passed) && passed.track.version !== what.version;
        expect(kinds.includes("version-changed")).toBe(changes && what.signal !== "clear");
        expect(kinds.includes("rule-changed")).toBe(changes && what.signal === "clear");
        if (kinds.includes("rule-changed")) expect(isStanding(now)).toBe(false);
        if (now.track.signal === "ok" || now.track.signal === "pending") expect(now.track.flapping).toBe(false);
      }
    };
    fc.assert(fc.property(histories(), fc.array(version, { minLength: 40, maxLength: 40 }), policies, check), { numRuns: RUNS, seed: 6 });
  });
});

describe("what goes up and down", () => {
  const FLIPS = [0, 1, 2, 3, 4, 5, 6, 7].map((minute) => said(minute % 2 === 0 ? "critical" : "clear", minute));

  it("is told twice as over and back, then as flapping, and no more", () => {
    const { alert } = after(FLIPS, policyOf());
    expect(kindsOf(alert)).toEqual(["raised", "resolved", "reopened", "resolved", "reopened", "flap-started"]);
    expect(alert).toMatchObject({ flapping: true, status: "open" });
  });

  it("is told as over when it has stood still for four hours, at that time", () => {
    const { end } = live(FLIPS, policyOf());
    const late = advance(end, ABOUT, 9 * 60 * MINUTE_MS, policyOf());
    expect(late.alert?.history.filter(({ kind }) => kind === "flap-ended" || ENDS.has(kind)).slice(-2)).toMatchObject([
      { kind: "flap-ended", atMs: (7 + 240) * MINUTE_MS },
      { kind: "resolved", atMs: (7 + 240) * MINUTE_MS },
    ]);
  });

  it("is told as over after twenty evaluations with two turns at most", () => {
    const calm = Array.from({ length: 20 }, (_, i) => said("clear", 8 + i));
    const { alert } = after([...FLIPS, ...calm], policyOf());
    expect(kindsOf(alert).slice(-2)).toEqual(["flap-ended", "resolved"]);
    expect(alert?.flapping).toBe(false);
  });

  it("keeps the worst severity meanwhile, and is eased when it settles", () => {
    const settling = Array.from({ length: 20 }, (_, i) => said("warning", 8 + i));
    const { lived } = live([...FLIPS, ...settling], policyOf());
    const flapping = lived.filter(({ after: now }) => now.alert?.flapping === true);
    expect(flapping.every(({ after: now }) => now.alert?.severity === "critical")).toBe(true);
    const settled = lived.map(({ passed, after: now }) => news(passed, now).map(({ kind }) => kind)).filter((kinds) => kinds.length > 0);
    expect(settled.at(-1)).toEqual(["flap-ended", "eased"]);
  });

  it("is told as settled at once when the window closes", () => {
    const { kinds } = after([...FLIPS.slice(0, 4), said("critical", 4, { final: "one" })], policyOf());
    expect(kinds).toEqual(["raised", "resolved", "reopened", "resolved", "reopened"]);
    const closed = live([...FLIPS, said("clear", 8, { final: "one" })], policyOf()).end;
    expect(kindsOf(closed.alert).slice(-2)).toEqual(["flap-started", "resolved"]);
    expect(closed.track.flapping).toBe(false);
  });
});

describe("what lies between the levels of raising and recovering", () => {
  const policy = policyOf({ hold: "PT30M", keepFiring: "PT20M" });

  it("is no end and no turn of what stands", () => {
    const steps = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => said(i % 2 === 0 ? "critical" : "between", i * 40));
    expect(after(steps, policyOf()).kinds.filter((kind) => kind !== "escalated")).toEqual(["raised"]);
    const recovering = [said("critical", 0), said("clear", 40), said("between", 50), said("frozen", 59), said("between", 60)];
    expect(after([...recovering, said("frozen", 62)], policy).kinds.at(-1)).toBe("resolved");
  });

  it("is no breach that goes on: what was pending did not hold", () => {
    expect(after([said("warning", 0), said("between", 10), said("frozen", 100)], policy).kinds).toEqual([]);
  });
});

describe("what comes in odd ways", () => {
  it("a silent feed is late again the next morning: no easing", () => {
    const subject = { kind: "feed", feed: "calls" } as const;
    const heard = (state: AlertState, signal: "warning" | "critical", nowMs: number) =>
      observe(state, { agreementId: "north", subject, signal, headline: signal, nowMs }, POLICY);
    const { alert } = heard(heard(UNTOLD, "critical", 0), "warning", MINUTE_MS);
    expect(kindsOf(alert)).toEqual(["raised"]);
    expect(alert?.severity).toBe("critical");
  });

  it("evidence of a machine whose clock is behind does not put the history out of order", () => {
    const { end } = live([said("warning", 0), said("warning", 31)], POLICY);
    const behind = observe(end, { ...ABOUT, signal: "critical", headline: "missed", nowMs: 29 * MINUTE_MS }, POLICY);
    expect(behind.alert?.history.map(({ kind, atMs }) => [kind, atMs / MINUTE_MS])).toEqual([
      ["raised", 30],
      ["worsened", 30],
    ]);
  });
});
