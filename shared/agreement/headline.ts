import { rollingOf } from "../calendar/window-days.ts";
import { formatExpected, formatFigure } from "../metrics/format.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { Verdict, VerdictWindow } from "./verdict.ts";

const WORDS: Partial<Record<Verdict["status"], string>> = {
  met: "back on target",
  missed: "missed",
  "at-risk": "at risk",
  "not-counted": "not counted",
};

/** A window in words: `day 2026-11-20`, `month 2026-11`, `week from 2026-11-16`, `28 days from 2026-10-24`. */
export function whenOf({ kind, start, part }: Pick<VerdictWindow, "kind" | "start" | "part">): string {
  if (kind === "day") return `day ${start}`;
  if (kind === "month" && !part) return `month ${start.slice(0, 7)}`;
  const rolling = rollingOf(kind);
  if (rolling !== null) return `${rolling.length} ${rolling.unit === "d" ? "days" : "months"} from ${start}`;
  return `${part ? "part of a " : ""}${kind} from ${start}`;
}

/** The finding of a verdict in one plain line, e.g. "Service level at risk: 72.4 %, agreed ≥ 80 %, day 2026-11-20". */
export function headlineOf(compiled: CompiledTarget, verdict: Verdict): string {
  return `${compiled.target.name} ${WORDS[verdict.status] ?? verdict.status}: ${formatFigure(verdict)}, agreed ${formatExpected(verdict)}, ${whenOf(verdict.window)}`;
}
