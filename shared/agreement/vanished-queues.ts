import { DAY_MS } from "../calendar/day.ts";
import type { QueueIntervals } from "../facts/interval.ts";

/** A queue that delivered and does so no more, and the new one that may be it under another name. */
export interface VanishedQueue {
  readonly queue: string;
  readonly lastMs: number;
  readonly looksLike: string | null;
}

/** A weekend and a holiday are no farewell. */
const QUIET_MS = 5 * DAY_MS;
/** Which part of the letters may differ. */
const SIMILAR = 0.4;

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Edit distance of two texts (Levenshtein): letters put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, left] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (b[j] === left ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}

function isSimilar(a: string, b: string): boolean {
  const [x, y] = [letters(a), letters(b)];
  if (x === y || (x.length > 2 && y.includes(x)) || (y.length > 2 && x.includes(y))) return true;
  return distance(x, y) <= SIMILAR * Math.max(x.length, y.length);
}

/** Queues whose data has ended days before that of the feed. */
export function vanishedQueues(queues: readonly QueueIntervals[]): VanishedQueue[] {
  const known = queues
    .filter(({ intervals }) => intervals.length > 0)
    .map(({ queue, intervals }) => {
      const starts = intervals.map(({ startMs }) => startMs);
      return { queue, firstMs: Math.min(...starts), lastMs: Math.max(...starts) };
    });
  const feedLastMs = Math.max(...known.map(({ lastMs }) => lastMs));
  return known
    .filter(({ lastMs }) => feedLastMs - lastMs > QUIET_MS)
    .map(({ queue, lastMs }) => {
      const heir = known.find((other) => other.firstMs > lastMs && isSimilar(other.queue, queue));
      return { queue, lastMs, looksLike: heir?.queue ?? null };
    });
}
