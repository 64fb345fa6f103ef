import type { Redis } from "ioredis";
import { daysBetween } from "../calendar/day.ts";
import { claimContent } from "../ledger/claim-content.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { ExclusionClaim } from "../settlement/claim.ts";
import type { ClaimTerms } from "../settlement/claim-transition.ts";
import type { StoredAgreement } from "./agreements.ts";
import { commit, type Write } from "./commit.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";

/** One claim as a step leaves it. */
export interface ClaimChange {
  readonly stored: StoredAgreement;
  readonly claim: ExclusionClaim;
  /** The claim as stored before, `null` for a new one. */
  readonly before: string | null;
  readonly actor: string;
  readonly operationId: string;
  readonly rememberSeconds?: number;
  readonly nowMs: number;
}

/** What the version says that is in force where the claimed time begins. */
export function claimTerms({ history }: StoredAgreement, fromMs: number): ClaimTerms {
  const { agreement } = history.contextOn(history.latest.zone.localDay(fromMs)) ?? history.latest;
  return { rules: agreement.exclusions, timeZone: agreement.timeZone };
}

function ledgerOf({ stored, claim, before, actor, nowMs }: ClaimChange): LedgerEntry[] {
  const known = before === null ? 0 : claim.seq - 1;
  return claim.steps.slice(known).map(({ state, note, by }, i) => ({
    v: 1,
    kind: "claim",
    agreement: stored.agreement.id,
    atMs: nowMs,
    actor: by?.id ?? actor,
    claim: claim.id,
    seq: known + i + 1,
    state,
    noteSha256: sha256Hex(known + i === 0 ? claimContent(claim) : note),
  }));
}

/** Days with data that a claim speaks of, by the feeds of its targets: their sums must be taken anew. */
function dirtyDays({ history }: StoredAgreement, { targets, window }: ExclusionClaim, data: { from: string; to: string }): string[] {
  const { zone } = history.latest;
  const [first, last] = [zone.localDay(window.fromMs), zone.localDay(window.toMs - 1)];
  const days = daysBetween(first < data.from ? data.from : first, last > data.to ? data.to : last);
  const concerned = history.versions
    .flatMap((version) => version.targets)
    .filter(({ base, target }) => targets === "all" || targets.includes(base) || targets.includes(target.id));
  const feeds = new Set(concerned.map(({ target }) => target.feed));
  return [...feeds].flatMap((feed) => days.map((day) => `${feed}|${day}`));
}

/** Writes a claim, its ledger entries and its event, and says which days must be judged again: one commit. */
export async function commitClaim(redis: Redis, change: ClaimChange): Promise<"done" | "repeated" | "conflict"> {
  const { stored, claim, before, operationId, rememberSeconds, nowMs } = change;
  const keys = agreementKeys(stored.agreement.id);
  const [from = null, to = null] = await redis.hmget(keys.clock, "from", "to");
  const dirty = from === null || to === null ? [] : dirtyDays(stored, claim, { from, to });
  const mark = inPieces(dirty).map((some): Write => ["SADD", keys.dirty, ...some]);
  const result = await commit(redis, {
    agreementId: stored.agreement.id,
    operationId,
    ...(rememberSeconds === undefined ? {} : { rememberSeconds }),
    nowMs,
    expect: [
      { key: keys.claims, field: claim.id, is: before ?? "" },
      { key: keys.clock, field: "from", is: from ?? "" },
      { key: keys.clock, field: "to", is: to ?? "" },
    ],
    writes: [["HSET", keys.claims, claim.id, JSON.stringify(claim)], ["HINCRBY", keys.clock, "claims", 1], ...mark],
    ledger: ledgerOf(change),
    events: [{ kind: "claim:changed", claim }],
  });
  return result.kind === "fenced" ? "conflict" : result.kind;
}
