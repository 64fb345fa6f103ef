import type { AlertRule } from "../../../shared/alerts/alert-rule.ts";
import type { RuleNoise, Suggestion } from "../../../shared/alerts/noise.ts";
import type { AlertReport } from "../../../shared/alerts/report.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Party } from "../../../shared/settlement/party.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { lengthWords } from "../../ui/zone-time.ts";

const KINDS: Readonly<Record<AlertRule["kind"], string>> = {
  target: "At risk or missed",
  outlook: "Probably missed",
  "no-return": "Past mending",
  spend: "Budget of misses spent too fast",
  drift: "Figures drift",
  question: "Figures ask a question",
  feed: "Late or silent",
  "feed-suspect": "Rows look made",
  provider: "All feeds silent",
  corrections: "Corrections lean to one side",
  restatement: "Correction turned verdicts",
  deadline: "Deadline",
  pipeline: "Accord was away",
  canary: "Accord's own test breach",
};

export const PARTY_WORDS: Readonly<Record<Party, string>> = { provider: "Provider", client: "Client" };
export const NOBODY_HERE = "People who have left";

/** What a rule finds, and about what: `At risk or missed`, `Service level, day`. */
export function ruleWords(
  { kind, about, window, spend }: AlertRule,
  state: AgreementState,
): { readonly kind: string; readonly about: string } {
  const isOfTarget = window !== null || kind === "drift";
  const target = isOfTarget ? state.agreement.targets.find(({ id }) => id === about) : undefined;
  const feed = isOfTarget ? undefined : [...state.feeds.values()].find((each) => each.feed === about);
  const parts = [target?.name ?? feed?.name ?? about, window, spend].filter((part) => part !== null);
  return { kind: KINDS[kind], about: parts.join(", ") };
}

/** A dash where there is nothing to take a mean of. */
export function lengthOr(ms: number | null): string {
  return ms === null ? "—" : lengthWords(ms);
}

export function suggestionWords(suggestion: Suggestion | null): string {
  if (suggestion === null) return "none";
  const spared = `spares up to ${formatCount(suggestion.spared)}`;
  return suggestion.change === "hold" ? `hold of ${lengthWords(suggestion.holdMs)} ${spared}` : `a higher warning level ${spared}`;
}

/** `3 of 4` */
export function shareWords(part: number, { episodes }: Pick<RuleNoise, "episodes">): string {
  return part === 0 ? "0" : `${formatCount(part)} of ${formatCount(episodes)}`;
}

/** The finding above the tables. */
export function reportFinding({ told, escalated, endedUnanswered, stillUnanswered }: AlertReport, days: string): string {
  if (told === 0) return `No alert in ${days} days`;
  const count = told === 1 ? "1 alert" : `${formatCount(told)} alerts`;
  const unanswered = endedUnanswered + stillUnanswered;
  const answered = unanswered === 0 ? "all answered" : `${formatCount(told - unanswered)} answered`;
  const passedOn = escalated === 0 ? "" : `, ${formatCount(escalated)} went to the next level first`;
  return `${count} in ${days} days, ${answered}${passedOn}`;
}
