import { daysBetween } from "../../calendar/day.ts";
import type { Agreement } from "../agreement.ts";
import { driftClausesOf } from "../alert-clauses.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { targetRefs } from "./target-refs.ts";

/** Fewer subgroups say too little of what is usual: the false alarms would be more than promised. */
const LEAST_DAYS = 25;

function unknownTarget(path: string, name: string, known: Iterable<string>): DocumentProblem {
  return problem(path, {
    message: `There is no target "${name}".`,
    dispute: "One side believes it to be watched, or its baseline agreed.",
    remedy: `Name one of: ${[...known].join(", ")}.`,
  });
}

function lintDays(path: string, { from, to }: { readonly from: string; readonly to: string }): DocumentProblem[] {
  if (from > to)
    return [
      problem(path, {
        message: `The baseline ends on ${to}, before it begins on ${from}.`,
        dispute: "Nobody knows what is usual.",
        remedy: `Write { from: ${to}, to: ${from} }.`,
      }),
    ];
  const days = daysBetween(from, to).length;
  if (days >= LEAST_DAYS) return [];
  return [
    problem(path, {
      message: `The baseline has ${days} days.`,
      dispute: `Fewer than ${LEAST_DAYS} days say too little of what is usual: alarms will come more often than tolerated.`,
      remedy: `Write at least ${LEAST_DAYS} days, better 56.`,
    }),
  ];
}

/** Targets that are not there, and baselines that cannot say what is usual. */
export function lintDrift(agreement: Agreement): DocumentProblem[] {
  const { watch, baselines } = driftClausesOf(agreement.alerts);
  const refs = targetRefs(agreement);
  const watched = watch === "all" ? [] : watch;
  const isWatched = (id: string): boolean => watch === "all" || watch.includes(id) || watch.includes(id.split("@")[0] ?? id);
  return [
    ...watched.flatMap((id, i) => (refs.has(id) ? [] : [unknownTarget(`alerts.drift.watch.${i}`, id, refs.keys())])),
    ...Object.entries(baselines).flatMap(([id, days]) => {
      const path = `alerts.drift.baselines.${id}`;
      if (!refs.has(id)) return [unknownTarget(path, id, refs.keys())];
      const idle = doubt(path, {
        message: `"${id}" has a baseline, but is not watched.`,
        dispute: "One side believes it to be watched.",
        remedy: "Add it to watch, or leave the baseline out.",
      });
      return [...(isWatched(id) ? [] : [idle]), ...lintDays(path, days)];
    }),
  ];
}
