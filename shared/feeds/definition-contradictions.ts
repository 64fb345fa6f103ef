import { isKnownZone } from "../calendar/zone.ts";
import { isCounterId, isTimed } from "../metrics/counter.ts";
import type { ContactFeed, DailyFeed, IntervalFeed } from "./feed-kinds.ts";
import { mappedColumns } from "./mapped-columns.ts";

export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Feed = ContactFeed | IntervalFeed | DailyFeed;

function startContradictions({ kind, start }: Feed): Contradiction[] {
  if ("instant" in start)
    return kind === "daily" ? [{ path: ["start"], message: "a daily feed starts with a date, not with an instant" }] : [];
  const found: Contradiction[] = [];
  const { format, firstDay } = start.date;
  if ((format === "day-number") !== (firstDay !== undefined)) {
    found.push({ path: ["start", "date", "firstDay"], message: "is needed for the format day-number, and for no other" });
  }
  if (kind === "daily" && start.time !== undefined) found.push({ path: ["start", "time"], message: "a daily feed has no time of day" });
  if (kind !== "daily" && start.time === undefined)
    found.push({ path: ["start", "time"], message: `is needed: without it every ${kind} would start at midnight` });
  return found;
}

/** A counter of time needs its unit, a count has none; anything else would sum seconds as milliseconds. */
function counterContradictions(feed: IntervalFeed | DailyFeed): Contradiction[] {
  const found: Contradiction[] = [];
  if (Object.keys(feed.counters).length + Object.keys(feed.claims).length === 0)
    found.push({ path: ["counters"], message: "names no column to read" });
  for (const [id, count] of Object.entries(feed.counters)) {
    if (!isCounterId(id) || count === undefined) continue;
    if ("constant" in count) {
      if (id !== "backlog-snapshots")
        found.push({ path: ["counters", id, "constant"], message: "is only for backlog-snapshots, where every row is one" });
      continue;
    }
    const timed = isTimed(id);
    if (timed && count.unit === undefined) found.push({ path: ["counters", id, "unit"], message: "is needed: this counter sums time" });
    if (!timed && count.unit !== undefined)
      found.push({ path: ["counters", id, "unit"], message: "must not be there: this counter counts" });
  }
  return found;
}

function outcomeContradictions({ outcome, never }: ContactFeed): Contradiction[] {
  return outcome.flatMap(({ when }, at) => {
    const wanted = Object.values(when).flat();
    if (wanted.includes("never") && never.length === 0)
      return [{ path: ["outcome", at, "when"], message: '"never" needs the list never in the definition' }];
    return wanted.length === 0 && at < outcome.length - 1
      ? [{ path: ["outcome", at, "when"], message: "matches every row, so the rules after it never apply" }]
      : [];
  });
}

function ignoreContradictions(feed: Feed): Contradiction[] {
  const mapped = new Set(mappedColumns(feed));
  return feed.ignore.flatMap((column, at) =>
    mapped.has(column) ? [{ path: ["ignore", at], message: `"${column}" is read by another part of the definition` }] : [],
  );
}

/** What each part allows and the whole does not: every contradiction at once. */
export function contradictionsIn(feed: Feed): Contradiction[] {
  const zone = isKnownZone(feed.timeZone)
    ? []
    : [{ path: ["timeZone"], message: `"${feed.timeZone}" is not a known IANA time zone such as Europe/Berlin` }];
  const own = feed.kind === "contact" ? outcomeContradictions(feed) : counterContradictions(feed);
  return [...zone, ...startContradictions(feed), ...own, ...ignoreContradictions(feed)];
}
