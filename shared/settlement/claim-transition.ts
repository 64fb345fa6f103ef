import type { ExclusionKind, ExclusionRules } from "../agreement/money-clauses.ts";
import { mergeRanges, type Range } from "../calendar/range.ts";
import type { ClaimState, ExclusionClaim } from "./claim.ts";
import { dueAfter, dueAt } from "./due-at.ts";
import type { PartyActor } from "./party.ts";

/** What came of a step: the claim as it is now, or why it may not be taken. */
export type ClaimResult =
  | { readonly kind: "done"; readonly claim: ExclusionClaim }
  | { readonly kind: "refused"; readonly why: string; readonly remedy: string };

/** A demand to leave time out, as one party makes it. */
export interface ClaimDemand {
  /** `c1`, `c2`, ...: the next free id of the agreement. */
  readonly id: string;
  readonly kind: ExclusionKind;
  readonly targets: "all" | readonly string[];
  readonly window: Range;
  readonly evidence: string;
  readonly mitigation: string;
  readonly by: PartyActor;
  readonly atMs: number;
}

/** What the agreement says about claims, of the version in force where the claimed time begins. */
export interface ClaimTerms {
  readonly rules: ExclusionRules | undefined;
  readonly timeZone: string;
}

export type ClaimEvent =
  | {
      readonly kind: "decide";
      readonly by: PartyActor;
      readonly atMs: number;
      /** The `seq` that the deciding person has seen. */
      readonly expectedSeq: number;
      readonly decision: "accepted" | "partly" | "rejected";
      /** Only for `partly`: what is left out. */
      readonly accepted: readonly Range[];
      readonly note: string;
    }
  | { readonly kind: "withdraw"; readonly by: PartyActor; readonly atMs: number; readonly expectedSeq: number; readonly note: string };

interface Step {
  readonly state: ClaimState;
  readonly atMs: number;
  readonly by: PartyActor | null;
  readonly note: string;
}

const LATE = "The notice came after the agreed time.";

function refused(why: string, remedy: string): ClaimResult {
  return { kind: "refused", why, remedy };
}

function withStep(claim: ExclusionClaim, step: Step, accepted: readonly Range[] = []): ExclusionClaim {
  const ranges = accepted.map(({ fromMs, toMs }) => ({ fromMs, toMs }));
  return { ...claim, state: step.state, seq: claim.seq + 1, accepted: ranges, steps: [...claim.steps, { ...step }] };
}

function claimed(demand: ClaimDemand, rules: ExclusionRules, timeZone: string): ExclusionClaim {
  const { id, kind, targets, evidence, mitigation, by, atMs } = demand;
  const { fromMs, toMs } = demand.window;
  return {
    id,
    kind,
    targets: targets === "all" ? "all" : [...new Set(targets)].toSorted(),
    window: { fromMs, toMs },
    accepted: [],
    evidence,
    mitigation,
    noticeAtMs: atMs,
    noticeDueMs: dueAfter(rules.noticeWithin, toMs, timeZone),
    decideByMs: dueAt(rules.decideWithin, atMs, timeZone),
    state: "claimed",
    seq: 1,
    steps: [{ atMs, state: "claimed", by, note: "" }],
  };
}

/**
 * Makes a claim. A notice that comes too late is kept on record and lapses at once.
 *
 * @returns `refused` where the agreement allows no such claim, or nothing is claimed.
 */
export function openClaim(demand: ClaimDemand, { rules, timeZone }: ClaimTerms): ClaimResult {
  if (rules === undefined) return refused("This agreement allows no exclusions.", "Agree on a version with an exclusion clause first.");
  if (!rules.kinds.includes(demand.kind)) {
    return refused(`This agreement does not excuse "${demand.kind}".`, `Claim one of: ${rules.kinds.join(", ")}.`);
  }
  if (demand.window.fromMs >= demand.window.toMs) return refused("The claimed time ends before it begins.", "Give an end after the start.");
  if (demand.targets !== "all" && demand.targets.length === 0) return refused("No target is named.", 'Name the targets, or "all".');
  const claim = claimed(demand, rules, timeZone);
  const late = demand.atMs >= claim.noticeDueMs;
  return { kind: "done", claim: late ? withStep(claim, { state: "lapsed", atMs: demand.atMs, by: null, note: LATE }) : claim };
}

function partsProblem(window: Range, parts: readonly Range[]): string | null {
  if (parts.length === 0) return "No part of the claimed time is named.";
  if (parts.some(({ fromMs, toMs }) => fromMs >= toMs)) return "A part ends before it begins.";
  const outside = parts.some(({ fromMs, toMs }) => fromMs < window.fromMs || toMs > window.toMs);
  return outside ? "A part lies outside the claimed time." : null;
}

function decide(claim: ExclusionClaim, event: Extract<ClaimEvent, { kind: "decide" }>): ClaimResult {
  const { by, atMs, note } = event;
  if (by.party === claim.steps[0]?.by?.party) {
    return refused("A claim is decided by the party that did not make it.", "Wait for the other side, or withdraw the claim.");
  }
  if (by.id === claim.steps[0]?.by?.id) {
    return refused("You made this claim for the other side.", "Let another person of your side decide it.");
  }
  if (atMs >= claim.decideByMs) return refused("The time to decide has run out.", "Read the claim again: what the agreement says applies.");
  if (event.decision === "rejected") return { kind: "done", claim: withStep(claim, { state: "rejected", atMs, by, note }) };
  if (event.decision === "accepted") return { kind: "done", claim: withStep(claim, { state: "accepted", atMs, by, note }, [claim.window]) };
  const problem = partsProblem(claim.window, event.accepted);
  if (problem !== null) return refused(problem, "Name the accepted parts, each inside the claimed time.");
  const parts = mergeRanges(event.accepted);
  const [first] = parts;
  if (parts.length === 1 && first?.fromMs === claim.window.fromMs && first.toMs === claim.window.toMs) {
    return refused("The parts cover the whole claimed time.", "Accept the claim whole.");
  }
  return { kind: "done", claim: withStep(claim, { state: "partly", atMs, by, note }, parts) };
}

/** Takes the next step of a claim: a decision of the other party, or a withdrawal by its own. A decided claim never changes again. */
export function moveClaim(claim: ExclusionClaim, event: ClaimEvent): ClaimResult {
  if (claim.state !== "claimed") return refused(`The claim is already ${claim.state}.`, "Make a new claim if something new came up.");
  if (event.expectedSeq !== claim.seq) return refused("The claim has changed since it was read.", "Read it again and decide then.");
  if (event.kind === "decide") return decide(claim, event);
  const { by, atMs, note } = event;
  if (by.party !== claim.steps[0]?.by?.party) return refused("A claim is withdrawn by the party that made it.", "Reject it instead.");
  return { kind: "done", claim: withStep(claim, { state: "withdrawn", atMs, by, note }) };
}

/** Ends a claim that nobody decided in time, as the agreement says; any other claim stays the same object. */
export function lapse(claim: ExclusionClaim, nowMs: number, rules: Pick<ExclusionRules, "undecided">): ExclusionClaim {
  if (claim.state !== "claimed" || nowMs < claim.decideByMs) return claim;
  const step = { state: rules.undecided, atMs: claim.decideByMs, by: null, note: "Nobody decided within the agreed time." };
  return withStep(claim, step, rules.undecided === "accepted" ? [claim.window] : []);
}
