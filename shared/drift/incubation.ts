import { z } from "zod";
import type { Agreement } from "../agreement/agreement.ts";
import { isMet } from "../agreement/compare-level.ts";
import type { CompiledTarget } from "../agreement/compiled.ts";
import type { Verdict } from "../agreement/verdict.ts";
import { weekSince } from "../agreement/window-levels.ts";
import type { Day } from "../calendar/day.ts";
import { formatExpected, formatFigure } from "../metrics/format.ts";

const IncubationWeek = z.strictObject({
  start: z.iso.date(),
  figure: z.string(),
  n: z.int(),
  /** What the ramp asks of this week. */
  expected: z.string(),
  /** `below`: asked about, not held against a new team. `unknown`: no figure, or too few cases. */
  standing: z.enum(["on-curve", "below", "unknown", "open"]),
  /** Whether the level after the ramp is reached, on as many cases as the gate asks for. */
  reaches: z.boolean(),
});

/** How a new team comes on towards one target. */
export const Incubation = z.strictObject({
  targetId: z.string(),
  goLive: z.iso.date(),
  /** Which week since go-live it is, and the last one with a level of its own. */
  week: z.int(),
  lastWeek: z.int(),
  /** The level after the ramp. */
  finally: z.string(),
  weeks: z.array(IncubationWeek),
  /** Weeks in a row that reach it now, and the first week with which as many had as the gate asks for; `null` without an agreed gate. */
  gate: z.strictObject({ weeks: z.int(), minimumSample: z.int(), inRow: z.int(), passedWith: z.iso.date().nullable() }).nullable(),
});
export type Incubation = z.infer<typeof Incubation>;
type Week = z.infer<typeof IncubationWeek>;

function standingOf({ status, window }: Verdict): Week["standing"] {
  if (window.open) return "open";
  if (status === "met") return "on-curve";
  return status === "missed" ? "below" : "unknown";
}

function weekOf(compiled: CompiledTarget, verdict: Verdict, minimumSample: number): Week {
  const { value, n, window } = verdict;
  return {
    start: window.start,
    figure: formatFigure(verdict),
    n,
    expected: formatExpected(verdict),
    standing: standingOf(verdict),
    reaches: !window.open && value !== null && n >= minimumSample && isMet(compiled, value, compiled),
  };
}

function gateOf(gate: { readonly weeks: number; readonly minimumSample: number }, weeks: readonly Week[]): NonNullable<Incubation["gate"]> {
  let inRow = 0;
  let passedWith: Day | null = null;
  for (const { reaches, standing, start } of weeks) {
    if (standing === "open") continue;
    inRow = reaches ? inRow + 1 : 0;
    if (inRow >= gate.weeks) passedWith ??= start;
  }
  return { ...gate, inRow, passedWith };
}

/**
 * How a new team comes on, week by week, by the verdicts of its weekly windows.
 *
 * @returns `null` for a target without levels by week, before go-live, or once the ramp is over and its gate, if there is one, was passed.
 */
export function incubation(
  { ramp }: Pick<Agreement, "ramp">,
  compiled: CompiledTarget,
  { verdicts, today }: { readonly verdicts: readonly Verdict[]; readonly today: Day },
): Incubation | null {
  const lastWeek = Math.max(0, ...compiled.ramp.map(({ toWeek }) => toWeek));
  const week = ramp === undefined ? 0 : weekSince(ramp.goLive, today);
  if (ramp === undefined || lastWeek === 0 || week < 1) return null;
  const { id, minimumSample } = compiled.target;
  const weekly = verdicts.filter(({ targetId, window }) => targetId === id && window.kind === "week" && window.start >= ramp.goLive);
  const ordered = weekly.toSorted((a, b) => a.window.fromMs - b.window.fromMs);
  const weeks = ordered.map((verdict) => weekOf(compiled, verdict, ramp.gate?.minimumSample ?? minimumSample));
  const gate = ramp.gate === undefined ? null : gateOf(ramp.gate, weeks);
  if (week > lastWeek && (gate === null || gate.passedWith !== null)) return null;
  const { unit, target, expected, notBelow } = compiled;
  const level = formatExpected({ unit, direction: target.direction, expected, notBelow });
  return { targetId: id, goLive: ramp.goLive, week, lastWeek, finally: level, weeks, gate };
}
