import type { AnyFeed } from "./any-feed.ts";
import type { ContactFeed } from "./feed-kinds.ts";
import type { QaFeed, RosterFeed, ScheduleFeed } from "./record-kinds.ts";

/** The columns that say when a row starts; none where the whole file has one day. */
export function startColumns(start: AnyFeed["start"]): string[] {
  if ("constant" in start) return [];
  if ("instant" in start) return [start.instant.column];
  return "time" in start && start.time !== undefined ? [start.date.column, start.time.column] : [start.date.column];
}

function checkColumns(check: AnyFeed["checks"][number]): string[] {
  switch (check.rule) {
    case "not-negative":
    case "equals":
      return [check.column];
    case "ends-before-start":
      return [check.column, check.start];
    case "duration-matches-clock":
      return [check.column, check.from, check.to];
  }
}

/** The parts of a definition that are there, in its order. */
export function present<Value>(parts: Readonly<Record<string, Value | undefined>>): Value[] {
  return Object.values(parts).filter((part) => part !== undefined);
}

function columnsIn(...parts: readonly unknown[]): string[] {
  return parts.flatMap((part) =>
    typeof part === "object" && part !== null && "column" in part && typeof part.column === "string" ? [part.column] : [],
  );
}

function contactColumns({ contactId, outcome, durations, csat, agent }: ContactFeed): string[] {
  return [...contactId, ...outcome.flatMap(({ when }) => Object.keys(when)), ...columnsIn(...present(durations), csat, agent)];
}

function qaColumns({ recordId, agent, evaluator, form, formVersion, score }: QaFeed): string[] {
  const own = [...recordId, ...columnsIn(agent, evaluator, form, formVersion)];
  if ("items" in score)
    return [...own, ...score.items.flatMap(({ column, second }) => (second === undefined ? [column] : [column, second]))];
  const { points, autoFail, criticalErrors, nonCritical, calibration } = score;
  return [
    ...own,
    ...columnsIn(...present(points), autoFail, ...present(criticalErrors), ...present({ ...nonCritical }), ...present({ ...calibration })),
  ];
}

function rosterColumns({ agent, service, left, leftOn, reason }: RosterFeed): string[] {
  const since = service === undefined ? undefined : "tenure" in service ? service.tenure : service.startedOn;
  return columnsIn(agent, since, left, leftOn, reason);
}

function scheduleColumns({ agent, recordId, end, activity }: ScheduleFeed): string[] {
  return [...columnsIn(agent), ...(recordId ?? []), ...columnsIn(...Object.values(end), activity)];
}

function valueColumns(definition: AnyFeed): string[] {
  switch (definition.kind) {
    case "contact":
      return contactColumns(definition);
    case "survey":
      return [
        ...definition.recordId,
        ...columnsIn(definition.agent, definition.csat, definition.nps, definition.resolved, definition.invited),
      ];
    case "qa":
      return qaColumns(definition);
    case "roster":
      return rosterColumns(definition);
    case "schedule":
      return scheduleColumns(definition);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return columnsIn(...present(definition.counters), ...present(definition.claims));
  }
}

/** Every column that the definition reads, once each; a file without one of them cannot be read. */
export function mappedColumns(definition: AnyFeed): string[] {
  const queue = "column" in definition.queue ? [definition.queue.column] : [];
  const version = definition.version === undefined ? [] : [definition.version.column];
  const checks = definition.checks.flatMap(checkColumns);
  return [...new Set([...startColumns(definition.start), ...queue, ...version, ...valueColumns(definition), ...checks])];
}
