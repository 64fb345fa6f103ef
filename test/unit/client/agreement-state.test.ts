import { describe, expect, it } from "vitest";
import { fromSnapshot, withAlert, withEntry } from "../../../client/live/agreement-state.ts";
import { completeToMs, currentVerdict, dayVerdicts, rowVerdict } from "../../../client/live/windows.ts";
import { verdictKey } from "../../../shared/agreement/verdict.ts";
import { buildAlert, buildReceipt, buildSnapshot, buildVerdict } from "../../support/client-fixture.ts";
import { CHAT } from "../../support/client-story-chat.ts";
import { VOICE } from "../../support/client-story-voice.ts";

const voice = fromSnapshot(buildSnapshot(VOICE));

describe("one entry at a time", () => {
  it("a changed verdict replaces the one of its window and nothing else", () => {
    const verdict = buildVerdict({ status: "missed" });
    const next = withEntry(voice, { seq: 101, atMs: 1, event: { kind: "verdict:changed", verdict } });
    expect(next.verdicts.get(verdictKey("service-level", verdict.window))?.status).toBe("missed");
    expect(next.verdicts.size).toBe(voice.verdicts.size);
    expect(next.alerts).toBe(voice.alerts);
    expect(voice.verdicts.get(verdictKey("service-level", verdict.window))?.status).toBe("at-risk");
  });

  it("intervals of an earlier day do not replace today's", () => {
    const today = voice.series.get("service-level");
    if (today === undefined) throw new Error("the fixture has intervals of today");
    const next = withEntry(voice, { seq: 101, atMs: 1, event: { kind: "day:changed", series: { ...today, day: "2026-09-20" } } });
    expect(next.series.get("service-level")?.day).toBe("2026-09-21");
  });

  it("an answer that overtook the stream is not undone by an older entry", () => {
    const acknowledged = buildAlert({ id: "voice.sl.day", headline: "x", status: "acknowledged", seq: 2 });
    const ahead = withAlert(voice, acknowledged);
    const late = withEntry(ahead, {
      seq: 101,
      atMs: 1,
      event: { kind: "alert:changed", alert: buildAlert({ id: "voice.sl.day", headline: "x", seq: 1 }) },
    });
    expect(late.alerts.get("voice.sl.day")?.status).toBe("acknowledged");
  });

  it("a version that is proposed waits until it is in force, declined or withdrawn, and its number tells readers to read again", () => {
    const proposed = withEntry(voice, { seq: 101, atMs: 1, event: { kind: "version:changed", version: 4, state: "proposed" } });
    expect(proposed.pendingVersions).toContainEqual({ version: 4, state: "proposed" });
    expect(proposed.versionsSeq).toBe(101);
    const other = withEntry(proposed, { seq: 102, atMs: 2, event: { kind: "verdict:changed", verdict: buildVerdict({}) } });
    expect(other.versionsSeq).toBe(101);
    const declined = withEntry(other, { seq: 103, atMs: 3, event: { kind: "version:changed", version: 4, state: "declined" } });
    expect(declined.pendingVersions.some(({ version }) => version === 4)).toBe(false);
    expect(declined.versionsSeq).toBe(103);
  });

  it("what watching for drift says is read again when it has changed", () => {
    const next = withEntry(voice, { seq: 101, atMs: 1, event: { kind: "drift:changed", targetId: "service-level" } });
    expect(next.driftSeq).toBeGreaterThan(voice.driftSeq);
    expect(withEntry(next, { seq: 102, atMs: 1, event: { kind: "version:changed", version: 4, state: "proposed" } }).driftSeq).toBe(
      next.driftSeq,
    );
  });

  it("coaching and calibrations are read again when somebody noted, scored or measured", () => {
    const next = withEntry(voice, { seq: 101, atMs: 1, event: { kind: "quality:changed", about: "coaching", id: "c1" } });
    expect(next.qualitySeq).toBeGreaterThan(voice.qualitySeq);
    expect(next.driftSeq).toBe(voice.driftSeq);
  });

  it("a browser that stays open keeps the newest receipts only", () => {
    let state = voice;
    for (let number = 1; number <= 250; number += 1) {
      state = withEntry(state, {
        seq: 100 + number,
        atMs: 1,
        event: { kind: "receipt:changed", receipt: buildReceipt({ number: 90_000 + number }) },
      });
    }
    expect(state.receipts.size).toBe(200);
    expect(state.receipts.has("acme-voice.r90250")).toBe(true);
    expect(state.receipts.has("acme-voice.r90001")).toBe(false);
  });
});

describe("windows", () => {
  it("the open window counts; without one the latest does", () => {
    expect(currentVerdict(voice, "service-level", "day")?.window.start).toBe("2026-09-21");
    const closed = fromSnapshot({
      ...buildSnapshot(VOICE),
      verdicts: [buildVerdict({ day: "2026-09-18" }), buildVerdict({ day: "2026-09-19" })],
    });
    expect(currentVerdict(closed, "service-level", "day")?.window.start).toBe("2026-09-19");
  });

  it("a target settled by the day only states its day", () => {
    const daily = fromSnapshot({ ...buildSnapshot(VOICE), verdicts: [buildVerdict({})] });
    expect(rowVerdict(daily, "service-level")?.window.kind).toBe("day");
    expect(rowVerdict(voice, "service-level")?.window.kind).toBe("month");
  });

  it("the last days come oldest first and end with the latest", () => {
    const days = dayVerdicts(voice, "service-level", 5).map((verdict) => verdict.window.start);
    expect(days).toEqual(["2026-09-17", "2026-09-18", "2026-09-19", "2026-09-20", "2026-09-21"]);
  });

  it("a silent feed holds back up to when the figures are complete", () => {
    expect(completeToMs(voice)).toBe(VOICE.asOfMs);
    expect(completeToMs(fromSnapshot(buildSnapshot(CHAT)))).toBe(CHAT.asOfMs);
  });
});

describe("an entry that the reader may not see", () => {
  it("moves the number on and nothing else, so that the sequence stays whole", () => {
    const next = withEntry(voice, { seq: voice.seq + 1, hidden: true });
    expect(next).toEqual({ ...voice, seq: voice.seq + 1 });
  });
});
