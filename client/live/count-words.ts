import { formatCount } from "../../shared/metrics/format.ts";

/** A count with its noun, as "1 row" or "1,204 rows". */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
