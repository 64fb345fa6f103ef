import type { Verdict } from "../../shared/agreement/verdict.ts";
import { compareRatio, type Ratio } from "../../shared/stats/ratio.ts";

/** Whether a figure lies beyond what was agreed; a band has two sides. */
export function isBeyond(ratio: Ratio, { direction, expected, notBelow }: Pick<Verdict, "direction" | "expected" | "notBelow">): boolean {
  const side = compareRatio(ratio, expected);
  if (direction === "at-least") return side < 0;
  return side > 0 || (direction === "within" && notBelow !== null && compareRatio(ratio, notBelow) < 0);
}
