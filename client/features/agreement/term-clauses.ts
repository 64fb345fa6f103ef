import type { Agreement } from "../../../shared/agreement/agreement.ts";
import { zoneCity } from "../../ui/zone-time.ts";
import { type Clause, clause } from "./clause.ts";
import { dateWords, hoursWords, listWords, overrideWords, weekdayName } from "./clause-words.ts";

/** Who agreed, from when, and on which clock. */
export function termClauses(agreement: Agreement): Clause[] {
  const { client, provider } = agreement.parties;
  const { effectiveFrom: from, effectiveTo: to, version, reason, timeZone, weekStart } = agreement;
  const until = to === undefined ? "until a later version replaces it" : `to ${dateWords(to)}, that day included`;
  const zone = zoneCity(timeZone) === timeZone ? timeZone : `${zoneCity(timeZone)} (${timeZone})`;
  const heading = "Term and parties";
  return [
    clause(heading, "parties", `“${agreement.name}” binds ${client}, the client, and ${provider}, the provider.`, { also: ["name"] }),
    clause(heading, "effectiveFrom", `Version ${version} applies from ${dateWords(from)} ${until}.`, { also: ["effectiveTo", "version"] }),
    ...(reason === undefined || reason === "" ? [] : [clause(heading, "reason", `Why there is this version: ${reason}`)]),
    clause(heading, "timeZone", `Days, weeks and months follow the clock of ${zone}. A week begins on ${weekdayName(weekStart)}.`, {
      also: ["weekStart"],
    }),
  ];
}

/** When it is measured, and which queues serve which line of business. */
export function hourClauses(agreement: Agreement): Clause[] {
  const heading = "Programs and hours";
  const clauses = [
    clause(heading, "serviceHours", `It is measured ${hoursWords(agreement.serviceHours)}.`),
    ...holidayClauses("", agreement.holidays),
    ...overrideClauses("", agreement.overrides),
    clause(heading, "intervalMinutes", `Contacts are counted in intervals of ${agreement.intervalMinutes} minutes.`),
  ];
  for (const program of agreement.programs) {
    const path = `programs.${program.id}`;
    const traits = [program.channel, program.language, program.site].filter((each) => each !== undefined);
    const about = program.name;
    const queues = `${program.queues.length === 1 ? "the queue" : "the queues"} ${listWords(program.queues)}`;
    clauses.push(
      clause(heading, path, `${about}${traits.length === 0 ? "" : ` (${traits.join(", ")})`} is served by ${queues}.`, {
        about,
      }),
    );
    if (program.serviceHours !== undefined)
      clauses.push(
        clause(heading, `${path}.serviceHours`, `It has hours of its own: ${hoursWords(program.serviceHours)}.`, {
          about,
        }),
      );
    clauses.push(...holidayClauses(`${path}.`, program.holidays ?? [], about));
    clauses.push(...overrideClauses(`${path}.`, program.overrides ?? [], about));
  }
  return clauses;
}

function holidayClauses(prefix: string, holidays: readonly string[], about: string | null = null): Clause[] {
  if (holidays.length === 0) return [];
  const says = `Nothing is measured on ${listWords([...holidays].toSorted().map(dateWords))}.`;
  return [clause("Programs and hours", `${prefix}holidays`, says, { about })];
}

function overrideClauses(prefix: string, overrides: Agreement["overrides"], about: string | null = null): Clause[] {
  if (overrides.length === 0) return [];
  return [clause("Programs and hours", `${prefix}overrides`, `Days with hours of their own: ${overrideWords(overrides)}.`, { about })];
}
