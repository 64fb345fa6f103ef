import type { Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import { buildReceipt, buildSnapshot } from "./client-fixture.ts";
import { VOICE } from "./client-story-voice.ts";

export function snapshotAt(seq: number): Snapshot {
  return { ...buildSnapshot(VOICE), seq };
}

/** A stream entry that carries a receipt of its own, so that a test sees which entries took effect. */
export function entry(seq: number): StreamEntry {
  return { seq, atMs: seq, event: { kind: "receipt:changed", receipt: buildReceipt({ number: seq }) } };
}
