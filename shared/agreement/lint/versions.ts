import { addDays } from "../../calendar/day.ts";
import type { Agreement } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";

function pair(before: Agreement, next: Agreement): DocumentProblem[] {
  const path = `version ${next.version}`;
  if (next.version === before.version)
    return [
      problem(`${path}: version`, {
        message: `Two documents are version ${next.version}.`,
        dispute: "A verdict that names the version could mean either text.",
        remedy: "Number each version once, in the order of its days.",
      }),
    ];
  if (next.effectiveFrom <= before.effectiveFrom)
    return [
      doubt(`${path}: effectiveFrom`, {
        message: `Version ${before.version} would never be in force: version ${next.version} begins on ${next.effectiveFrom}, ${next.effectiveFrom === before.effectiveFrom ? "the same day" : "before it"}.`,
        dispute: "One side signed a text that never holds.",
        remedy: `Let version ${next.version} begin after ${before.effectiveFrom}, unless it shall replace version ${before.version} from its first day on.`,
      }),
    ];
  const problems: DocumentProblem[] = [];
  if (before.effectiveTo !== undefined && addDays(before.effectiveTo, 1) < next.effectiveFrom)
    problems.push(
      doubt(`${path}: effectiveFrom`, {
        message: `From ${addDays(before.effectiveTo, 1)} to ${addDays(next.effectiveFrom, -1)} no version is in force.`,
        dispute: "Those days count for nobody, and each side will apply the version it likes.",
        remedy: `Let version ${next.version} begin on ${addDays(before.effectiveTo, 1)}.`,
      }),
    );
  if (next.reason === undefined || next.reason.trim() === "")
    problems.push(
      doubt(`${path}: reason`, {
        message: `Nothing says why version ${next.version} replaces version ${before.version}.`,
        dispute: "In a year nobody remembers what was given for what.",
        remedy: "Add reason: one sentence.",
      }),
    );
  return problems;
}

/** Versions of one agreement that overlap, leave days without any, or can never be in force. */
export function checkVersions(versions: readonly Agreement[]): DocumentProblem[] {
  const sorted = versions.toSorted((a, b) => a.version - b.version);
  const [first] = sorted;
  const others = sorted.filter(({ id }) => id !== first?.id);
  if (others.length > 0)
    return others.map((other) =>
      problem(`version ${other.version}: id`, {
        message: `"${other.id}" is another agreement than "${first?.id ?? ""}".`,
        dispute: "Their verdicts would be mixed up.",
        remedy: "Give all versions of an agreement the same id.",
      }),
    );
  return sorted.flatMap((next, i) => {
    const before = sorted[i - 1];
    return before === undefined ? [] : pair(before, next);
  });
}
