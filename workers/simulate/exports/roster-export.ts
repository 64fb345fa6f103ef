import { addDays, type Day } from "../../../shared/calendar/day.ts";
import { rosterFrom } from "../quality/quality-course.ts";
import { AGENTS, daysSince } from "../quality/quality-story.ts";

const HEADER = "snapshot,agent,started,left,last_day";

/** The personnel system's export of the second provider: on each Monday everybody who is employed, and who left since the Monday before. */
export function rosterExport(hired: Day, mondays: readonly Day[]): string {
  const lines = mondays.flatMap((monday) =>
    AGENTS.flatMap(({ name, from, to }) => {
      const [started, last] = [addDays(hired, from), to === null ? null : addDays(hired, to)];
      if (daysSince(hired, monday) < from || (last !== null && last < rosterFrom(monday))) return [];
      const hasLeft = last !== null && last <= monday;
      return [[monday, name, started, hasLeft ? "yes" : "no", hasLeft ? last : ""].join(",")];
    }),
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}
