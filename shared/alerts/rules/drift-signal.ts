import type { AlertSeverity } from "../../agreement/alert-clauses.ts";
import { isMet } from "../../agreement/compare-level.ts";
import type { CompiledTarget } from "../../agreement/compiled.ts";
import type { Day } from "../../calendar/day.ts";
import type { DriftLine } from "../../drift/drift-line.ts";
import { formatCount, formatExpected, formatFigure } from "../../metrics/format.ts";
import type { Ratio } from "../../stats/ratio.ts";
import type { SignalEvent } from "../signal-event.ts";
import type { MissLevels } from "./miss-levels.ts";
import { missSignal } from "./outlook-signal.ts";

/** A watched target as the rule sees it. */
export interface WatchedDrift {
  readonly agreementId: string;
  readonly compiled: CompiledTarget;
  readonly line: DriftLine;
  /** What else moved that may explain it, as a sentence of its own; `null` for nothing. */
  readonly besides: string | null;
  readonly nowMs: number;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

function dayText(day: Day): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ""}`;
}

const FINE = 1_000_000_000;

/** A figure as a quotient of integers, near enough for words. */
function ratioOf(value: number): Ratio {
  return { num: Math.round(value * FINE), den: FINE };
}

function figureText(value: number, compiled: CompiledTarget): string {
  const { unit, expected, notBelow, target } = compiled;
  return formatFigure({ value: ratioOf(value), unit, direction: target.direction, expected, notBelow });
}

/** What a figure rests on, in the words of its metric. */
function sampleWord({ target: { measure, aggregation } }: CompiledTarget): string {
  if (aggregation.by === "days-met" || aggregation.by === "mean-of-days") return "days";
  if (aggregation.by === "intervals-met") return "intervals";
  switch (measure.metric) {
    case "qa-score":
    case "accuracy":
    case "calibration":
      return "evaluations";
    case "csat":
    case "nps":
      return "answers";
    case "fcr":
      return measure.method === "survey" ? "answers" : "contacts";
    case "response-rate":
      return "invitations";
    case "attrition":
      return "agent-days";
    default:
      return "contacts";
  }
}

const TIMED = ["occupancy", "adherence", "conformance", "shrinkage", "schedule-coverage", "forecast-accuracy", "backlog", "backlog-age"];

function restsOn(n: number, compiled: CompiledTarget): string {
  return TIMED.includes(compiled.target.measure.metric) ? "" : `, ${formatCount(Math.round(n))} ${sampleWord(compiled)}`;
}

function sinceText({ day, from, to }: { readonly day: Day; readonly from: Day; readonly to: Day }): string {
  const range = from === to ? "" : ` (${dayText(from)} to ${dayText(to)})`;
  return `since about ${dayText(day)}${range}`;
}

function againstAgreed(value: number, compiled: CompiledTarget): string {
  const { target, unit, expected, notBelow } = compiled;
  const level = formatExpected({ unit, direction: target.direction, expected, notBelow });
  return isMet(compiled, ratioOf(value), compiled) ? `still on target (${level})` : `worse than agreed (${level})`;
}

function driftHeadline({ compiled, line, besides }: WatchedDrift, drift: NonNullable<DriftLine["drift"]>): string {
  const was = figureText(line.baseline?.level ?? drift.now.value - drift.size.estimate, compiled);
  const moved = drift.direction === "up" ? "risen" : "fallen";
  const finding = `${compiled.target.name} has ${moved} from ${was} to ${figureText(drift.now.value, compiled)} ${sinceText(drift.onset)}`;
  const leads = line.leads?.missedOn ?? null;
  return [
    `${finding}${restsOn(drift.now.n, compiled)}`,
    againstAgreed(drift.now.value, compiled),
    ...(leads === null ? [] : [`if it goes on, missed with ${dayText(leads)}`]),
    ...(besides === null ? [] : [besides]),
  ].join("; ");
}

/**
 * What watching a target for drift says: a warning while it stands moved to the worse side, as severe as a miss of its open window is
 * likely; over when it is back. Where those who score explain it, it is a question about them and never more than a warning. A move to the good side is nobody's trouble. Where nothing can be said, what stands goes on standing.
 *
 * @param standing what is told of now, `null` for nothing.
 */
export function driftSignal(watched: WatchedDrift, standing: AlertSeverity | null, levels: MissLevels): SignalEvent {
  const { agreementId, compiled, line, nowMs } = watched;
  const { name, id } = compiled.target;
  const about = { agreementId, subject: { kind: "drift", targetId: id }, nowMs, version: line.version } as const;
  if (line.state === "learning" || line.state === "unusable")
    return { ...about, signal: "frozen", headline: `${name} cannot be watched for drift: ${line.why ?? "too little is known"}` };
  if (line.drift === null) return { ...about, signal: "clear", headline: `${name} is as it usually was` };
  if (!line.drift.worse) return { ...about, signal: "clear", headline: `${name} has moved, and not for the worse` };
  // Who scores is to be looked at first: that is a question, however likely a miss is.
  if (line.besides?.kind === "evaluators")
    return { ...about, signal: "warning", headline: `Have the evaluators moved, not the team? ${driftHeadline(watched, line.drift)}` };
  const missed = missSignal(line.leads?.missProbability ?? 0, standing, levels);
  const signal = missed === "high" || missed === "critical" ? missed : "warning";
  return { ...about, signal, headline: driftHeadline(watched, line.drift) };
}
