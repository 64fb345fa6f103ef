/**
 * Rules between the cells of a row, by their ids, and what breaking one means unless the definition says otherwise:
 * an error refuses the row, a warning keeps it.
 */
const USUAL = {
  /** Answered and abandoned together exceed offered. */
  "more-than-offered": "error",
  /** A part exceeds its whole: answered within a limit and answered, adherent and scheduled time, and so on. */
  "more-than-whole": "error",
  /** Talk, hold or after-call work of a contact is longer than its handle time. */
  "more-than-handle": "error",
  /** A written interval such as `09:00 - 09:30` is not as long as the feed's intervals. */
  "interval-length": "error",
  /** A printed ratio is not what the counts beside it give. */
  "claim-mismatch": "warning",
} as const;

export const CELL_RULES = ["more-than-offered", "more-than-whole", "more-than-handle", "interval-length", "claim-mismatch"] as const;
export type CellRule = (typeof CELL_RULES)[number];
export type Severities = Readonly<Record<CellRule, "error" | "warning">>;

/** How severe each rule is for a feed. */
export function severitiesOf(chosen: Readonly<Partial<Record<CellRule, "error" | "warning" | undefined>>> = {}): Severities {
  const severity = (rule: CellRule): "error" | "warning" => chosen[rule] ?? USUAL[rule];
  return {
    "more-than-offered": severity("more-than-offered"),
    "more-than-whole": severity("more-than-whole"),
    "more-than-handle": severity("more-than-handle"),
    "interval-length": severity("interval-length"),
    "claim-mismatch": severity("claim-mismatch"),
  };
}
