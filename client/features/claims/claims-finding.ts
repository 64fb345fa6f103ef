import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import { otherParty } from "../../../shared/settlement/party.ts";
import { claimsFor } from "../../live/claim-words.ts";
import type { Side } from "../../live/side.ts";
import { spanWords } from "../../ui/zone-time.ts";

interface ClaimGroup {
  readonly title: string;
  readonly claims: readonly ExclusionClaim[];
}

function newestFirst(a: ExclusionClaim, b: ExclusionClaim): number {
  return b.noticeAtMs - a.noticeAtMs;
}

/** The claims in the order in which they need somebody: one's own decisions, those of the other side, the decided ones. */
export function claimGroups(claims: Iterable<ExclusionClaim>, { party, mayAct }: Side): readonly ClaimGroup[] {
  const all = [...claims];
  const mine = claimsFor(all, party);
  const theirs = claimsFor(all, otherParty(party));
  const decided = all.filter((claim) => !mine.includes(claim) && !theirs.includes(claim)).toSorted(newestFirst);
  const groups = [
    { title: mayAct ? "Waits for your decision" : `Waits for the ${party}`, claims: mine },
    { title: `Waits for the ${otherParty(party)}`, claims: theirs },
    { title: "Decided", claims: decided },
  ];
  return groups.filter((group) => group.claims.length > 0);
}

/** The heading: what needs the reader. */
export function claimsFinding(claims: Iterable<ExclusionClaim>, { party, mayAct }: Side, nowMs: number): string {
  const all = [...claims];
  const [first, ...more] = claimsFor(all, party);
  if (first !== undefined) {
    const left = first.decideByMs > nowMs ? `${spanWords(first.decideByMs - nowMs)} left` : "overdue";
    const whose = mayAct ? "your decision" : `the ${party}`;
    return more.length === 0 ? `1 claim waits for ${whose}, ${left}` : `${more.length + 1} claims wait for ${whose}, the first has ${left}`;
  }
  const theirs = claimsFor(all, otherParty(party)).length;
  if (theirs > 0) return theirs === 1 ? `1 claim waits for the ${otherParty(party)}` : `${theirs} claims wait for the ${otherParty(party)}`;
  return all.length === 0 ? "No time has been claimed" : "Every claim is decided";
}
