import { describe, expect, it } from "vitest";
import { boardRows, tallyWords, worstCharted } from "../../../client/features/board/board-rows.ts";
import { sentenceText, verdictSentence } from "../../../client/features/board/sentence.ts";
import { targetFinding } from "../../../client/features/target/finding.ts";
import { fromSnapshot } from "../../../client/live/agreement-state.ts";
import { completeToMs, rowVerdict } from "../../../client/live/windows.ts";
import type { Snapshot } from "../../../shared/protocol/live.ts";
import { buildSnapshot, buildTargetView, buildVerdict, FIXTURE_NOW_MS } from "../../support/client-fixture.ts";
import { CHAT } from "../../support/client-story-chat.ts";
import { VOICE } from "../../support/client-story-voice.ts";

function say(snapshot: Snapshot): string {
  const state = fromSnapshot(snapshot);
  const parts = verdictSentence({
    name: state.agreement.name,
    timeZone: state.agreement.timeZone,
    rows: boardRows(state),
    completeToMs: completeToMs(state),
    nowMs: FIXTURE_NOW_MS,
    viewerZone: "Europe/Berlin",
  });
  return sentenceText(parts).replaceAll("\u00a0", " ");
}

/** One target whose month has the given verdict. */
function single(month: Parameters<typeof buildVerdict>[0], today: Parameters<typeof buildVerdict>[0] = {}): Snapshot {
  const base = buildSnapshot(VOICE);
  const window = { kind: "month" as const, start: "2026-09-01", fromMs: 0, toMs: 1, open: true, part: false };
  return {
    ...base,
    agreement: { ...base.agreement, targets: [buildTargetView({ id: "service-level", name: "Service level" })] },
    verdicts: [buildVerdict({ window, ...month }), buildVerdict(today)],
  };
}

describe("the sentence of an agreement", () => {
  it("tells how many are met, what is wrong and by how much, and up to when", () => {
    expect(say(buildSnapshot(VOICE))).toBe(
      "Acme Voice: 3 of 5 targets met this month. Service level is at risk (78.9 % against 80 %), needs 83.1 % on the rest. Satisfaction is not proven (18 more decide it). At stake: EUR 4,200. Data complete to 14:30 Manila (08:30 yours).",
    );
  });

  it("names the two worst and counts the rest", () => {
    expect(say(buildSnapshot(CHAT))).toBe(
      "Acme Chat: 1 of 5 targets met this month. Answer rate missed (94.4 % against 96 %), which can no longer be mended. First response has no fresh data. 2 more need a look. Data complete to 04:45 Lisbon (05:45 yours).",
    );
  });

  it("a month that is met still says what is wrong today", () => {
    expect(say(single({}, { status: "at-risk", value: { num: 74, den: 100 } }))).toContain(
      "1 of 1 target met this month. Today Service level is at risk (74.0 % against 80 %).",
    );
  });

  it("targets of the day beside targets of the month are counted without a period", () => {
    const base = single({});
    const today = { kind: "day" as const, start: "2026-09-21", fromMs: 0, toMs: 1, open: true, part: false };
    const snapshot = {
      ...base,
      agreement: { ...base.agreement, targets: [...base.agreement.targets, buildTargetView({ id: "roadside", name: "Roadside" })] },
      verdicts: [...base.verdicts, buildVerdict({ targetId: "roadside", window: today })],
    };
    expect(say(snapshot)).toContain("all 2 targets met so far.");
  });

  it("a month that is over is named", () => {
    const closed = { kind: "month" as const, start: "1999-01-01", fromMs: 0, toMs: 1, open: false, part: false };
    expect(say(single({ window: closed, status: "missed", value: { num: 54_381, den: 100_000 } }))).toContain(
      "0 of 1 target met in January 1999. Service level missed (54.4 % against 80 %).",
    );
  });

  it("an agreement without data has no verdict, not a green one", () => {
    expect(say({ ...buildSnapshot(VOICE), verdicts: [] })).toBe("Acme Voice: no verdict yet; its feeds have not handed in any data.");
  });
});

describe("the rows of the board", () => {
  it("stand worst first; of the met ones the worse today leads", () => {
    expect(boardRows(fromSnapshot(buildSnapshot(VOICE))).map((row) => row.target.id)).toEqual([
      "service-level",
      "csat",
      "asa",
      "abandonment",
      "aht",
    ]);
    expect(boardRows(fromSnapshot(buildSnapshot(CHAT))).map((row) => row.verdict?.status)).toEqual([
      "missed",
      "no-data",
      "not-proven",
      "not-derivable",
      "met",
    ]);
  });

  it("the members of a target take one line, that of the worst, and the others stand behind it", () => {
    const rows = boardRows(fromSnapshot(buildSnapshot(CHAT)));
    const line = rows.find((row) => row.key === "handle-time");
    expect(line?.target.name).toBe("Handle time, Billing");
    expect(line?.others.map((row) => row.target.of?.member)).toEqual(["Claims", "Sales"]);
    expect(rows.map((row) => row.key)).toHaveLength(5);
  });

  it("an open window has an outlook, a closed one has ended", () => {
    const snapshot = buildSnapshot(VOICE);
    const closed = snapshot.verdicts.map((verdict) => ({ ...verdict, window: { ...verdict.window, open: false } }));
    const outlookIn = (state: Snapshot) => boardRows(fromSnapshot(state)).find((row) => row.key === "service-level")?.outlook;
    expect(outlookIn(snapshot)?.pMiss).toBe(0.83);
    expect(outlookIn({ ...snapshot, verdicts: closed })).toBeNull();
  });

  it("a target whose feed is silent says so", () => {
    const rows = boardRows(fromSnapshot(buildSnapshot(CHAT)));
    expect(rows.filter((row) => row.isLate).map((row) => row.target.id)).toEqual(["answer-rate", "first-response"]);
  });

  it("a day without a verdict stays a gap in the trend", () => {
    const state = fromSnapshot({
      ...buildSnapshot(VOICE),
      verdicts: [buildVerdict({ day: "2026-09-18" }), buildVerdict({ day: "2026-09-21", value: null, status: "no-data" })],
    });
    expect(boardRows(state).find((row) => row.target.id === "service-level")?.trend).toEqual([0.82, null, null, null]);
  });

  it("the tally is told in words, worst first", () => {
    expect(tallyWords(boardRows(fromSnapshot(buildSnapshot(VOICE))))).toBe("1 at risk, 1 not proven, 3 on target");
  });
});

describe("the heading of a target", () => {
  it.each([
    { id: "service-level", story: VOICE, heading: "Service level is at risk: 78.9 % against 80 %" },
    { id: "aht", story: VOICE, heading: "Handle time is on target: 6:12 against 6:30" },
    { id: "csat", story: VOICE, heading: "Satisfaction is not proven: 4.1 against 4.2, from 32" },
    { id: "answer-rate", story: CHAT, heading: "Answer rate missed: 94.4 % against 96 %" },
    { id: "service-level", story: CHAT, heading: "Service level is not derivable" },
  ])("$heading", ({ id, story, heading }) => {
    const state = fromSnapshot(buildSnapshot(story));
    const name = state.agreement.targets.find((target) => target.id === id)?.name ?? "";
    expect(targetFinding(name, rowVerdict(state, id)).replaceAll("\u00a0", " ")).toBe(heading);
  });
});

describe("the chart of the board", () => {
  it("is of the worst target of all agreements, not of the first agreement", () => {
    const [voice, calm] = [fromSnapshot(buildSnapshot(VOICE)), fromSnapshot(buildSnapshot(VOICE))];
    const rows = boardRows(voice);
    const met = boardRows(calm).filter(({ verdict }) => verdict?.status === "met");
    const boards = [
      { state: calm, rows: met },
      { state: voice, rows },
    ];
    expect(worstCharted(boards)?.row).toMatchObject({ target: { id: "service-level" }, verdict: { status: "at-risk" } });
    expect(worstCharted(boards.slice(0, 1))?.row.verdict?.status).toBe("met");
    expect(worstCharted([])).toBeNull();
  });
});
