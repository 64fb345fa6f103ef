import type { Day } from "../calendar/day.ts";
import { compileHours, type OpenHours } from "../calendar/open-hours.ts";
import { mergeRanges, type Range } from "../calendar/range.ts";
import type { Zone } from "../calendar/zone.ts";
import type { Agreement, Program, Target } from "./agreement.ts";

/** Queues that are counted, and when. The first scope that names a queue is its own. */
export interface Scope {
  readonly queues: "all" | readonly string[];
  readonly hours: OpenHours;
}

/** The hours of an agreement and of its programs, compiled once. */
export interface AgreementHours {
  readonly own: OpenHours;
  /** Hours by program id, of the programs that have their own. */
  readonly programs: ReadonlyMap<string, OpenHours>;
}

function hasOwnHours({ serviceHours, holidays, overrides }: Program): boolean {
  return serviceHours !== undefined || holidays !== undefined || overrides !== undefined;
}

/** What a program does not say for itself it takes from the agreement. */
export function compileAgreementHours(zone: Zone, agreement: Agreement): AgreementHours {
  const { serviceHours: hours, holidays, overrides } = agreement;
  const programs = agreement.programs.filter(hasOwnHours).map((program): [string, OpenHours] => {
    const rules = {
      hours: program.serviceHours ?? hours,
      holidays: program.holidays ?? holidays,
      overrides: program.overrides ?? overrides,
    };
    return [program.id, compileHours(zone, rules)];
  });
  return { own: compileHours(zone, { hours, holidays, overrides }), programs: new Map(programs) };
}

/** Hours follow the queue: a queue of a program with its own hours is counted in those, any other in the agreement's. */
export function scopeOf(agreement: Agreement, hours: AgreementHours, target: Target): Scope[] {
  const named = agreement.programs.filter(({ id }) => target.programs?.includes(id) ?? true);
  const scopes: Scope[] = [];
  const left = target.queues === "all" ? null : new Set(target.queues);
  for (const program of named) {
    const own = hours.programs.get(program.id);
    const queues = program.queues.filter((queue) => left === null || left.has(queue));
    if (own === undefined || queues.length === 0) continue;
    scopes.push({ queues, hours: own });
    for (const queue of queues) left?.delete(queue);
  }
  if (left === null || left.size > 0 || scopes.length === 0) scopes.push({ queues: left === null ? "all" : [...left], hours: hours.own });
  return scopes;
}

/** The hours in which a queue is counted; `null` when it is out of scope. */
export function hoursOf(scope: readonly Scope[], queue: string): OpenHours | null {
  return scope.find(({ queues }) => queues === "all" || queues.includes(queue))?.hours ?? null;
}

/** Whether anything is measured on a local day. */
export function isMeasured(scope: readonly Scope[], day: Day): boolean {
  for (const { hours } of scope) if (hours.rangesOf(day).length > 0) return true;
  return false;
}

/** When anything of the scope is open on a local day. */
export function measuredRanges(scope: readonly Scope[], day: Day): readonly Range[] {
  const [only, second] = scope;
  if (only !== undefined && second === undefined) return only.hours.rangesOf(day);
  return mergeRanges(scope.flatMap(({ hours }) => hours.rangesOf(day)));
}
