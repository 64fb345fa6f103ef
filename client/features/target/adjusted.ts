import type { OtherCount, Verdict, VerdictWindow } from "../../../shared/agreement/verdict.ts";
import { formatFigure } from "../../../shared/metrics/format.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { z } from "zod";
import { touchesTarget } from "../../live/claim-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";

const COUNTING: readonly ExclusionClaim["state"][] = ["claimed", "accepted", "partly"];

/** The claims that change, or may change, the figure of a window: undecided ones first. */
export function claimsInWindow(claims: Iterable<ExclusionClaim>, target: TargetView, window: VerdictWindow): readonly ExclusionClaim[] {
  return [...claims]
    .filter(
      (claim) =>
        COUNTING.includes(claim.state) &&
        touchesTarget(claim, target) &&
        claim.window.fromMs < window.toMs &&
        claim.window.toMs > window.fromMs,
    )
    .toSorted((a, b) => Number(a.state !== "claimed") - Number(b.state !== "claimed") || a.window.fromMs - b.window.fromMs);
}

/** The figure of the same window counted otherwise. */
export function otherFigure(verdict: Verdict, other: z.infer<typeof OtherCount>): string {
  return formatFigure({ ...verdict, value: other.value });
}

/** What the open claims could still make of the figure: "1 undecided claim could make it 79.3 %: at risk either way." */
export function rangeSays(verdict: Verdict, claims: readonly ExclusionClaim[]): string {
  const open = claims.filter(({ state }) => state === "claimed").length;
  if (open === 0) return "Every claim on this window is decided:";
  const who = open === 1 ? "1 undecided claim" : `${open} undecided claims`;
  const { ifAllAccepted } = verdict;
  if (ifAllAccepted === null) return `${who} would change nothing:`;
  const could = `${who} could make it ${otherFigure(verdict, ifAllAccepted)}`;
  const { word } = wordsOf(ifAllAccepted.status);
  const after = word.toLowerCase();
  return ifAllAccepted.status === verdict.status ? `${could}: ${after} either way.` : `${could}, then it is ${after}.`;
}
