/** The parts of an agreement, in the order in which a person reads them. */
export const HEADINGS = [
  "Term and parties",
  "Programs and hours",
  "Targets",
  "Ramp-up",
  "Volume",
  "Exclusions",
  "Money",
  "Improvement",
  "Ending",
  "Deadlines",
  "Alerts",
] as const;
export type Heading = (typeof HEADINGS)[number];

/** One thing that was agreed, in one or two plain sentences. */
export interface Clause {
  /** Where it stands in the document, list items by their id: `targets.service-level.expected`. It names the clause in every version. */
  readonly path: string;
  /** Other places that the sentences rest on. */
  readonly also: readonly string[];
  readonly heading: Heading;
  /** The target or program it is about. */
  readonly about: string | null;
  readonly says: string;
  /** The level it fixes, as the document writes it. */
  readonly level: string | null;
}

/** A clause with what most clauses lack left out. */
export function clause(heading: Heading, path: string, says: string, rest: Partial<Clause> = {}): Clause {
  return { heading, path, says, also: [], about: null, level: null, ...rest };
}
