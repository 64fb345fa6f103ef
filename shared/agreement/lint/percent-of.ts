/** A percentage of the money clauses as a number of percent. */
export function percentOf(text: string): number {
  return Number(text.replace("%", "").trim());
}
