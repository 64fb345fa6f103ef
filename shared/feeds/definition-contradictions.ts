import { isKnownZone } from "../calendar/zone.ts";
import { isCounterId, isTimed } from "../metrics/counter.ts";
import type { AnyFeed } from "./any-feed.ts";
import type { Contradiction } from "./contradiction.ts";
import { cadenceContradictions } from "./cadence-contradictions.ts";
import { dialectContradictions } from "./dialect-contradictions.ts";
import type { ContactFeed, CountFeed } from "./feed-kinds.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { recordContradictions } from "./record-contradictions.ts";
import { writingContradictions } from "./writing-contradictions.ts";

/** Whether rows of the kind start with a day, with a time of day, or with either. */
function startsWith(feed: AnyFeed): "day" | "time" | "either" {
  switch (feed.kind) {
    case "daily":
    case "monthly":
    case "roster":
      return "day";
    case "contact":
    case "interval":
    case "schedule":
      return "time";
    case "forecast":
      return feed.intervalMinutes === undefined ? "day" : "time";
    case "survey":
    case "qa":
      return "either";
  }
}

function startContradictions(feed: AnyFeed): Contradiction[] {
  const { kind, start } = feed;
  if ("constant" in start) return [];
  const unit = startsWith(feed);
  if ("instant" in start)
    return unit === "day" ? [{ path: ["start"], message: `a ${kind} feed starts with a date, not with an instant` }] : [];
  const found: Contradiction[] = [];
  const { format, firstDay } = start.date;
  if ((format === "day-number") !== (firstDay !== undefined)) {
    found.push({ path: ["start", "date", "firstDay"], message: "is needed for the format day-number, and for no other" });
  }
  const time = "time" in start ? start.time : undefined;
  if (unit === "day" && time !== undefined) found.push({ path: ["start", "time"], message: `a ${kind} feed has no time of day` });
  if (unit === "time" && time === undefined)
    found.push({ path: ["start", "time"], message: `is needed: without it every ${kind} would start at midnight` });
  return found;
}

const FORECAST: readonly string[] = ["forecast-offered", "forecast-handle-ms", "required-ms"];

/** A counter of time needs its unit, a count has none; anything else would sum seconds as milliseconds. */
function counterContradictions(feed: CountFeed): Contradiction[] {
  const found: Contradiction[] = [];
  if (Object.keys(feed.counters).length + Object.keys(feed.claims).length === 0)
    found.push({ path: ["counters"], message: "names no column to read" });
  for (const [id, count] of Object.entries(feed.counters)) {
    if (!isCounterId(id) || count === undefined) continue;
    if (feed.kind === "forecast" && !FORECAST.includes(id))
      found.push({ path: ["counters", id], message: `is no forecast: a forecast feed has ${FORECAST.join(", ")}` });
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

function ignoreContradictions(feed: AnyFeed): Contradiction[] {
  const mapped = new Set(mappedColumns(feed));
  return feed.ignore.flatMap((column, at) =>
    mapped.has(column) ? [{ path: ["ignore", at], message: `"${column}" is read by another part of the definition` }] : [],
  );
}

/** Of two orders, the source's versions and the files', one must decide which row is the last word. */
function periodContradictions({ replaces, version }: AnyFeed): Contradiction[] {
  if (replaces !== "period" || version === undefined) return [];
  return [
    {
      path: ["replaces"],
      message: "period needs a feed without version: which file is the newest decides what is no longer there, not a column of the rows",
    },
  ];
}

function ownContradictions(feed: AnyFeed): Contradiction[] {
  if (feed.kind === "contact") return outcomeContradictions(feed);
  return "counters" in feed ? counterContradictions(feed) : recordContradictions(feed);
}

/** What each part allows and the whole does not: every contradiction at once. */
export function contradictionsIn(feed: AnyFeed): Contradiction[] {
  const zone = isKnownZone(feed.timeZone)
    ? []
    : [{ path: ["timeZone"], message: `"${feed.timeZone}" is not a known IANA time zone such as Europe/Berlin` }];
  return [
    ...zone,
    ...startContradictions(feed),
    ...periodContradictions(feed),
    ...ownContradictions(feed),
    ...dialectContradictions(feed),
    ...writingContradictions(feed),
    ...ignoreContradictions(feed),
    ...cadenceContradictions(feed.expected),
  ];
}
