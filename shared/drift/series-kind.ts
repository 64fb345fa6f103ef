import type { CompiledTarget } from "../agreement/compiled.ts";
import { kindOf } from "../outlook/figure-kind.ts";
import type { SeriesKind } from "./drift-point.ts";

/** How a target's figures are watched, or why they cannot be. */
export type Watchable = { readonly kind: SeriesKind; readonly why: null } | { readonly kind: null; readonly why: string };

/** Times that are never nothing and differ by factors rather than by seconds. */
const LOGGED = ["aht", "talk-time"];

/**
 * How the days of a target are scored: shares of contacts and of answers as shares, leavers as few events on many agent-days, handle
 * time on the log scale, any other quotient of sums as a mean.
 */
export function seriesKindOf(compiled: CompiledTarget): Watchable {
  const { target, lacks } = compiled;
  if (lacks !== null) return { kind: null, why: `The feed can never answer this: ${lacks}.` };
  if (target.measure.metric === "attrition" && target.aggregation.by === "ratio-of-sums") return { kind: "rate", why: null };
  const figure = kindOf(compiled);
  if (figure === "none")
    return {
      kind: null,
      why: "A longest wait or the state at one moment is no sum of single events, so nothing says what chance alone does to it.",
    };
  if (figure === "share") return { kind: "share", why: null };
  return { kind: LOGGED.includes(target.measure.metric) ? "log-mean" : "mean", why: null };
}
