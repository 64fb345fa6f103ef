import type { Target } from "../agreement/agreement.ts";
import type { WorseSide } from "./drift-point.ts";

/**
 * Which way a target's figure gets worse. Handle time asks a question either way: calls that get shorter may be cut short, whatever
 * was agreed; so does a band.
 */
export function worseSideOf({ measure, direction }: Pick<Target, "measure" | "direction">): WorseSide {
  if (measure.metric === "aht" || direction === "within") return "both";
  return direction === "at-least" ? "down" : "up";
}
