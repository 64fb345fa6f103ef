import { describe, expect, it } from "vitest";
import { BOARD_PARTS } from "../../../client/features/board/board-rows.ts";
import { LiveStore } from "../../../client/live/live-store.ts";
import { createPartsReader } from "../../../client/live/use-agreement-parts.ts";
import type { StreamEvent } from "../../../shared/protocol/live.ts";
import { buildReceipt, buildSnapshot, buildVerdict } from "../../support/client-fixture.ts";
import { VOICE_RESTATEMENTS } from "../../support/client-restatements.ts";
import { CHAT } from "../../support/client-story-chat.ts";
import { VOICE } from "../../support/client-story-voice.ts";

const [voice, chat] = [buildSnapshot(VOICE), buildSnapshot(CHAT)];
const cards = [voice, chat].map(({ agreement }) => ({ id: agreement.id }));

function openBoard() {
  const store = new LiveStore(() => 0);
  for (const snapshot of [voice, chat]) store.snapshotArrived(snapshot.agreement.id, snapshot);
  let { seq } = voice;
  const tell = (event: StreamEvent) => store.entriesArrived(voice.agreement.id, [{ seq: (seq += 1), atMs: seq, event }]);
  return { store, tell, read: createPartsReader(store, cards, BOARD_PARTS) };
}

describe("what the board draws from", () => {
  it("is the agreements that have arrived, in the order of the list", () => {
    const { read, store } = openBoard();
    const ids = (states: ReturnType<typeof read>) => states.map(({ agreement }) => agreement.id);
    expect(ids(read())).toEqual(cards.map(({ id }) => id));
    expect(ids(createPartsReader(store, [{ id: "unborn" }, ...cards.toReversed()], BOARD_PARTS)())).toEqual(
      cards.map(({ id }) => id).toReversed(),
    );
  });

  it("stays the same list when a receipt comes, for nothing of it is drawn there", () => {
    const { read, tell } = openBoard();
    const before = read();
    tell({ kind: "receipt:changed", receipt: buildReceipt({ number: 7 }) });
    expect(read()).toBe(before);
  });

  it("is a new list with a verdict, in which the other agreements are the same as before", () => {
    const { read, tell } = openBoard();
    const before = read();
    tell({ kind: "verdict:changed", verdict: buildVerdict({ status: "missed" }) });
    const after = read();
    expect(after).not.toBe(before);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(read()).toBe(after);
  });

  it("is a new list with a correction that leaves every verdict as it was", () => {
    const { read, tell } = openBoard();
    const before = read();
    for (const restatement of VOICE_RESTATEMENTS) tell({ kind: "restatement:made", restatement });
    expect(read()).not.toBe(before);
    expect(read()[0]?.restatements.size).toBe(VOICE_RESTATEMENTS.length);
  });
});
