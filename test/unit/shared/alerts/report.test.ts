import { describe, expect, it } from "vitest";
import { act } from "../../../../shared/alerts/act.ts";
import type { Alert, Rating } from "../../../../shared/alerts/alert.ts";
import { lengthsOf } from "../../../../shared/alerts/answer-times.ts";
import { dutyPolicy } from "../../../../shared/alerts/duty-policy.ts";
import { end, raise } from "../../../../shared/alerts/episode.ts";
import { hushed } from "../../../../shared/alerts/family.ts";
import { push } from "../../../../shared/alerts/push.ts";
import { alertReport } from "../../../../shared/alerts/report.ts";
import type { AlertSubject } from "../../../../shared/alerts/subject.ts";

const MINUTE = 60_000;
const POLICY = dutyPolicy({ version: 1 }, (fromMs, ms) => fromMs + ms);
const LEAD = { id: "person:lead", name: "Q. Lead", party: "client" } as const;
const SITE = { id: "person:site", name: "S. Ite", party: "provider" } as const;
const PARTIES = new Map<string, "client" | "provider">([LEAD, SITE].map(({ id, party }) => [id, party]));
const DAY: AlertSubject = { kind: "target", targetId: "answered", window: "day", start: "2026-03-02" };
const MONTH: AlertSubject = { kind: "outlook", targetId: "answered", window: "month", start: "2026-03-01" };

interface Story {
  readonly at: number;
  readonly subject?: AlertSubject;
  readonly severity?: Alert["severity"];
  /** Who acknowledged, after how many minutes. */
  readonly answer?: readonly [typeof LEAD | typeof SITE, number];
  /** After how many minutes evidence ended it. */
  readonly ended?: number;
  readonly rated?: Rating;
}

/** An episode whose times are in minutes. */
function episode({ at, subject = DAY, severity = "critical", answer, ended, rated }: Story): Alert {
  const atMs = at * MINUTE;
  const finding = { severity, headline: "Missed", audience: undefined, flapping: false, atMs };
  let alert = raise({ agreementId: "north", subject, episode: at }, finding, POLICY);
  if (answer !== undefined) {
    const acting = { who: answer[0], seenSeq: 1, nowMs: atMs + answer[1] * MINUTE };
    const result = act(alert, { do: "acknowledge", note: "on it" }, acting, POLICY);
    if (result.kind === "done") alert = result.alert;
  }
  if (ended !== undefined) alert = end(alert, { kind: "resolved", atMs: atMs + ended * MINUTE, note: "Met" });
  return rated === undefined ? alert : { ...alert, ratings: { "person:lead": rated } };
}

function report(alerts: readonly Alert[], holdMs = 0) {
  return alertReport(alerts, { fromMs: 0, toMs: 10_000 * MINUTE, partyOf: (id) => PARTIES.get(id) ?? null, holdMs });
}

const minutes = (...all: readonly number[]) => lengthsOf(all.map((each) => each * MINUTE));

describe("the report on alerts", () => {
  it("times of each company, by severity: mean and median from raising to the first answer, and to the end", () => {
    const { told, times, endedUnanswered, stillUnanswered } = report([
      episode({ at: 10, answer: [SITE, 4], ended: 30 }),
      episode({ at: 100, answer: [SITE, 6], ended: 90 }),
      episode({ at: 200, answer: [SITE, 20] }),
      episode({ at: 300, answer: [LEAD, 45], ended: 60 }),
      episode({ at: 400, severity: "warning", answer: [SITE, 120], ended: 150 }),
      episode({ at: 500, ended: 5 }),
      episode({ at: 600 }),
    ]);
    expect({ told, endedUnanswered, stillUnanswered }).toEqual({ told: 7, endedUnanswered: 1, stillUnanswered: 1 });
    expect(times).toEqual([
      { party: "provider", severity: "critical", acknowledge: minutes(4, 6, 20), resolve: minutes(30, 90) },
      { party: "provider", severity: "warning", acknowledge: minutes(120), resolve: minutes(150) },
      { party: "client", severity: "critical", acknowledge: minutes(45), resolve: minutes(60) },
    ]);
    expect(times[0]?.acknowledge).toEqual({ n: 3, meanMs: 10 * MINUTE, medianMs: 6 * MINUTE });
    expect(times[0]?.resolve).toEqual({ n: 2, meanMs: 60 * MINUTE, medianMs: 60 * MINUTE });
  });

  it("without a length there is no mean, which is not zero", () => {
    expect(lengthsOf([])).toEqual({ n: 0, meanMs: null, medianMs: null });
  });

  it("an answer of somebody who has left counts for neither company", () => {
    const gone = { ...SITE, id: "person:gone" } as const;
    const alert = episode({ at: 10 });
    const result = act(alert, { do: "acknowledge", note: "on it" }, { who: gone, seenSeq: 1, nowMs: 20 * MINUTE }, POLICY);
    expect(result.kind === "done" ? report([result.alert]).times.map(({ party }) => party) : result).toEqual([null]);
  });

  it("what wrong data had raised is counted and has no times; what is attached to another was told to nobody", () => {
    const voided = end(episode({ at: 10, answer: [SITE, 4] }), { kind: "voided", atMs: 60 * MINUTE, note: "Corrected" });
    const raised = episode({ at: 20 });
    const attached = push(
      raised,
      { kind: "attached", atMs: 20 * MINUTE, by: "Accord", note: "Part of another" },
      { parent: "feed.calls.1" },
    );
    const found = report([voided, hushed(attached, 0)]);
    expect(found).toMatchObject({ told: 1, voided: 1, times: [], rules: [{ episodes: 1 }] });
  });

  it("what went to the next step before anybody answered is counted, however it was answered later", () => {
    const late = push(episode({ at: 10 }), { kind: "escalated", atMs: 25 * MINUTE, by: "Accord", note: "Nobody answered" });
    const answered = act(late, { do: "acknowledge", note: "on it" }, { who: LEAD, seenSeq: 2, nowMs: 30 * MINUTE }, POLICY);
    expect(answered.kind === "done" && report([answered.alert, episode({ at: 40, answer: [SITE, 1] })]).escalated).toBe(1);
  });
});

describe("the noise of rules", () => {
  it("a hold is suggested that would have spared the blips, and none that somebody answered or found useful", () => {
    const blips = [episode({ at: 10, ended: 3 }), episode({ at: 50, ended: 8, rated: "noise" }), episode({ at: 90, ended: 9 })];
    const real = episode({ at: 300, answer: [SITE, 5], ended: 25 });
    const [rule] = report([...blips, real]).rules;
    expect(rule).toEqual({
      rule: { kind: "target", about: "answered", window: "day", spend: null },
      episodes: 4,
      useful: 0,
      noise: 1,
      endedSoon: 3,
      flapped: 0,
      // 30 min would spare the answered one as well.
      suggestion: { change: "hold", holdMs: 10 * MINUTE, spared: 3 },
    });
  });

  it("a breach had lasted its hold when it was told: 8 min after a hold of 5 are 13, which 15 spare and 10 do not", () => {
    const alerts = [episode({ at: 10, ended: 8 }), episode({ at: 50, ended: 8 })];
    expect(report(alerts, 5 * MINUTE).rules[0]?.suggestion).toEqual({ change: "hold", holdMs: 15 * MINUTE, spared: 2 });
  });

  it("nothing is suggested for one blip, or where the shortest hold would spare a useful one", () => {
    expect(report([episode({ at: 10, ended: 3 })]).rules[0]?.suggestion).toBeNull();
    const useful = episode({ at: 90, ended: 2, rated: "useful" });
    expect(report([episode({ at: 10, ended: 3 }), episode({ at: 50, ended: 3 }), useful]).rules[0]?.suggestion).toBeNull();
  });

  it("of probabilities the level of warnings is suggested, if none of them was answered", () => {
    const mild = { subject: MONTH, severity: "warning" } as const;
    const ignored = [episode({ ...mild, at: 10, ended: 600 }), episode({ ...mild, at: 2000, ended: 500 })];
    expect(report(ignored).rules[0]?.suggestion).toEqual({ change: "warning-level", spared: 2 });
    expect(report([...ignored, episode({ ...mild, at: 4000, answer: [LEAD, 5], ended: 60 })]).rules[0]?.suggestion).toBeNull();
  });

  it("the day and the month of a target are two rules, the noisiest first; what was raised outside the span is left out", () => {
    const alerts = [
      episode({ at: 10, subject: MONTH, answer: [LEAD, 1] }),
      episode({ at: 20, ended: 2 }),
      episode({ at: 20_000, ended: 2 }),
    ];
    expect(report(alerts).rules.map(({ rule, episodes }) => [rule.kind, rule.window, episodes])).toEqual([
      ["target", "day", 1],
      ["outlook", "month", 1],
    ]);
  });
});
