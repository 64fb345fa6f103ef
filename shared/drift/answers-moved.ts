import { commonInflation, contrastOf, contrastTail, type ShareDay, shareOf } from "./day-contrast.ts";
import type { DriftView } from "./drift-view.ts";
import { shareText } from "./question-words.ts";

/** Beyond chance at this level, either way. */
const BY_CHANCE = 0.01;

/**
 * Whether other customers answer than before: the share of the invited who answer has moved at the same time. Then those who answer may
 * be others, and the score may have moved without the service.
 *
 * @param before days of the baseline: invited (n) and those of them who answered (num); days as clusters.
 * @param after days since the onset.
 * @returns `null` where the share has not moved beyond chance (1 in 100), or too little is known.
 */
export function answersMoved(before: readonly ShareDay[], after: readonly ShareDay[]): DriftView["besides"] {
  const inflation = Math.max(1, commonInflation([before, after]));
  const [was, is] = [shareOf(before, inflation), shareOf(after, inflation)];
  if (was === null || is === null) return null;
  const { value, ...of } = contrastOf([
    { part: is, sign: 1 },
    { part: was, sign: -1 },
  ]);
  if (2 * contrastTail({ value: Math.abs(value), ...of }) > BY_CHANCE) return null;
  const says = `possible response bias: ${shareText(is.value)} of the customers invited answer since then, ${shareText(was.value)} did before`;
  return { kind: "answers", says };
}
