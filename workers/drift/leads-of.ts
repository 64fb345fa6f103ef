import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { isMet } from "../../shared/agreement/compare-level.ts";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { looksAhead } from "../../shared/alerts/rules/watched-window.ts";
import type { Day } from "../../shared/calendar/day.ts";
import { rollingOf } from "../../shared/calendar/window-days.ts";
import type { DriftPoint } from "../../shared/drift/drift-point.ts";
import type { DriftView, FoundDrift } from "../../shared/drift/drift-view.ts";
import { figureScale } from "../../shared/drift/figure-scale.ts";
import { missedOn, type WindowAhead } from "../../shared/drift/missed-on.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";

const FINE = 1_000_000_000;

/** The open windows of a target and those after them; rolling ones share their days with the next and are left to their verdicts. */
function windowsAhead({ calendar, zone }: AgreementContext, { target }: CompiledTarget, today: Day): WindowAhead[] {
  const kinds = target.windows.filter((kind) => rollingOf(kind) === null);
  const lastOf = (toMs: number): Day => zone.localDay(toMs - 1);
  return kinds.flatMap((kind) =>
    calendar.covering(kind, today).map((window): WindowAhead => {
      const [next] = calendar.after(window);
      return { from: window.start, to: lastOf(window.toMs), nextTo: next === undefined ? null : lastOf(next.toMs) };
    }),
  );
}

interface LeadsInput {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
  readonly points: readonly DriftPoint[];
  readonly drift: FoundDrift | null;
  /** Of the open windows of the agreement. */
  readonly outlooks: readonly Outlook[];
  readonly nowMs: number;
}

/** Where a drift to the worse side leads if it goes on; `null` where none stands. */
export function leadsOf({ context, compiled, points, drift, outlooks, nowMs }: LeadsInput): DriftView["leads"] {
  if (drift === null || !drift.worse) return null;
  const own = outlooks.filter(({ targetId, window }) => targetId === compiled.target.id && looksAhead(window.kind));
  const likely = own.flatMap(({ pMiss }) => (pMiss === null ? [] : [pMiss]));
  const scale = figureScale(compiled);
  const isMissed = ({ num, n }: { readonly num: number; readonly n: number }): boolean =>
    !isMet(compiled, { num: Math.round(scale(num / n) * FINE), den: FINE }, compiled);
  const windows = windowsAhead(context, compiled, context.zone.localDay(nowMs));
  return {
    missProbability: likely.length === 0 ? null : Math.max(...likely),
    missedOn: missedOn(points, { onset: drift.onset.day, windows, isMissed }),
  };
}
