import type { ExclusionKind } from "../../shared/agreement/money-clauses.ts";
import type { AgreementView } from "../../shared/protocol/live.ts";
import type { ClaimState, ExclusionClaim } from "../../shared/settlement/claim.ts";
import { otherParty, type Party } from "../../shared/settlement/party.ts";
import { dayIn, stampIn, clockIn } from "../ui/zone-time.ts";

const KINDS = {
  "client-outage": "Outage at the client",
  "third-party": "Outage at a third party",
  "force-majeure": "Force majeure",
  volume: "Volume outside the forecast",
  "agreed-change": "Agreed change",
  "bad-client-feed": "Wrong data from the client",
} as const satisfies Record<ExclusionKind, string>;

export function claimKindWords(kind: ExclusionKind): string {
  return KINDS[kind];
}

const STATES = {
  claimed: "Undecided",
  accepted: "Accepted",
  partly: "Accepted in part",
  rejected: "Rejected",
  lapsed: "Lapsed",
  withdrawn: "Withdrawn",
} as const satisfies Record<ClaimState, string>;

export function claimStateWords(state: ClaimState): string {
  return STATES[state];
}

export function claimantOf(claim: ExclusionClaim): Party | null {
  return claim.steps[0]?.by?.party ?? null;
}

/** The side that must decide a claim, or `null` once there is nothing to decide. */
export function deciderOf(claim: ExclusionClaim): Party | null {
  const claimant = claimantOf(claim);
  return claim.state === "claimed" && claimant !== null ? otherParty(claimant) : null;
}

/** The undecided claims that a side must decide, the most urgent first. */
export function claimsFor(claims: Iterable<ExclusionClaim>, party: Party): readonly ExclusionClaim[] {
  return [...claims].filter((claim) => deciderOf(claim) === party).toSorted((a, b) => a.decideByMs - b.decideByMs);
}

/** Whether a claim asks for time of a target; a member of an `each` target is covered by its target. */
export function touchesTarget(claim: ExclusionClaim, target: AgreementView["targets"][number]): boolean {
  return claim.targets === "all" || claim.targets.includes(target.id) || (target.of !== null && claim.targets.includes(target.of.targetId));
}

/** The targets of a claim by name: "all targets", "Service level and Abandonment". */
export function claimTargetWords(claim: ExclusionClaim, agreement: AgreementView): string {
  if (claim.targets === "all") return "all targets";
  const names = claim.targets.map((id) => agreement.targets.find((target) => target.id === id || target.of?.targetId === id)?.name ?? id);
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A stretch of time on the agreement's clock: "17 Sep 15:00 to 16:30", "30 Jun 22:00 to 1 Jul 02:00". */
export function rangeWords(zone: string, range: ExclusionClaim["window"], nowMs: number): string {
  const [from, to] = [dayIn(zone, range.fromMs), dayIn(zone, range.toMs)];
  const start = stampIn(zone, range.fromMs, nowMs);
  return `${from === dayIn(zone, nowMs) ? "today " : ""}${start} to ${from === to ? clockIn(zone, range.toMs) : stampIn(zone, range.toMs, nowMs)}`;
}
