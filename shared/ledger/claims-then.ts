import type { Exclusion } from "../agreement/exclusion.ts";
import type { ExclusionClaim } from "../settlement/claim.ts";
import { exclusionsOf } from "../settlement/exclusions-of.ts";

/** A claim as it stood after a step of its own. */
function asOf(claim: ExclusionClaim, seq: number): ExclusionClaim {
  const state = claim.steps[seq - 1]?.state ?? claim.state;
  const left = state === "accepted" || state === "partly";
  return { ...claim, seq, state, accepted: left ? claim.accepted : [], steps: claim.steps.slice(0, seq) };
}

/** Claims as they stood at any entry of the record, from the claims as they are now. */
export class ClaimsThen {
  private readonly latest: ReadonlyMap<string, ExclusionClaim>;
  private readonly seqs = new Map<string, number>();
  private known: readonly Exclusion[] = [];

  constructor(claims: readonly ExclusionClaim[]) {
    this.latest = new Map(claims.map((claim) => [claim.id, claim]));
  }

  /** @returns the claim after the step, or `null` when it is not known or has no such step yet. */
  step(id: string, seq: number): ExclusionClaim | null {
    const claim = this.latest.get(id);
    if (claim === undefined || claim.steps[seq - 1] === undefined || seq !== (this.seqs.get(id) ?? 0) + 1) return null;
    this.seqs.set(id, seq);
    this.known = exclusionsOf(this.all);
    return asOf(claim, seq);
  }

  /** The claims made so far, newest first as the live system reads them: the order in which they are told matters. */
  get all(): ExclusionClaim[] {
    const made = [...this.latest.values()].flatMap((claim) => {
      const seq = this.seqs.get(claim.id);
      return seq === undefined ? [] : [asOf(claim, seq)];
    });
    return made.toSorted((a, b) => Number(b.id.slice(1)) - Number(a.id.slice(1)));
  }

  get exclusions(): readonly Exclusion[] {
    return this.known;
  }
}
