import type { ContactFeed, DailyFeed, IntervalFeed } from "./feed-kinds.ts";

type FeedDefinition = ContactFeed | IntervalFeed | DailyFeed;

function startColumns(start: FeedDefinition["start"]): string[] {
  if ("instant" in start) return [start.instant.column];
  return start.time === undefined ? [start.date.column] : [start.date.column, start.time.column];
}

function checkColumns(check: FeedDefinition["checks"][number]): string[] {
  return check.rule === "not-negative" ? [check.column] : [check.column, check.from, check.to];
}

/** The parts of a definition that are there, in its order. */
export function present<Value>(parts: Readonly<Record<string, Value | undefined>>): Value[] {
  return Object.values(parts).filter((part) => part !== undefined);
}

function valueColumns(definition: FeedDefinition): string[] {
  if (definition.kind !== "contact")
    return [...present(definition.counters), ...present(definition.claims)].flatMap((part) => ("column" in part ? [part.column] : []));
  const outcomes = definition.outcome.flatMap(({ when }) => Object.keys(when));
  const durations = present(definition.durations).map(({ column }) => column);
  return [...definition.contactId, ...outcomes, ...durations, ...(definition.csat === undefined ? [] : [definition.csat.column])];
}

/** Every column that the definition reads, once each; a file without one of them cannot be read. */
export function mappedColumns(definition: FeedDefinition): string[] {
  const queue = "column" in definition.queue ? [definition.queue.column] : [];
  const version = definition.version === undefined ? [] : [definition.version.column];
  const checks = definition.checks.flatMap(checkColumns);
  return [...new Set([...startColumns(definition.start), ...queue, ...version, ...valueColumns(definition), ...checks])];
}
