import { formName } from "../feeds/form-name.ts";
import type { QaFeed, RosterFeed, ScheduleFeed, SurveyFeed } from "../feeds/record-kinds.ts";
import type { CounterId } from "../metrics/counter.ts";

/** A survey answers for the questions that its definition maps, and for invitations where it says which rows are. */
export function surveyAnswersFor({ csat, nps, resolved, invited }: SurveyFeed, counter: CounterId): boolean {
  switch (counter) {
    case "survey-responses":
      return true;
    case "survey-invited":
      return invited !== undefined;
    case "nps-promoters":
    case "nps-passives":
    case "nps-detractors":
      return nps !== undefined;
    case "fcr-asked":
    case "fcr-resolved":
      return resolved !== undefined;
    default:
      return csat !== undefined && /^csat-[1-5]$/u.test(counter);
  }
}

/** Any form, where a column names it; else the one of the definition. */
function hasForm({ form, formVersion }: QaFeed, wanted: string): boolean {
  if ("column" in form) return true;
  if (formVersion === undefined) return formName(form.constant) === wanted;
  return "column" in formVersion ? wanted.startsWith(formName(form.constant)) : formName(form.constant, formVersion.constant) === wanted;
}

const POINTS = /^qa-(?:evaluations|points-earned|points-possible)-(.+)$/u;

/** Evaluations answer for the kinds of critical error that their form knows, and for calibration where contacts are scored twice. */
export function qaAnswersFor(feed: QaFeed, counter: CounterId): boolean {
  const { score } = feed;
  const form = POINTS.exec(counter)?.[1];
  if (form !== undefined) return hasForm(feed, form);
  const byItem = "items" in score;
  const knows = (kind: "customer" | "business" | "compliance"): boolean =>
    byItem ? score.items.some(({ critical }) => critical === kind) : score.criticalErrors[kind] !== undefined;
  switch (counter) {
    case "monitored":
      return true;
    case "without-customer-error":
      return knows("customer");
    case "without-business-error":
      return knows("business");
    case "without-compliance-error":
      return knows("compliance");
    case "non-critical-correct":
    case "non-critical-opportunities":
      return byItem ? score.items.some(({ critical }) => critical === undefined) : score.nonCritical !== undefined;
    case "double-scored":
    case "calibration-items":
    case "calibration-matches":
      return byItem ? score.items.some(({ second }) => second !== undefined) : score.calibration !== undefined;
    default:
      return false;
  }
}

/** A roster answers for heads, for leavers where it says who left, and for early survival where it says since when people are there. */
export function rosterAnswersFor({ service, left, leftOn }: RosterFeed, counter: CounterId): boolean {
  const knowsLeavers = left !== undefined || leftOn !== undefined;
  if (counter === "headcount-days") return true;
  if (counter === "leavers") return knowsLeavers;
  return /^(?:starters-matured|survived)-/u.test(counter) && service !== undefined && knowsLeavers;
}

/** A schedule answers for what its activities count as. */
export function scheduleAnswersFor({ activity }: ScheduleFeed, counter: CounterId): boolean {
  if (activity === undefined) return counter === "scheduled-ms";
  return Object.values(activity.counts).some((counts) => counts.some((one) => one === counter));
}
