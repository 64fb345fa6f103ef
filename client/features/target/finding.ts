import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatExpected, formatFigure, formatLevel } from "../../../shared/metrics/format.ts";
import { wordsOf } from "../../live/verdict-words.ts";

/** The heading of a target: what was found, e.g. "Service level is at risk: 78.9 % against 80 %". */
export function targetFinding(name: string, verdict: Verdict | null): string {
  if (verdict === null) return `${name} has no verdict yet`;
  const says = `${name} ${wordsOf(verdict.status).says}`;
  const figure = formatFigure(verdict);
  const level = verdict.notBelow === null ? formatLevel(verdict.expected, verdict.unit) : formatExpected(verdict);
  switch (verdict.status) {
    case "met":
    case "at-risk":
    case "missed":
      return `${says}: ${figure} against ${level}`;
    case "not-proven":
      return figure === "—" ? says : `${says}: ${figure} against ${level}, from ${verdict.n}`;
    case "no-data":
    case "not-derivable":
    case "not-counted":
      return says;
  }
}
