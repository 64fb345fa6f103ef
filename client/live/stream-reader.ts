import type { SeenEntry, StreamEntry } from "../../shared/protocol/live.ts";
import type { Watched } from "../../shared/protocol/socket-events.ts";
import { type AgreementState, fromSnapshot, withEntry } from "./agreement-state.ts";

/** Reading one agreement's stream: what is known, whether a question is under way, and what arrived meanwhile. */
export interface StreamReader {
  readonly state: AgreementState | null;
  readonly asking: boolean;
  readonly held: readonly SeenEntry[];
}

/** A reader after one step. `applied` are the entries that took effect, in order; `ask` says from where to ask again. */
export interface ReaderStep {
  readonly reader: StreamReader;
  readonly applied: readonly StreamEntry[];
  readonly ask: { readonly cursor: number | null } | null;
}

export const NEW_READER: StreamReader = { state: null, asking: false, held: [] };

/** The connection is (again) there: whatever was asked before is void, and the server is asked from the cursor. */
export function connected(reader: StreamReader): ReaderStep {
  return { reader: { ...reader, asking: true, held: [] }, applied: [], ask: { cursor: reader.state?.seq ?? null } };
}

/** Entries arrived. Known ones are dropped; a hole is never stepped over but asked for. */
export function entriesArrived(reader: StreamReader, entries: readonly SeenEntry[]): ReaderStep {
  if (reader.asking) return { reader: { ...reader, held: [...reader.held, ...entries] }, applied: [], ask: null };
  if (reader.state === null) return { reader: { ...reader, asking: true }, applied: [], ask: { cursor: null } };
  return follow(reader, reader.state, entries);
}

/** The server answered the question: a snapshot restarts everything, a replay continues from the cursor. */
export function answerArrived(reader: StreamReader, answer: Watched): ReaderStep {
  const open = { ...reader, asking: false, held: [] };
  if (answer.kind === "snapshot") return follow(open, fromSnapshot(answer.snapshot), reader.held);
  if (reader.state === null) return { reader: { ...open, asking: true }, applied: [], ask: { cursor: null } };
  return follow(open, reader.state, [...answer.entries, ...reader.held]);
}

function follow(reader: StreamReader, start: AgreementState, entries: readonly SeenEntry[]): ReaderStep {
  let state = start;
  const applied: StreamEntry[] = [];
  for (const entry of entries) {
    if (entry.seq <= state.seq) continue;
    if (entry.seq > state.seq + 1) return { reader: { state, asking: true, held: [] }, applied, ask: { cursor: state.seq } };
    state = withEntry(state, entry);
    if (!("hidden" in entry)) applied.push(entry);
  }
  if (state.outdated) return { reader: { state, asking: true, held: [] }, applied, ask: { cursor: null } };
  return { reader: { ...reader, state }, applied, ask: null };
}
