import type { Redis } from "ioredis";
import { StreamEntry, StreamEvent } from "../protocol/live.ts";
import { agreementKeys } from "./keys.ts";

const KINDS: ReadonlySet<unknown> = new Set(StreamEvent.options.map(({ shape }) => shape.kind.value));

/** Of an event that a worker of this installation has just written the kind is looked at; whoever draws it parses it whole. */
function isEvent(event: unknown): event is StreamEvent {
  return typeof event === "object" && event !== null && "kind" in event && KINDS.has(event.kind);
}

function seqOf(streamId: string): number {
  return Number(streamId.slice(0, streamId.indexOf("-")));
}

/** The last sequence number of an agreement's stream; 0 before the first entry. */
export async function latestSeq(redis: Redis, agreementId: string): Promise<number> {
  return Number((await redis.get(agreementKeys(agreementId).seq)) ?? "0");
}

/** What a message of `STREAM_TOLD_CHANNEL` is about. */
export function toldOf(message: string): string {
  const end = message.indexOf("\n");
  return end < 0 ? message : message.slice(0, end);
}

/** The entries that a message of `STREAM_TOLD_CHANNEL` brings along, in order; none where they are too many to be told, or of a kind unknown. */
export function toldEntries(message: string): StreamEntry[] {
  const [, first, atMs, ...texts] = message.split("\n");
  const events: unknown[] = texts.map((text) => JSON.parse(text));
  if (!events.every(isEvent)) return [];
  return events.map((event, i) => ({ seq: Number(first) + i, atMs: Number(atMs), event }));
}

/**
 * Entries after a cursor, in order.
 *
 * @returns `gap` when the stream no longer reaches back to the cursor, or the cursor lies in the future: then only a
 *   snapshot gives the truth.
 */
export async function readEntries(
  redis: Redis,
  agreementId: string,
  afterSeq: number,
  limit: number,
): Promise<{ entries: StreamEntry[]; gap: boolean }> {
  const keys = agreementKeys(agreementId);
  // The number first: an entry that is appended in between must not look like one that is missing.
  const [latest, rows] = await Promise.all([
    latestSeq(redis, agreementId),
    redis.xrange(keys.stream, `(${afterSeq}-0`, "+", "COUNT", limit),
  ]);
  if (afterSeq > latest) return { entries: [], gap: true };
  const entries = rows.map(([id, fields]) =>
    StreamEntry.parse({ seq: seqOf(id), atMs: Number(fields[1]), event: JSON.parse(fields[3] ?? "null") }),
  );
  const first = entries[0]?.seq;
  const gap = first === undefined ? afterSeq < latest && rows.length === 0 : first !== afterSeq + 1;
  return gap ? { entries: [], gap } : { entries, gap };
}
