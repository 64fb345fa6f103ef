/** One thing that waits to be judged: a local day of a feed, or of one of its queues. */
export interface DirtyMark {
  readonly feed: string;
  readonly day: string;
  /** `null`: whichever, so that everything of the day is judged. */
  readonly queue: string | null;
}

/** A row of a feed as far as it says what has to be judged again. */
interface Touching {
  readonly queue: string;
  readonly startMs: number;
}

/** More would make the set of marks larger than what it spares: a long file touches most queues anyway. */
const MOST_QUEUE_MARKS = 64;
const CHUNKS_BY_QUEUE = 2;

/** Members of the set of what waits to be judged, for some rows of a feed; days that are not to be judged are left out. */
export function marksOf(
  feed: string,
  {
    rows,
    chunk,
    localDay,
  }: { readonly rows: readonly Touching[]; readonly chunk: number; readonly localDay: (ms: number) => string | null },
): Set<string> {
  const days = new Set<string>();
  const queues = new Set<string>();
  for (const { queue, startMs } of rows) {
    const day = localDay(startMs);
    if (day === null) continue;
    days.add(`${feed}|${day}`);
    if (queues.size <= MOST_QUEUE_MARKS) queues.add(`${feed}|${day}|${queue}`);
  }
  return chunk < CHUNKS_BY_QUEUE && queues.size <= MOST_QUEUE_MARKS ? queues : days;
}

/** Ids of feeds and days have no bar in them; names of queues may. */
export function readMark(member: string): DirtyMark {
  const [feed = "", day = "", ...queue] = member.split("|");
  return { feed, day, queue: queue.length === 0 ? null : queue.join("|") };
}
