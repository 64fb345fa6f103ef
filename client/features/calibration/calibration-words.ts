import type { CalibrationLine, Score } from "../../../shared/drift/calibration.ts";
import { amountText } from "../../../shared/drift/cause-words.ts";
import type { ScorerAgreement } from "../../../shared/drift/scorer-agreement.ts";
import { decimalText } from "../../../shared/metrics/number-text.ts";

const NBSP = "\u00a0";

/** `+1.8 pp` of a difference of shares. */
export function signedShare(amount: number): string {
  const text = amountText(amount, "ratio");
  return /[1-9]/u.test(text) ? `${amount < 0 ? "−" : "+"}${text}` : text;
}

/** Points as the form gives them: `82`, `82.5`. */
export function pointsText(hundredths: number): string {
  return hundredths % 100 === 0 ? String(hundredths / 100) : decimalText(hundredths, 2);
}

/** `82 of 100, critical error` */
export function scoreWords({ earned, possible, critical }: Score): string {
  return `${pointsText(earned)} of ${pointsText(possible)}${critical === true ? ", critical error" : ""}`;
}

/** Who is the more generous, and by how much. */
export function biasWords({ bias }: Pick<ScorerAgreement, "bias">): string {
  if (bias === null) return "Too few are scored twice to say who is the more generous";
  const { mean, low, high } = bias;
  if (low <= 0 && high >= 0)
    return `No bias is proven: second less first is ${signedShare(mean)} (90${NBSP}%: ${signedShare(low)} to ${signedShare(high)})`;
  const [near, far] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))];
  const who = mean < 0 ? "The first scorer gives" : "The second scorer gives";
  return `${who} ${amountText(mean, "ratio")} more (90${NBSP}%: ${amountText(near, "ratio")} to ${amountText(far, "ratio")})`;
}

/** Where single scores differ. */
export function limitWords({ limits }: Pick<ScorerAgreement, "limits">): string | null {
  return limits === null ? null : `19 of 20 evaluations differ by ${signedShare(limits.low)} to ${signedShare(limits.high)}.`;
}

/** How far both found the same critical errors. */
export function criticalWords({ critical }: Pick<ScorerAgreement, "critical">): string {
  if (critical === null) return "Of critical errors nothing can be said: one of the two did not say.";
  const { pairs, counts, agreed, kappa } = critical;
  const [both, first, second] = counts;
  const percent = (share: number): string => `${Math.round(share * 100)}${NBSP}%`;
  const beyond = kappa === null ? "both always said the same" : `kappa ${kappa.toFixed(2).replace("-", "−")}; 1 is always, 0 is chance`;
  const found = `${both} found by both, ${first} by the first alone, ${second} by the second alone`;
  return `On critical errors they agree in ${pairs === 0 ? 0 : Math.round(agreed.share * pairs)} of ${pairs} (95${NBSP}%: ${percent(agreed.low)} to ${percent(agreed.high)}; ${beyond}): ${found}.`;
}

/** The state of a calibration in one sentence. */
export function lineWords({ done, size, result }: Pick<CalibrationLine, "done" | "size" | "result">): string {
  return result === null
    ? `${done} of ${size} are scored; first scores are shown when all are.`
    : `${biasWords(result)}; ${result.pairs} scored twice.`;
}
