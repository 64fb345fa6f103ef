import type { Verdict } from "../agreement/verdict.ts";
import { weekSince } from "../agreement/window-levels.ts";
import type { Day } from "../calendar/day.ts";
import type { Decimal } from "../stats/decimal.ts";
import { isBeyond, isOnAgreedSide } from "./compared-figure.ts";
import type { SettlementTarget, SettlementVersion } from "./version.ts";

export type DefaultKind = NonNullable<Verdict["default"]>;

/** What a window counts as: a closed one as judged, an open one as if it ended with the figure it has now. */
export function standingDefault(verdict: Verdict, of: SettlementTarget): DefaultKind | null {
  if (!verdict.window.open) return verdict.default;
  const { status, value } = verdict;
  if (status === "no-data" && value === null) return of.target.onNoData === "default" ? "not-measured" : null;
  if ((status !== "at-risk" && status !== "no-data") || value === null || isOnAgreedSide(value, verdict, of)) return null;
  return verdict.belowMinimum ? "minimum" : "expected";
}

/** The minimum level of a window: that of the week since go-live in which it begins, else the target's. */
function minimumIn({ agreement }: SettlementVersion, of: SettlementTarget, start: Day): Decimal | null {
  const goLive = agreement.ramp?.goLive;
  const week = goLive === undefined ? 0 : weekSince(goLive, start);
  return (of.ramp.find(({ fromWeek, toWeek }) => fromWeek <= week && week <= toWeek) ?? of).minimum;
}

/** What the window would count as if every open claim were accepted. */
export function defaultIfAccepted(verdict: Verdict, of: SettlementTarget, version: SettlementVersion): DefaultKind | null {
  const other = verdict.ifAllAccepted;
  if (other === null) return standingDefault(verdict, of);
  if (other.value === null) return verdict.default === "not-measured" && other.status === "no-data" ? "not-measured" : null;
  if ((other.status !== "missed" && other.status !== "at-risk") || isOnAgreedSide(other.value, verdict, of)) return null;
  const minimum = minimumIn(version, of, verdict.window.start);
  return minimum !== null && verdict.direction !== "within" && isBeyond(other.value, minimum, of, verdict) ? "minimum" : "expected";
}
