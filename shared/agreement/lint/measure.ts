import type { MetricId } from "../../metrics/measure.ts";
import type { Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";

/** Metrics in which a wait is timed, so that it matters when its clock starts. */
const WAITING: ReadonlySet<MetricId> = new Set<MetricId>(["service-level", "asa", "longest-wait", "tail-share"]);
const SHORT_VARIANTS: ReadonlySet<string> = new Set(["short-as-met", "short-excluded"]);

/** Words by which a clause says what becomes of callers who hang up. */
const ABANDON_WORDS = /abandon|hang|hung|gives? up|gave up|disconnect|answered only|drop/iu;
const SHORT_WORDS = /\b(?:every|any|each|all|short|quick|within|after|sooner|earlier)\b|however (?:long|short|soon)/iu;

function clock(target: Target): DocumentProblem[] {
  if (!WAITING.has(target.measure.metric) || target.clock !== undefined) return [];
  return [
    doubt(`targets.${target.id}.clock`, {
      message: "Nothing says when the clock of a wait starts.",
      dispute: "From the menu, from the queue or from the ringing of a phone are three different waits of the same call.",
      remedy: "Add clock: queue-entry, ivr-exit, offered-to-agent or contact-start, as the provider's switch measures it.",
    }),
  ];
}

function neededLimit(target: Target): DocumentProblem[] {
  const { measure } = target;
  if (measure.metric !== "service-level" || !SHORT_VARIANTS.has(measure.variant) || measure.shortAbandonSeconds !== undefined) return [];
  return [
    problem(`targets.${target.id}.measure.shortAbandonSeconds`, {
      message: "This variant counts short abandons, but nothing says how short.",
      dispute: "A provider may call every abandoned call a short one.",
      remedy: "Add shortAbandonSeconds, e.g. 5.",
    }),
  ];
}

function abandonRule(target: Target): DocumentProblem[] {
  const { measure, clause } = target;
  if (measure.metric !== "service-level" && measure.metric !== "abandonment") return [];
  if (measure.shortAbandonSeconds !== undefined) return [];
  const path = `targets.${target.id}.${clause === undefined ? "measure.shortAbandonSeconds" : "clause"}`;
  if (measure.metric === "service-level") {
    if (clause === undefined || SHORT_VARIANTS.has(measure.variant) || ABANDON_WORDS.test(clause)) return [];
    return [
      doubt(path, {
        message: `The clause does not say what becomes of callers who hang up; the formula is "${measure.variant}".`,
        dispute: "The same calls can read up to five points apart: each side will compute the formula that suits it.",
        remedy: 'Say it in the clause, e.g. "of all calls answered or abandoned", or agree on short-excluded with a limit.',
      }),
    ];
  }
  if (clause !== undefined && SHORT_WORDS.test(clause)) return [];
  return [
    doubt(path, {
      message: "Nothing says whether callers who hang up at once count as abandoned.",
      dispute: "The provider's switch may leave out whoever hangs up within some seconds; the client's will not.",
      remedy: 'Add shortAbandonSeconds, e.g. 5, or say "every caller who hangs up, however soon" in the clause.',
    }),
  ];
}

/** What a measure leaves open: when a wait begins, and what becomes of callers who hang up. */
export function lintMeasure(target: Target): DocumentProblem[] {
  return [...neededLimit(target), ...clock(target), ...abandonRule(target)];
}
