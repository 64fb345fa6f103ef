import { formatExpected, formatFigure } from "../metrics/format.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { Verdict } from "./verdict.ts";

const WORDS: Partial<Record<Verdict["status"], string>> = {
  met: "back on target",
  missed: "missed",
  "at-risk": "at risk",
  "not-counted": "not counted",
};

/** The finding of a verdict in one plain line, e.g. "Service level at risk: 72.4 %, agreed ≥ 80 %, day 2026-11-20". */
export function headlineOf(compiled: CompiledTarget, verdict: Verdict): string {
  const when = verdict.window.kind === "day" ? `day ${verdict.window.start}` : `month ${verdict.window.start.slice(0, 7)}`;
  return `${compiled.target.name} ${WORDS[verdict.status] ?? verdict.status}: ${formatFigure(verdict)}, agreed ${formatExpected(verdict)}, ${when}`;
}
