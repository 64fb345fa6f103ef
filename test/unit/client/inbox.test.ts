import { describe, expect, it } from "vitest";
import { ringingOf } from "../../../client/app/ring-for-entries.ts";
import { longestSnoozeMs, updateChoices, snoozeChoices } from "../../../client/features/alerts/act-choices.ts";
import { filterChoices, isAskedFor, readFilter, withoutFilter, withPart } from "../../../client/features/alerts/alert-filter.ts";
import { familyOf, laneOf, layoutOf, tabCounts, unseen } from "../../../client/features/alerts/alert-lanes.ts";
import { outcomeWords } from "../../../client/features/alerts/bottom-bar.tsx";
import { meanwhileWords, sendingOf } from "../../../client/features/alerts/draft.ts";
import { deedsFor } from "../../../client/features/alerts/duty-panel.tsx";
import { brokenPromise, nextAsk } from "../../../client/features/alerts/duty-terms.ts";
import { feedNameOf, type ListedAlert, listedAlert } from "../../../client/features/alerts/listed-alert.ts";
import { predict } from "../../../client/features/alerts/predict.ts";
import { readAct, untilTime } from "../../../client/features/alerts/read-act.ts";
import { standingWords } from "../../../client/features/alerts/standing-words.ts";
import { subjectWords } from "../../../client/features/alerts/subject-words.ts";
import { isLoud, toldOf } from "../../../client/features/alerts/timeline-words.ts";
import { operationOf, type Sent, undoable } from "../../../client/features/alerts/use-acts.ts";
import { type Alert, TransitionKind } from "../../../shared/alerts/alert.ts";
import { buildAlert, buildSnapshot, FIXTURE_NOW_MS } from "../../support/client-fixture.ts";
import { CHAT } from "../../support/client-story-chat.ts";
import { VOICE } from "../../support/client-story-voice.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = FIXTURE_NOW_MS;
const VIEWS = [buildSnapshot(VOICE).agreement, buildSnapshot(CHAT).agreement];
const ME = { id: "person:p1", name: "Ingrid Holm", party: "client" } as const;

function listed(id: string, change: Partial<Alert> = {}): ListedAlert {
  const agreement = VIEWS.find((view) => view.id === (change.agreementId ?? "acme-voice"));
  if (agreement === undefined) throw new Error("the fixture has no such agreement");
  return listedAlert(buildAlert({ id, headline: id, ...change }), { agreement, feedName: null });
}

function acknowledged(id: string, atMs: number, dueMs: number | null = NOW_MS + HOUR_MS): ListedAlert {
  const acknowledgement = { by: "Daniel Ortega", byId: "person:p2", atMs, note: "on it", dueMs };
  return listed(id, { status: "acknowledged", seq: 2, acknowledgement });
}

function idsOf(layout: ReturnType<typeof layoutOf>): string[] {
  return layout.order.map(({ key, lane }) => `${lane} ${key.split("/")[1]}`);
}

describe("the lanes", () => {
  it("an acknowledgement is stale after 24 h or when its update is overdue", () => {
    expect(laneOf(acknowledged("a", NOW_MS - 23 * HOUR_MS).alert, NOW_MS)).toBe("acknowledged");
    expect(laneOf(acknowledged("a", NOW_MS - 25 * HOUR_MS).alert, NOW_MS)).toBe("stale");
    expect(laneOf(acknowledged("a", NOW_MS - HOUR_MS, NOW_MS - 1).alert, NOW_MS)).toBe("stale");
  });

  it("what nobody has comes first, the worst of it before the newest; what is stale comes oldest first", () => {
    const all = [
      acknowledged("young", NOW_MS - 30 * HOUR_MS),
      listed("warning", { severity: "warning", raisedAtMs: NOW_MS }),
      listed("high", { severity: "high", raisedAtMs: NOW_MS - 2 * HOUR_MS }),
      listed("critical", { raisedAtMs: NOW_MS - HOUR_MS }),
      acknowledged("old", NOW_MS - 40 * HOUR_MS),
      acknowledged("held", NOW_MS),
      listed("later", { status: "snoozed" }),
    ];
    expect(idsOf(layoutOf(all, "open", NOW_MS))).toEqual([
      "open critical",
      "open high",
      "open warning",
      "acknowledged held",
      "stale old",
      "stale young",
    ]);
    expect(tabCounts(all, NOW_MS)).toEqual({ open: 6, stale: 2, snoozed: 1, resolved: 0 });
  });

  it("snoozed alerts come by the end of their snooze, and last those that wait until they clear", () => {
    const snoozed = (id: string, untilMs: number | null) =>
      listed(id, { status: "snoozed", snooze: { by: "Q", atMs: NOW_MS, untilMs, reason: "known" } });
    const all = [snoozed("clears", null), snoozed("late", NOW_MS + 2), snoozed("clears too", null), snoozed("soon", NOW_MS + 1)];
    expect(idsOf(layoutOf(all, "snoozed", NOW_MS))).toEqual(["snoozed soon", "snoozed late", "snoozed clears", "snoozed clears too"]);
  });

  it("a layout that is held counts what it does not show", () => {
    const held = layoutOf([listed("a"), listed("b")], "open", NOW_MS);
    expect(unseen(held, layoutOf([listed("a"), listed("b"), listed("c")], "open", NOW_MS))).toBe(1);
  });

  it("alerts of two agreements with the same id are two", () => {
    const all = [listed("x"), listed("x", { agreementId: "acme-chat" })];
    expect(new Set(layoutOf(all, "open", NOW_MS).order.map(({ key }) => key)).size).toBe(2);
  });

  it("an attached alert is shown at the one that stands for it, and by itself where that is out of view or over", () => {
    const [parent, child] = [listed("feed"), listed("target", { parent: "feed" })];
    expect(familyOf([parent, child])).toEqual({ tops: [parent], attached: new Map([[parent.key, [child]]]) });
    expect(familyOf([child]).tops).toEqual([child]);
    const over = listed("feed", { status: "resolved" });
    expect(familyOf([over, child]).tops).toEqual([over, child]);
  });
});

describe("the filter", () => {
  const isFound = (search: string, alert: ListedAlert) => isAskedFor(alert, readFilter(new URLSearchParams(search)), ME.id);

  it("every part is read from the address and narrows by itself", () => {
    const alert = listed("Service level 74 %");
    expect(isFound("", alert)).toBe(true);
    expect(isFound("agreement=acme-voice&severity=critical&about=Service+level&owner=none&q=SERVICE+bayanihan", alert)).toBe(true);
    expect(isFound("agreement=acme-chat", alert)).toBe(false);
    expect(isFound("severity=high", alert)).toBe(false);
    expect(isFound("about=Abandonment", alert)).toBe(false);
    expect(isFound("owner=mine", alert)).toBe(false);
    expect(isFound("q=abandonment", alert)).toBe(false);
  });

  it("mine are those I own, and those I acknowledged and gave to nobody else", () => {
    const acknowledgement = { by: ME.name, byId: ME.id, atMs: NOW_MS, note: "on it" };
    const mine = listed("a", { status: "acknowledged", acknowledgement: { ...acknowledgement, dueMs: null } });
    const given = listedAlert({ ...mine.alert, owner: { id: "person:p2", name: "Daniel Ortega", party: "client" } }, mine);
    expect([isFound("owner=mine", mine), isFound("owner=mine", given), isFound("owner=person:p2", given)]).toEqual([true, false, true]);
    expect(filterChoices([mine, given], ME.id).owner.map(({ name }) => name)).toEqual(["Yours", "Nobody", "Daniel Ortega"]);
  });

  it("a part that is emptied leaves the address, and leaving the filter keeps the tab", () => {
    const query = new URLSearchParams("lane=stale&severity=high&q=x");
    expect(withPart(query, "severity", "").toString()).toBe("lane=stale&q=x");
    expect(withoutFilter(query).toString()).toBe("lane=stale");
  });
});

describe("where an alert stands, in words", () => {
  it("what is about a feed names it as people do, and is found by that name", () => {
    const feeds = new Map(buildSnapshot(CHAT).feeds.map((feed) => [feed.feedId, feed]));
    const about = (kind: "feed-suspect" | "corrections", feed: string) => {
      const one = listed("x", { agreementId: "acme-chat", subject: { kind, feed } });
      return { ...one, feedName: feedNameOf(one.alert, feeds) };
    };
    const known = about("feed-suspect", "chat-intervals");
    expect(subjectWords(known)).toBe("Chat intervals");
    expect(filterChoices([known], ME.id).about).toEqual([{ value: "Chat intervals", name: "Chat intervals" }]);
    expect(subjectWords(about("corrections", "gone"))).toBe("gone");
    expect(feedNameOf(listed("y").alert, feeds)).toBeNull();
  });

  it("an unanswered alert says whom it goes to, and when", () => {
    const soon = listed("a", { escalateAtMs: NOW_MS + 11 * 60_000 });
    expect(standingWords(soon, NOW_MS)).toEqual({ due: "Unanswered.", rest: "Goes to the QA lead in 11 min" });
    const last = listed("a", { level: 2, escalateAtMs: NOW_MS + 60_000 });
    expect(standingWords(last, NOW_MS).rest).toBe("Asked again in 1 min");
    expect(nextAsk(last)).toMatchObject({ step: 3, of: 3, to: null });
  });

  it("an alert for the provider alone goes to nobody else", () => {
    expect(nextAsk(listed("a", { severity: "warning", audience: "provider" }))).toMatchObject({ step: 1, of: 1, to: null });
    expect(nextAsk(listed("a", { severity: "warning", party: "client" }))).toMatchObject({ step: 1, of: 3, to: "provider" });
  });

  it("a promised update that did not come is held against who promised it, until somebody answers again", () => {
    const line = (seq: number, kind: TransitionKind, by = "Accord") => ({ seq, kind, atMs: NOW_MS - (9 - seq) * HOUR_MS, by, note: "" });
    const history = [line(1, "raised"), line(2, "acknowledged", "Daniel Ortega"), line(3, "acknowledgement-expired"), line(4, "escalated")];
    const broken = listed("a", { seq: 4, history });
    expect(standingWords(broken, NOW_MS).due).toBe("Daniel Ortega's update is 6 h overdue.");
    expect(brokenPromise({ ...broken.alert, history: [...history, line(5, "worsened")] })).toBeNull();
  });

  it("an acknowledged alert says who has it and what is due, an attached one is asked about elsewhere", () => {
    expect(standingWords(acknowledged("a", NOW_MS, NOW_MS - HOUR_MS), NOW_MS).due).toBe("Daniel Ortega's update is 1 h overdue.");
    expect(standingWords(acknowledged("a", NOW_MS), NOW_MS).rest).toMatch(/^Daniel Ortega\. Update due /u);
    expect(standingWords(listed("a", { parent: "feed" }), NOW_MS)).toEqual({ due: "", rest: "Asked about where it is attached" });
  });

  it("every kind of transition has words, and only people are named", () => {
    for (const kind of TransitionKind.options) {
      const told = toldOf({ seq: 2, kind, atMs: NOW_MS, by: "Accord", note: "" });
      expect(told.what).toMatch(/^[A-Z]/u);
      expect(told.by).toBeNull();
    }
    expect(toldOf({ seq: 2, kind: "closed", atMs: 0, by: "Quinn", note: "done" })).toMatchObject({ what: "Resolved", by: "Quinn" });
    expect(isLoud({ seq: 2, kind: "frozen", atMs: 0, by: "Accord", note: "", quiet: true })).toBe(false);
  });
});

describe("what can be done", () => {
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };

  it("the next update is offered up to what the agreement allows, for several alerts up to the strictest", () => {
    const warning = listed("w", { severity: "warning" });
    expect(updateChoices([warning]).lengths.at(-1)).toBe(24 * HOUR_MS);
    expect(updateChoices([warning, listed("c")])).toEqual({ severity: "critical", lengths: [900_000, 1_800_000, HOUR_MS, 2 * HOUR_MS] });
  });

  it("every snooze and every due time that is offered is one the rules take", () => {
    for (const severity of ["warning", "high", "critical"] as const) {
      const target = listed("a", { severity });
      for (const ms of snoozeChoices([target])) {
        const request = readAct("snooze", form({ note: "known", until: ms === null ? "" : String(ms) }), [], NOW_MS).request;
        expect(predict(target, { request, owner: null }, ME, NOW_MS).kind).toBe("done");
      }
      const latest = NOW_MS + longestSnoozeMs([target]);
      const until = (ms: number) => ({
        request: readAct("snooze", form({ note: "known", until: untilTime(ms) }), [], NOW_MS).request,
        owner: null,
      });
      expect([latest, latest + 1, NOW_MS].map((ms) => predict(target, until(ms), ME, NOW_MS).kind)).toEqual(["done", "refused", "refused"]);
      for (const ms of updateChoices([target]).lengths) {
        const request = readAct("acknowledge", form({ note: "on it", due: String(ms) }), [], NOW_MS).request;
        expect(predict(target, { request, owner: null }, ME, NOW_MS).kind).toBe("done");
      }
    }
  });

  it("a form names an owner only if somebody else was chosen, and a cause only if one is known", () => {
    const daniel = { id: "person:p2", name: "Daniel Ortega", role: "qa-lead", party: "client" } as const;
    expect(readAct("acknowledge", form({ note: " on it ", owner: "", cause: "", due: "" }), [daniel], NOW_MS)).toEqual({
      request: { do: "acknowledge", note: "on it" },
      owner: null,
      chosen: { note: "on it", owner: "", cause: "", due: "", until: "" },
    });
    const given = readAct("acknowledge", form({ note: "x", owner: daniel.id, cause: "volume", due: "60000" }), [daniel], NOW_MS);
    expect(given.request).toEqual({ do: "acknowledge", note: "x", ownerId: daniel.id, cause: "volume", dueMs: NOW_MS + 60_000 });
    expect(given.owner).toEqual({ id: daniel.id, name: daniel.name, party: "client" });
  });

  it("who has an alert may give it back, anybody else may take it over, and of what is over nothing is left but a comment", () => {
    const held = acknowledged("a", NOW_MS);
    expect(deedsFor(held, "person:p2")).toContain("release");
    expect(deedsFor(held, ME.id)).toContain("acknowledge");
    expect(deedsFor(listed("a", { status: "resolved" }), ME.id)).toEqual(["comment"]);
    expect(deedsFor(listed("a", { subject: { kind: "restatement", receipt: 7 } }), ME.id)).not.toContain("snooze");
  });

  it("a form that somebody writes in stays: as a comment once somebody was faster, and only then", () => {
    const line = (kind: TransitionKind, by: string) => ({ seq: 2, kind, atMs: NOW_MS, by, byId: `person:${by}`, note: "" });
    const draft = { deed: "acknowledge", text: "", seenSeq: 1, form: "" } as const;
    const after = (kind: TransitionKind, status: Alert["status"], seenSeq = 1) => {
      const moved = listed("a", { status, history: [line(kind, "Quinn")] });
      const begun = { ...draft, seenSeq };
      const sending = sendingOf(moved, { deed: "acknowledge", draft: begun, deeds: deedsFor(moved, ME.id), isWritten: false });
      return [sending?.deed, sending?.does, meanwhileWords(moved, begun, ME.id)];
    };
    expect(after("acknowledged", "acknowledged")).toEqual(["acknowledge", "comment", "Quinn acknowledged this meanwhile."]);
    expect(after("resolved", "resolved")).toEqual(["acknowledge", "comment", "It is over by the evidence meanwhile."]);
    expect(after("worsened", "open")).toEqual(["acknowledge", "acknowledge", "It got worse meanwhile."]);
    expect(after("escalated", "open")).toEqual(["acknowledge", "acknowledge", null]);
    expect(after("acknowledged", "acknowledged", 2)).toEqual(["acknowledge", "acknowledge", null]);
    const over = { deed: "acknowledge", draft: null, deeds: ["comment"] } as const;
    expect(sendingOf(listed("a"), { ...over, isWritten: false })).toBeNull();
    expect(sendingOf(listed("a"), { ...over, isWritten: true })).toEqual({ deed: "comment", does: "comment" });
  });

  const sent = (state: Sent["state"], id: string, undoes?: number): Sent => ({
    listed: acknowledged(id, NOW_MS),
    doing: { request: { do: "acknowledge", note: "x" }, owner: null, ...(undoes === undefined ? {} : { undoes }) },
    operationId: id,
    state,
    message: "",
  });

  it("what became of several is counted, and nothing is called done before it is", () => {
    expect(outcomeWords([sent("done", "a"), sent("sending", "b")])).toBe("Saving, 1 of 2 done…");
    expect(outcomeWords([sent("done", "a"), sent("failed", "b"), sent("done", "c")])).toBe("Acknowledged: 2 of 3 alerts");
    expect(outcomeWords([sent("done", "a"), sent("done", "b")])).toBe("Acknowledged: all 2 alerts");
    expect(outcomeWords([sent("failed", "b")])).toBeNull();
  });

  it("a second attempt at what may have been saved is the same operation, whatever the clock says by then", () => {
    const at = (nowMs: number, until = "3600000") => readAct("snooze", form({ note: "known", until }), [], nowMs);
    const first = { ...sent("failed", "a"), doing: at(NOW_MS), operationId: "first" };
    expect(at(NOW_MS + 16_000).request).not.toEqual(first.doing.request);
    expect(operationOf(first.listed, at(NOW_MS + 16_000), [first])).toBe("first");
    expect(operationOf(first.listed, at(NOW_MS + 16_000, "14400000"), [first])).not.toBe("first");
    expect(operationOf(listed("b"), at(NOW_MS + 16_000), [first])).not.toBe("first");
    expect(operationOf(first.listed, at(NOW_MS + 16_000), [{ ...first, state: "done" }])).not.toBe("first");
  });

  it("undo is offered when all are answered, takes back all that can be, and says of how many", () => {
    expect(undoable([sent("done", "a"), sent("sending", "b")])).toEqual([]);
    const over = { ...sent("done", "c"), listed: listed("c", { status: "resolved" }) };
    expect(undoable([sent("done", "a"), sent("failed", "b"), over, sent("done", "d")]).map(({ operationId }) => operationId)).toEqual([
      "a",
      "d",
    ]);
    expect(outcomeWords([sent("done", "a", 4), sent("done", "d", 4)])).toBe("Taken back: 2 of 4 alerts");
    expect(outcomeWords([sent("done", "a", 2), sent("done", "b", 2)])).toBe("Taken back: all 2 alerts");
  });
});

describe("the bell", () => {
  it("rings when an alert is raised, comes again, gets worse or has another reason, and never for what is quiet or done by people", () => {
    const entryOf = (kind: TransitionKind, isQuiet = false) => {
      const line = { seq: 1, kind, atMs: NOW_MS, by: "Accord", note: "", ...(isQuiet ? { quiet: true as const } : {}) };
      return {
        seq: 1,
        atMs: NOW_MS,
        event: { kind: "alert:changed" as const, alert: buildAlert({ id: "a", headline: "a", history: [line] }) },
      };
    };
    const loud = TransitionKind.options.filter((kind) => ringingOf(entryOf(kind)) !== null);
    expect(loud).toEqual(["raised", "worsened", "changed", "reopened"]);
    expect(ringingOf(entryOf("raised", true))).toBeNull();
  });
});
