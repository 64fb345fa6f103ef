import type { Redis } from "ioredis";
import type { z } from "zod";
import { AppError } from "../protocol/errors.ts";
import type { DecideClaim, NewClaim, WithdrawClaim } from "../protocol/claims.ts";
import { ExclusionClaim } from "../settlement/claim.ts";
import { type ClaimEvent, lapse, moveClaim, openClaim } from "../settlement/claim-transition.ts";
import { claimContent } from "../ledger/claim-content.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { type ClaimChange, claimTerms, commitClaim } from "./claim-change.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, STEP_ATTEMPTS, tooBusy, wasDone } from "./person-step.ts";

interface ByPerson {
  readonly agreementId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
}
export type ClaimDemandInput = ByPerson & z.output<typeof NewClaim>;
export type ClaimDecisionInput = ByPerson & z.output<typeof DecideClaim> & { readonly claimId: string };
export type ClaimWithdrawalInput = ByPerson & z.output<typeof WithdrawClaim> & { readonly claimId: string };

/** Time beyond a year ahead is not claimed, and none before there were computers to count it. */
const FURTHEST_AHEAD_MS = 366 * 86_400_000;

function byNumber(a: ExclusionClaim, b: ExclusionClaim): number {
  return Number(b.id.slice(1)) - Number(a.id.slice(1));
}

/** Every claim of an agreement, newest first. */
export async function readClaims(redis: Redis, agreementId: string): Promise<ExclusionClaim[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).claims);
  return texts.map((text) => ExclusionClaim.parse(JSON.parse(text))).toSorted(byNumber);
}

async function inForce(redis: Redis, { agreementId, nowMs }: ByPerson): Promise<StoredAgreement> {
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw new AppError("not-found", "There is no such agreement.", "Check the address.");
  return stored;
}

function refuseOdd(stored: StoredAgreement, { targets, fromMs, toMs, nowMs }: ClaimDemandInput): void {
  if (fromMs < 0 || toMs > nowMs + FURTHEST_AHEAD_MS)
    throw new AppError("bad-request", "The claimed time lies too far away.", "Claim time between 1970 and a year from now.");
  const known = new Set(stored.history.versions.flatMap((version) => version.targets.flatMap(({ base, target }) => [base, target.id])));
  const unknown = targets === "all" ? [] : targets.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new AppError("bad-request", `There is no target ${unknown.join(", ")}.`, 'Name targets of this agreement, or "all".');
}

function opened(stored: StoredAgreement, input: ClaimDemandInput, id: string): ExclusionClaim {
  const { kind, targets, fromMs, toMs, evidence, mitigation, by, nowMs } = input;
  const demand = { id, kind, targets, window: { fromMs, toMs }, evidence, mitigation, by, atMs: nowMs };
  const result = openClaim(demand, claimTerms(stored, fromMs));
  if (result.kind === "refused") throw new AppError("bad-request", result.why, result.remedy);
  return result.claim;
}

/**
 * Makes a claim; wake a worker afterwards.
 *
 * @throws AppError `not-found`, `bad-request` where the agreement allows no such claim.
 */
export async function addClaim(redis: Redis, input: ClaimDemandInput): Promise<ExclusionClaim> {
  const { agreementId, by, nowMs } = input;
  const stored = await inForce(redis, input);
  refuseOdd(stored, input);
  const operation = personalOperation("claim-add", input);
  for (let i = 0; i < STEP_ATTEMPTS; i++) {
    const number = (await redis.hlen(agreementKeys(agreementId).claims)) + 1;
    const claim = opened(stored, input, `c${number}`);
    const change: ClaimChange = {
      stored,
      claim,
      before: null,
      actor: by.id,
      operationId: operation,
      rememberSeconds: REMEMBER_SECONDS,
      nowMs,
    };
    const result = await commitClaim(redis, change);
    if (result === "done") return claim;
    // Sent again: the claim of the first sending says the same.
    if (result === "repeated")
      return (await readClaims(redis, agreementId)).find((known) => claimContent(known) === claimContent(claim)) ?? claim;
  }
  throw tooBusy();
}

interface Move extends ByPerson {
  readonly claimId: string;
  readonly operation: string;
  readonly event: ClaimEvent;
}

async function move(redis: Redis, input: Move): Promise<ExclusionClaim> {
  const { agreementId, claimId, operation, by, nowMs } = input;
  const stored = await inForce(redis, input);
  for (let i = 0; i < STEP_ATTEMPTS; i++) {
    const before = await redis.hget(agreementKeys(agreementId).claims, claimId);
    if (before === null) throw new AppError("not-found", "There is no such claim.", "Check the address.");
    const present = ExclusionClaim.parse(JSON.parse(before));
    const result = moveClaim(present, input.event);
    if (result.kind === "refused") {
      if (await wasDone(redis, agreementId, operation)) return present;
      throw new AppError("conflict", result.why, result.remedy);
    }
    const { claim } = result;
    const change: ClaimChange = { stored, claim, before, actor: by.id, operationId: operation, rememberSeconds: REMEMBER_SECONDS, nowMs };
    if ((await commitClaim(redis, change)) !== "conflict") return claim;
  }
  throw tooBusy();
}

/**
 * The other side decides a claim; wake a worker afterwards.
 *
 * @throws AppError `not-found`, `conflict` (saying why) when it may not be decided so, or has moved since it was read.
 */
export async function decideClaim(redis: Redis, input: ClaimDecisionInput): Promise<ExclusionClaim> {
  const { claimId, decision, accepted, note, expectedSeq, by, nowMs } = input;
  const event: ClaimEvent = { kind: "decide", by, atMs: nowMs, expectedSeq, decision, accepted, note };
  return await move(redis, { ...input, operation: personalOperation(`claim-decide-${claimId}`, input), event });
}

/**
 * The own side withdraws a claim that is not decided; wake a worker afterwards.
 *
 * @throws AppError as for a decision.
 */
export async function withdrawClaim(redis: Redis, input: ClaimWithdrawalInput): Promise<ExclusionClaim> {
  const { claimId, note, expectedSeq, by, nowMs } = input;
  const event: ClaimEvent = { kind: "withdraw", by, atMs: nowMs, expectedSeq, note };
  return await move(redis, { ...input, operation: personalOperation(`claim-withdraw-${claimId}`, input), event });
}

/** Each is one commit; ten thousand in one go would keep a worker from everything else for 13 seconds. */
const MOST_LAPSED_AT_ONCE = 200;

/**
 * Ends claims that nobody decided in time, some hundred a call: call it with each tick. Twice or late comes to the same.
 *
 * @returns whether any ended.
 */
export async function lapseClaims(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<boolean> {
  const { claims } = agreementKeys(stored.agreement.id);
  let count = 0;
  for (const [id, before] of Object.entries(await redis.hgetall(claims))) {
    const present = ExclusionClaim.parse(JSON.parse(before));
    const rules = claimTerms(stored, present.window.fromMs).rules ?? { undecided: "lapsed" as const };
    const claim = lapse(present, nowMs, rules);
    if (claim === present) continue;
    if (++count > MOST_LAPSED_AT_ONCE) break;
    await commitClaim(redis, { stored, claim, before, actor: "accord", operationId: `claim-lapse-${id}`, nowMs });
  }
  return count > 0;
}
