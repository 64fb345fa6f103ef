import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import { dutyPolicy } from "../../../../shared/alerts/duty-policy.ts";
import { raise } from "../../../../shared/alerts/episode.ts";
import { familyOf, hushed, type Kinship } from "../../../../shared/alerts/family.ts";
import { noticesOf } from "../../../../shared/alerts/notice.ts";
import type { AlertSubject } from "../../../../shared/alerts/subject.ts";

const POLICY = dutyPolicy({ version: 1 }, (fromMs, ms) => fromMs + ms);
const HOUR_MS = 3_600_000;
const WINDOW = { window: "day", start: "2026-03-02" } as const;
const KIN: Kinship = {
  feedOf: (targetId) => (targetId.startsWith("chat") ? "chats" : "calls"),
  widerThan: (targetId) => (targetId.includes("@") ? [targetId.split("@")[0] ?? ""] : []),
};

function standing(subject: AlertSubject, atMs = 0, change: Partial<Alert> = {}): Alert {
  const finding = { severity: "critical", headline: `about ${subject.kind}`, audience: undefined, flapping: false, atMs } as const;
  return { ...raise({ agreementId: "north", subject, episode: 1 }, finding, POLICY), ...change };
}

const feed = (id: string, change: Partial<Alert> = {}): Alert => standing({ kind: "feed", feed: id }, 0, change);
const target = (targetId: string, change: Partial<Alert> = {}): Alert => standing({ kind: "target", targetId, ...WINDOW }, 0, change);
const provider = (atMs = 0): Alert => standing({ kind: "provider" }, atMs);
const outage = (fromMs: number, toMs: number): Alert => standing({ kind: "pipeline", fromMs, toMs }, toMs, { severity: "warning" });
const FROZEN = { frozenSinceMs: 5 };

function parents(active: readonly Alert[]): Record<string, string | null> {
  return Object.fromEntries(familyOf(active, KIN, HOUR_MS, POLICY).map(({ id, parent }) => [id, parent]));
}

describe("the family of alerts", () => {
  it("a silent feed stands for the targets that stand still with it, and for no others", () => {
    const active = [feed("calls"), target("answered", FROZEN), target("missed-yesterday"), target("chat-answered", FROZEN)];
    expect(parents(active)).toEqual({ "answered.day.2026-03-02.1": "feed.calls.1" });
  });

  it("a feed that is late, which its provider alone is told, stands for nothing", () => {
    expect(parents([feed("calls", { severity: "warning", audience: "provider" }), target("answered", FROZEN)])).toEqual({});
  });

  it("a provider that is silent as a whole stands for its silent feeds, and its targets stay with their feeds", () => {
    expect(parents([provider(), feed("calls"), feed("chats"), target("answered", FROZEN)])).toEqual({
      "feed.calls.1": "provider.1",
      "feed.chats.1": "provider.1",
      "answered.day.2026-03-02.1": "feed.calls.1",
    });
  });

  it("Accord's own absence stands for what was raised from its beginning until it was told", () => {
    const during = feed("calls", { raisedAtMs: 150 });
    const after = feed("chats", { raisedAtMs: 201 });
    expect(parents([outage(100, 200), during, after])).toEqual({ "feed.calls.1": "pipeline.100.1" });
  });

  it("a whole stands for its parts unless a part is worse", () => {
    expect(parents([target("sl"), target("sl@north"), target("sl@south")])).toEqual({
      "sl@north.day.2026-03-02.1": "sl.day.2026-03-02.1",
      "sl@south.day.2026-03-02.1": "sl.day.2026-03-02.1",
    });
    expect(parents([target("sl", { severity: "warning" }), target("sl@north")])).toEqual({});
  });

  it("what has come of a drift in a window stands for it, unless the drift is worse; a whole's drift stands for a part's", () => {
    const drift = (targetId: string, severity: Alert["severity"]): Alert => standing({ kind: "drift", targetId }, 0, { severity });
    const key = "sl.day.2026-03-02.1";
    const lost = standing({ kind: "no-return", targetId: "sl", ...WINDOW });
    expect(parents([drift("sl", "warning"), target("sl", { severity: "warning" })])).toEqual({ "drift.sl.1": key });
    expect(parents([drift("sl", "high"), target("sl", { severity: "warning" }), target("chat")])).toEqual({});
    expect(parents([drift("sl", "high"), target("sl"), lost])).toEqual({ "drift.sl.1": `no-return.${key}`, [key]: `no-return.${key}` });
    expect(parents([drift("sl", "warning"), drift("sl@north", "warning")])).toEqual({ "drift.sl@north.1": "drift.sl.1" });
  });

  it("of what is told of one window, no way back stands for its probability, that for the figure at risk, unless a part is worse", () => {
    const about = (kind: "no-return" | "outlook", change: Partial<Alert> = {}): Alert =>
      standing({ kind, targetId: "sl", ...WINDOW }, 0, change);
    const key = "sl.day.2026-03-02.1";
    const risk = target("sl", { severity: "warning" });
    expect(parents([about("outlook", { severity: "high" }), risk])).toEqual({ [key]: `outlook.${key}` });
    expect(parents([about("no-return"), about("outlook"), risk])).toEqual({
      [`outlook.${key}`]: `no-return.${key}`,
      [key]: `no-return.${key}`,
    });
    expect(parents([about("no-return", { severity: "high" }), about("outlook"), risk])).toEqual({ [key]: `no-return.${key}` });
    expect(parents([about("outlook", { severity: "warning" }), target("sl")])).toEqual({});
    expect(
      parents([about("outlook"), target("sl", { subject: { kind: "target", targetId: "sl", window: "day", start: "2026-03-03" } })]),
    ).toEqual({});
  });

  it("of several budget rules that are met at once the worst stands for the others, and never for itself", () => {
    const spend = (rule: string, severity: Alert["severity"]): Alert =>
      standing({ kind: "spend", targetId: "sl", ...WINDOW, rule }, 0, { severity });
    const [fast, steady, slow] = [spend("2-percent", "high"), spend("10-percent", "high"), spend("30-percent", "warning")];
    const first = "spend.10-percent.sl.day.2026-03-02.1";
    expect(parents([fast, steady, slow])).toEqual({
      "spend.2-percent.sl.day.2026-03-02.1": first,
      "spend.30-percent.sl.day.2026-03-02.1": first,
    });
    expect(parents([slow, fast])).toEqual({ "spend.30-percent.sl.day.2026-03-02.1": "spend.2-percent.sl.day.2026-03-02.1" });
    const miss = standing({ kind: "outlook", targetId: "sl", ...WINDOW }, 0, { severity: "high" });
    expect(Object.values(parents([fast, steady, slow, miss]))).toEqual(Array.from({ length: 3 }, () => "outlook.sl.day.2026-03-02.1"));
  });

  it("a child is quiet and is not escalated; it is asked about anew when its parent ends", () => {
    const [child] = familyOf([feed("calls"), target("answered", FROZEN)], KIN, HOUR_MS, POLICY);
    if (child === undefined) throw new Error("it is attached");
    expect(child).toMatchObject({ escalateAtMs: null, history: [{ kind: "raised" }, { kind: "attached", quiet: true }] });
    const [released] = familyOf([child], KIN, 2 * HOUR_MS, POLICY);
    expect(released).toMatchObject({ parent: null, escalateAtMs: 2 * HOUR_MS + HOUR_MS / 4, history: [{}, {}, { kind: "released" }] });
    expect(released?.history.at(-1)?.quiet).toBeUndefined();
  });

  it("a child that somebody has is released without asking anybody", () => {
    const taken = target("answered", { parent: "feed.calls.1", status: "acknowledged", escalateAtMs: null });
    const [released] = familyOf([taken], KIN, HOUR_MS, POLICY);
    expect(released).toMatchObject({ status: "acknowledged", escalateAtMs: null, parent: null, history: [{}, { quiet: true }] });
  });

  it("what is raised and attached in one step tells nobody", () => {
    const [child] = familyOf([provider(), feed("calls")], KIN, HOUR_MS, POLICY);
    if (child === undefined) throw new Error("it is attached");
    expect(noticesOf(child, 0, POLICY)).toHaveLength(1);
    expect(noticesOf(hushed(child, 0), 0, POLICY)).toEqual([]);
    expect(hushed(child, 1).history[0]?.quiet).toBeUndefined();
  });

  it("settles in one step: asked again it has nothing to say, and no alert is its own ancestor", () => {
    const some = fc.subarray([
      provider(),
      feed("calls"),
      feed("chats"),
      outage(0, 0),
      target("sl", FROZEN),
      target("sl@north", FROZEN),
      target("sl@south"),
      target("chat", FROZEN),
      ...(["sl", "sl@north"] as const).flatMap((targetId) => [
        standing({ kind: "outlook", targetId, ...WINDOW }, 0, FROZEN),
        standing({ kind: "no-return", targetId, ...WINDOW }, 0, { severity: "high" }),
        ...["2-percent", "10-percent"].map((rule) => standing({ kind: "spend", targetId, ...WINDOW, rule }, 0, { severity: "high" })),
      ]),
    ]);
    fc.assert(
      fc.property(some, some, (first, second) => {
        const changed = (active: readonly Alert[]): Alert[] => {
          const moved = new Map(familyOf(active, KIN, HOUR_MS, POLICY).map((alert) => [alert.id, alert]));
          return active.map((alert) => moved.get(alert.id) ?? alert);
        };
        const before = changed(first);
        const after = changed(second.map((alert) => before.find(({ id }) => id === alert.id) ?? alert));
        expect(familyOf(after, KIN, HOUR_MS, POLICY)).toEqual([]);
        for (const alert of after) expect(ancestors(alert, after)).not.toContain(alert.id);
      }),
    );
  });
});

function ancestors({ parent }: Alert, all: readonly Alert[], depth = 0): string[] {
  if (parent === null || depth > all.length) return [];
  const found = all.find(({ id }) => id === parent);
  return [parent, ...(found === undefined ? [] : ancestors(found, all, depth + 1))];
}
