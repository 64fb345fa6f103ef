import type { CauseRow, Cohort } from "./cause-rows.ts";

/** Rows that one way of splitting does not tell apart. */
export interface CauseGroup {
  readonly queue: string;
  readonly cohort: Cohort | null;
  readonly band: number | null;
  /** Volume before and after. */
  readonly n: readonly [number, number];
}

/** A sum of rates with weights: what a part is made of. `weights[row]` belongs to one unit above the line of that row. */
export type Form = Float64Array;

/** Groups of the rows, in an order that does not depend on theirs, and the group of each row. */
export interface Grouping {
  readonly groups: readonly CauseGroup[];
  readonly groupOf: readonly number[];
}

export function groupRows(rows: readonly CauseRow[], by: { readonly cohort?: true; readonly band?: true }): Grouping {
  const nameOf = ({ queue, cohort, band }: CauseRow): string =>
    JSON.stringify([queue, by.cohort === true ? cohort : null, by.band === true ? band : null]);
  const volumes = new Map<string, { queue: string; cohort: Cohort | null; band: number | null; n: [number, number] }>();
  for (const row of rows) {
    const name = nameOf(row);
    const known = volumes.get(name) ?? {
      queue: row.queue,
      cohort: by.cohort === true ? row.cohort : null,
      band: by.band === true ? row.band : null,
      n: [0, 0],
    };
    known.n[row.window] += row.n;
    volumes.set(name, known);
  }
  const names = [...volumes.keys()].toSorted();
  const places = new Map(names.map((name, at) => [name, at]));
  return {
    groups: names.flatMap((name) => volumes.get(name) ?? []),
    groupOf: rows.map((row) => places.get(nameOf(row)) ?? 0),
  };
}

/** The rates of the groups before and after. */
export type Rates = readonly (readonly [number, number])[];

/**
 * The parts of a split as weighted sums of what the rows have above the line. With volumes given each part is linear in the rates,
 * so its weights are what it gives for one rate of 1 among rates of 0.
 *
 * @param split amounts of the parts, linear in the rates.
 */
export function formsOf(rows: readonly CauseRow[], grouping: Grouping, split: (rates: Rates) => readonly number[]): Form[] {
  const { groups, groupOf } = grouping;
  const rates = groups.map((): [number, number] => [0, 0]);
  const effects = groups.map((_, at) =>
    ([0, 1] as const).map((window) => {
      const rate = rates[at];
      if (rate !== undefined) rate[window] = 1;
      const parts = [...split(rates)];
      if (rate !== undefined) rate[window] = 0;
      return parts;
    }),
  );
  const count = split(rates).length;
  return Array.from({ length: count }, (_, part) =>
    Float64Array.from(rows, (row, at) => {
      const group = groupOf[at] ?? 0;
      const volume = groups[group]?.n[row.window] ?? 0;
      return volume > 0 ? (effects[group]?.[row.window]?.[part] ?? 0) / volume : 0;
    }),
  );
}
