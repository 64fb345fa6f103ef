import { agentChanges } from "./cause-agents.ts";
import { type Chance, chanceOf, errorOf } from "./cause-chance.ts";
import { type CauseFacts, figureOf, queuesOf } from "./cause-facts.ts";
import { type CauseRow, TENURE_BANDS } from "./cause-rows.ts";
import type { PartSubject } from "./cause-views.ts";
import { isProven, NOISE_ERRORS, type WeighedView } from "./cause-weigh.ts";
import type { Cause } from "./drift-view.ts";

type Closer = NonNullable<Cause["closer"]>;
type Row = Closer["rows"][number];

/** Rows against other rows: `own` in one window, `against` in the same or the other. */
interface Comparison {
  readonly name: string;
  readonly isOwn: (row: CauseRow) => boolean;
  readonly isAgainst: (row: CauseRow) => boolean;
}

interface Looked extends CauseFacts {
  readonly chance: Chance;
}

function compared({ rows, chance }: Looked, { name, isOwn, isAgainst }: Comparison): Row[] {
  const [own, against] = [rows.filter(isOwn), rows.filter(isAgainst)];
  const volume = (some: readonly CauseRow[]): number => some.reduce((sum, { n }) => sum + n, 0);
  const [n, others] = [volume(own), volume(against)];
  if (n === 0 || others === 0) return [];
  const rate = (some: readonly CauseRow[]): number => some.reduce((sum, { num }) => sum + num, 0) / volume(some);
  const form = Float64Array.from(rows, (row) => (isOwn(row) ? 1 / n : 0) - (isAgainst(row) ? 1 / others : 0));
  const [error, [value, level]] = [errorOf(rows, form, chance), [rate(own), rate(against)]];
  const sample = own.reduce((sum, row) => sum + (row.sample ?? row.n), 0);
  return [{ name, n: sample, value, against: level, proven: error !== null && Math.abs(value - level) >= NOISE_ERRORS * error }];
}

function changeOf(name: string, isOne: (row: CauseRow) => boolean): Comparison {
  return { name, isOwn: (row) => row.window === 1 && isOne(row), isAgainst: (row) => row.window === 0 && isOne(row) };
}

function byQueue(looked: Looked, title: string): Closer {
  return {
    title,
    rows: queuesOf(looked.rows).flatMap((name) =>
      compared(
        looked,
        changeOf(name, ({ queue }) => queue === name),
      ),
    ),
  };
}

/** Weeks of tenure, the first ones singly: new people learn fast. */
const WEEKS = [
  { name: "Weeks 1–2", from: 0, to: 13 },
  { name: "Weeks 3–4", from: 14, to: 27 },
  { name: "Weeks 5–8", from: 28, to: 55 },
  { name: "Weeks 9–13", from: 56, to: 90 },
  { name: "Later", from: 91, to: Number.POSITIVE_INFINITY },
] as const;

function entrants(looked: Looked): Closer {
  const isAgainst = ({ window, cohort }: CauseRow): boolean => window === 1 && cohort === "stayers";
  const isEntrant = ({ window, cohort }: CauseRow): boolean => window === 1 && cohort === "entrants";
  const weeks = WEEKS.flatMap(({ name, from, to }) =>
    compared(looked, {
      name,
      isOwn: (row) => isEntrant(row) && row.tenureDays !== null && row.tenureDays >= from && row.tenureDays <= to,
      isAgainst,
    }),
  );
  if (weeks.length > 0) return { title: "Entrants by tenure, against those who stayed", rows: weeks };
  const rows = queuesOf(looked.rows).flatMap((name) =>
    compared(looked, {
      name,
      isOwn: (row) => isEntrant(row) && row.queue === name,
      isAgainst: (row) => isAgainst(row) && row.queue === name,
    }),
  );
  return { title: "Entrants by queue, against those who stayed", rows };
}

function leavers(looked: Looked): Closer {
  const isOf = (cohort: CauseRow["cohort"], name: string) => (row: CauseRow) =>
    row.window === 0 && row.cohort === cohort && row.queue === name;
  const rows = queuesOf(looked.rows).flatMap((name) =>
    compared(looked, { name, isOwn: isOf("leavers", name), isAgainst: isOf("stayers", name) }),
  );
  return { title: "Leavers by queue while they were there, against those who stayed", rows };
}

/** Agents who stayed are shown singly only where they differ from their colleagues; everybody else is one row. */
function stayers(looked: Looked): Closer {
  const named = agentChanges(looked.rows, looked.chance, looked.question.kind).filter(({ isNamed }) => isNamed);
  if (named.length === 0) return byQueue(looked, "By queue, before and since");
  const names = new Set(named.map(({ agent }) => agent));
  const others = compared(
    looked,
    changeOf("Others who stayed", ({ cohort, agent }) => cohort === "stayers" && (agent === null || !names.has(agent))),
  );
  const rows = named.map(({ agent, n, shrunk, before }): Row => ({
    name: `Agent ${agent}`,
    n,
    value: shrunk,
    against: before,
    proven: true,
  }));
  return { title: "Agents who moved apart from their colleagues, before and since", rows: [...rows, ...others] };
}

const HANDLE_PARTS = [
  { sum: "talk", name: "Talk" },
  { sum: "hold", name: "Hold" },
  { sum: "wrap", name: "Wrap-up" },
] as const;

function handleParts({ rows }: Looked, { parts }: WeighedView): Closer {
  return {
    title: "Handle time in parts, before and since",
    rows: HANDLE_PARTS.map(({ sum, name }): Row => {
      const [before, after] = [figureOf(rows, 0, sum), figureOf(rows, 1, sum)];
      const proven = parts.some((part) => part.kind === sum && isProven(part));
      return { name, n: after.sample, value: after.value ?? 0, against: before.value ?? 0, proven };
    }),
  };
}

function byBand(looked: Looked): Closer {
  const rows = [...TENURE_BANDS.entries()].flatMap(([band, name]) =>
    compared(
      looked,
      changeOf(name, (row) => row.band === band),
    ),
  );
  return { title: "By tenure, before and since", rows };
}

function tableOf(subject: PartSubject, looked: Looked, view: WeighedView): Closer {
  switch (subject.of) {
    case "cohort":
      return { entrants, leavers, stayers }[subject.cohort](looked);
    case "handle":
      return handleParts(looked, view);
    case "band":
    case "tenure-mix":
      return byBand(looked);
    default:
      return byQueue(looked, "By queue, before and since");
  }
}

/** The table that shows the leading part of a view more closely; `null` where there is nothing to show. */
export function closerOf(subject: PartSubject, facts: CauseFacts, view: WeighedView): Closer | null {
  const { kind, dispersion = 1 } = facts.question;
  const chance = chanceOf(facts.rows, "num", { kind, dispersion: Math.max(1, dispersion) });
  const table = tableOf(subject, { ...facts, chance }, view);
  return table.rows.length === 0 ? null : table;
}
