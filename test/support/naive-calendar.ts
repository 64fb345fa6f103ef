import type { Agreement, Program, Target } from "../../shared/agreement/agreement.ts";
import type { Exclusion } from "../../shared/agreement/exclusion.ts";

/** One interval of one queue; `within` is the count that a source may not give. */
export interface NaiveRow {
  readonly queue: string;
  readonly startMs: number;
  readonly counts: Readonly<Record<"offered" | "answered" | "abandoned" | "handleMs", number>> & { readonly within: number | null };
}
/** With its local day, and whether it starts in the hours of its queue. */
export type DatedRow = NaiveRow & { readonly day: string; readonly isOpen: boolean };

/** What was agreed, handed in, claimed and forecast. */
export interface NaiveWorld {
  /** Of the versions of one agreement, oldest first. */
  readonly agreements: readonly Agreement[];
  readonly rows: readonly NaiveRow[];
  readonly exclusions: readonly Exclusion[];
  readonly forecast: ReadonlyMap<string, number>;
  readonly nowMs: number;
}
/** A target or member under one version; `queues` is `null` for all. */
export interface NaiveCase extends Omit<NaiveWorld, "agreements" | "rows"> {
  readonly agreement: Agreement;
  readonly term: NaiveDays;
  readonly id: string;
  readonly target: Target;
  readonly queues: readonly string[] | null;
  readonly rows: readonly DatedRow[];
}
/** First and last local day, both included. */
export interface NaiveDays {
  readonly first: string;
  readonly last: string;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const plain = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day);
const at = ({ timeZone }: Agreement, ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);

/** First instant of a day, or of the one so many days later. */
export function startOf({ agreement }: Pick<NaiveCase, "agreement">, day: string, plus = 0): number {
  return plain(day).add({ days: plus }).toZonedDateTime(agreement.timeZone).epochMilliseconds;
}

function membersOf({ programs }: Agreement, target: Target): { id: string; queues: readonly string[] | null }[] {
  const named = programs.filter(({ id }) => target.programs?.includes(id) !== false);
  const inNamed = named.flatMap(({ queues }) => queues);
  const whole = target.programs !== undefined ? inNamed : target.queues === "all" ? null : target.queues;
  if (target.each === undefined) return [{ id: target.id, queues: whole }];
  const { each } = target;
  const names =
    each === "queue" ? (whole ?? inNamed) : named.flatMap((program) => (each === "program" ? program.id : (program[each] ?? [])));
  const queuesOf = (name: string) =>
    each === "queue" ? [name] : named.filter((one) => (each === "program" ? one.id : one[each]) === name).flatMap(({ queues }) => queues);
  const members = [...new Set(names)].map((name) => ({ id: `${target.id}@${name}`, queues: queuesOf(name) }));
  return members.length === 0 ? [{ id: target.id, queues: whole }] : members;
}

function isOpen(agreement: Agreement, program: Program | undefined, ms: number): boolean {
  const zoned = at(agreement, ms);
  const day = zoned.toPlainDate().toString();
  const override = (program?.overrides ?? agreement.overrides).find(({ date }) => date === day)?.hours;
  const isHoliday = (program?.holidays ?? agreement.holidays).includes(day);
  const weekly = program?.serviceHours ?? agreement.serviceHours;
  const ofWeekday = weekly === "always" ? weekly : weekly.filter(({ days }) => days.some((one) => one === WEEKDAYS[zoned.dayOfWeek - 1]));
  const hours = override ?? (isHoliday ? "closed" : ofWeekday);
  const clock = zoned.toPlainTime().toString().slice(0, 5);
  return typeof hours === "string" ? hours === "always" : hours.some(({ from, to }) => clock >= from && clock < to);
}

const programOf = ({ programs }: Agreement, queue: string) => programs.find(({ queues }) => queues.includes(queue));

/** Every target and member under every version, with the days that the version governs. */
export function naiveCases({ agreements, rows, ...world }: NaiveWorld): NaiveCase[] {
  return agreements.flatMap((agreement, i) => {
    const overtaken = agreements.slice(i + 1).map(({ effectiveFrom }) => plain(effectiveFrom).subtract({ days: 1 }).toString());
    const last = [...overtaken, agreement.effectiveTo ?? "9999-12-31"].toSorted()[0] ?? "";
    const term = { first: agreement.effectiveFrom, last };
    const dated = rows.map((row): DatedRow => {
      const day = at(agreement, row.startMs).toPlainDate().toString();
      return { ...row, day, isOpen: isOpen(agreement, programOf(agreement, row.queue), row.startMs) };
    });
    return agreement.targets.flatMap((target) =>
      membersOf(agreement, target).map((member) => ({ ...world, ...member, agreement, term, target, rows: dated })),
    );
  });
}

/** Windows of a kind that contain a day of the term: of the calendar cut to it, rolling ones only whole and once their last day began. */
export function naiveWindows(of: NaiveCase, kind: string, day: string): NaiveDays[] {
  const { term } = of;
  if (day < term.first || day > term.last) return [];
  const [date, length] = [plain(day), Number(/\d+/u.exec(kind)?.[0] ?? 0)];
  if (length > 0) {
    return Array.from({ length }, (_, i) => date.add({ days: i }))
      .map((last) => ({ first: last.subtract({ days: length - 1 }).toString(), last: last.toString() }))
      .filter(({ first, last }) => first >= term.first && last <= term.last && startOf(of, last) <= of.nowMs);
  }
  const into = (date.dayOfWeek + 6 - WEEKDAYS.indexOf(of.agreement.weekStart)) % 7;
  const month = date.with({ day: 1 });
  const quarter = month.subtract({ months: (date.month - 1) % 3 });
  const first = kind === "day" ? date : kind === "week" ? date.subtract({ days: into }) : kind === "month" ? month : quarter;
  const span = kind === "day" ? { days: 1 } : kind === "week" ? { days: 7 } : { months: kind === "month" ? 1 : 3 };
  const last = first.add(span).subtract({ days: 1 }).toString();
  return [{ first: first.toString() < term.first ? term.first : first.toString(), last: last > term.last ? term.last : last }];
}

/** The window that ends on the day before another begins, or begins on the day after it ends. */
export function neighbour(of: NaiveCase, kind: string, { first, last }: NaiveDays, side: "before" | "after"): NaiveDays | null {
  const day = plain(side === "before" ? first : last)
    .add({ days: side === "before" ? -1 : 1 })
    .toString();
  const touches = (one: NaiveDays): boolean => (side === "before" ? one.last : one.first) === day;
  return naiveWindows(of, kind, day).find(touches) ?? null;
}

/** Whether an interval is in scope and starts in the hours of its queue. */
export function isCounted(of: NaiveCase, row: DatedRow): boolean {
  return row.isOpen && of.queues?.includes(row.queue) !== false;
}

/** Whether any quarter of an hour of the window is in the hours of any queue in scope. */
export function isMeasured(of: NaiveCase, { first, last }: NaiveDays): boolean {
  const queues = of.queues ?? of.agreement.programs.flatMap((program) => program.queues);
  const programs = new Set(queues.map((queue) => programOf(of.agreement, queue)));
  if (of.queues === null) programs.add(undefined);
  const endMs = startOf(of, last, 1);
  for (let ms = startOf(of, first); ms < endMs; ms += 900_000) {
    for (const program of programs) if (isOpen(of.agreement, program, ms)) return true;
  }
  return false;
}
