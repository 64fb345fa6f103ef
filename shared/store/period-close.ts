import type { Redis } from "ioredis";
import { Verdict } from "../agreement/verdict.ts";
import { canonicalText } from "../ledger/canonical.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { AppError } from "../protocol/errors.ts";
import { adjustmentsOf, figuresOf, liesIn, periodsOver } from "../settlement/close-period.ts";
import { Closing, type ClosingEvent, type ClosingResult, type PeriodRef, refusePeriod, signPeriod } from "../settlement/closing.ts";
import type { PartyActor } from "../settlement/party.ts";
import type { SettlementInput } from "../settlement/settle.ts";
import type { PeriodView } from "../protocol/period.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, STEP_ATTEMPTS, tooBusy, wasDone } from "./person-step.ts";
import { openReceipts } from "./receipts.ts";
import { readSettlementInput } from "./settlement-input.ts";
import { sha256Hex } from "./sha256.ts";

function digest(list: readonly (readonly string[])[]): string {
  return sha256Hex(canonicalText(list));
}

/** Every closing of an agreement by its period's id, refused ones included. */
export async function readClosings(redis: Redis, agreementId: string): Promise<Map<string, Closing>> {
  const all = Object.entries(await redis.hgetall(agreementKeys(agreementId).closings));
  return new Map(all.map(([id, text]) => [id, Closing.parse(JSON.parse(text))]));
}

interface Standing {
  readonly input: SettlementInput;
  /** What the facts say now of windows that are closed otherwise. */
  readonly recomputed: readonly Verdict[];
  readonly closings: ReadonlyMap<string, Closing>;
  readonly receipts: number;
  readonly waiting: readonly number[];
  readonly seq: string;
}

async function readStanding(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<Standing> {
  const { id } = stored.agreement;
  const keys = agreementKeys(id);
  // The number first: whatever is published after it is read makes the step conflict.
  const seq = (await redis.get(keys.seq)) ?? "";
  const [input, recomputed, closings, receipts, waiting] = await Promise.all([
    readSettlementInput(redis, stored),
    redis.hvals(keys.adjusted),
    readClosings(redis, id),
    redis.get(keys.receiptCount),
    openReceipts(redis, id),
  ]);
  return {
    input: { ...input, nowMs },
    recomputed: recomputed.map((text) => Verdict.parse(JSON.parse(text))),
    closings,
    receipts: Number(receipts ?? "0"),
    waiting,
    seq,
  };
}

function undecided({ input }: Standing, period: PeriodRef): string[] {
  return input.claims
    .filter(({ state, window }) => state === "claimed" && window.fromMs < period.toMs && window.toMs > period.fromMs)
    .map(({ id }) => id);
}

/** Targets of the period's windows that have no data. */
function withoutData({ input }: Standing, period: PeriodRef): string[] {
  const bare = input.verdicts.filter(({ window, status }) => status === "no-data" && window.kind === period.kind && liesIn(window, period));
  return [...new Set(bare.map(({ targetId }) => targetId))].toSorted();
}

function viewOf(standing: Standing, period: PeriodRef): PeriodView {
  const closing = standing.closings.get(period.id) ?? null;
  const isClosed = closing?.state === "closed";
  const adjusted = isClosed ? adjustmentsOf(standing.input, closing, standing.recomputed) : null;
  return {
    ...period,
    figures: isClosed ? closing.figures : figuresOf(standing.input, period, { watermark: standing.receipts, digest }),
    closing,
    open: { receipts: standing.waiting.length, claims: undecided(standing, period), targetsWithoutData: withoutData(standing, period) },
    adjustments:
      adjusted === null
        ? null
        : {
            credit: adjusted.credit,
            bonus: adjusted.bonus,
            verdicts: adjusted.verdicts.map(({ closed, now }) => ({
              targetId: now.targetId,
              window: { kind: now.window.kind, start: now.window.start, open: now.window.open, part: now.window.part },
              unit: now.unit,
              direction: now.direction,
              expected: now.expected,
              notBelow: now.notBelow,
              closed: closed === null ? null : { status: closed.status, value: closed.value },
              now: { status: now.status, value: now.value },
            })),
          },
  };
}

/** The periods that are over, newest first, with what is signed, still open, or came after their closing. */
export async function readPeriods(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<PeriodView[]> {
  const standing = await readStanding(redis, stored, nowMs);
  return periodsOver(standing.input)
    .map((period) => viewOf(standing, period))
    .toReversed();
}

export interface PeriodStep {
  readonly agreementId: string;
  /** `<kind>.<first day>`. */
  readonly periodId: string;
  /** Hash of the figures that the person has seen. */
  readonly sha256: string;
  readonly note: string;
  readonly operationId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
}

function ledgerOf({ agreementId, by, nowMs, note }: PeriodStep, { id, figures, state }: Closing): LedgerEntry {
  const common = { v: 1, agreement: agreementId, atMs: nowMs, actor: by.id, period: id, party: by.party, sha256: figures.sha256 } as const;
  if (state === "refused") return { ...common, kind: "period-refused", noteSha256: sha256Hex(note) };
  return { ...common, kind: "period-closed", watermark: figures.watermark };
}

type Move = (standing: Standing, period: PeriodRef, event: ClosingEvent) => ClosingResult;

async function step(redis: Redis, input: PeriodStep, what: string, move: Move): Promise<Closing> {
  const { agreementId, periodId, by, sha256, note, nowMs } = input;
  const keys = agreementKeys(agreementId);
  const operationId = personalOperation(`${what}-${periodId}`, input);
  for (let i = 0; i < STEP_ATTEMPTS; i++) {
    const stored = await readAgreement(redis, agreementId, nowMs);
    const standing = stored === null ? null : await readStanding(redis, stored, nowMs);
    const period = standing === null ? undefined : periodsOver(standing.input).find(({ id }) => id === periodId);
    if (standing === null || period === undefined)
      throw new AppError("not-found", "There is no such period, or it is not over.", "Close a period after its last day.");
    const before = standing.closings.get(periodId) ?? null;
    const result = move(standing, period, { by, atMs: nowMs, sha256, note });
    if (result.kind === "refused") {
      if (before !== null && (await wasDone(redis, agreementId, operationId))) return before;
      throw new AppError("conflict", result.why, result.remedy);
    }
    const { closing } = result;
    const done = await commit(redis, {
      agreementId,
      operationId,
      rememberSeconds: REMEMBER_SECONDS,
      nowMs,
      expect: [
        { key: keys.seq, is: standing.seq },
        { key: keys.closings, field: periodId, is: before === null ? "" : JSON.stringify(before) },
      ],
      writes: [
        ["HSET", keys.closings, periodId, JSON.stringify(closing)],
        ["HINCRBY", keys.clock, "closings", 1],
      ],
      ledger: [ledgerOf(input, closing)],
      events: [{ kind: "period:changed", period: periodId, change: closing.state }],
    });
    if (done.kind === "done" || done.kind === "repeated") return closing;
  }
  throw tooBusy();
}

/**
 * A party signs the figures of a period that is over; with the other's signature of the same hash the period is closed.
 *
 * @throws AppError `not-found` where no such period is over, `conflict` (saying why) where the figures are others by now,
 *   receipts are under way, or the side has signed.
 */
export async function closePeriod(redis: Redis, input: PeriodStep): Promise<Closing> {
  return await step(redis, input, "period-close", (standing, period, event) => {
    if (standing.waiting.length > 0)
      return { kind: "refused", why: "Receipts are being read.", remedy: "Close the period when they have settled." };
    const figures = figuresOf(standing.input, period, { watermark: standing.receipts, digest });
    return signPeriod(standing.closings.get(period.id) ?? null, period, figures, event);
  });
}

/**
 * The other party refuses figures that one has signed.
 *
 * @throws AppError `not-found`, `conflict` (saying why) where nothing waits for this side's answer.
 */
export async function refuseClosing(redis: Redis, input: PeriodStep): Promise<Closing> {
  return await step(redis, input, "period-refuse", (standing, period, event) =>
    refusePeriod(standing.closings.get(period.id) ?? null, event),
  );
}
