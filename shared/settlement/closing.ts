import { z } from "zod";
import { SettlementPeriod } from "../agreement/money-clauses.ts";
import { Party, PartyActor } from "./party.ts";

export const ClosingStep = z.strictObject({
  kind: z.enum(["signed", "refused"]),
  by: PartyActor,
  atMs: z.int(),
  note: z.string(),
});

/** What a period comes to: the facts it rests on, the verdicts that follow, and the money. */
export const PeriodFigures = z.strictObject({
  /** Number of the last receipt that counts. */
  watermark: z.int().min(0),
  /** SHA-256 of the canonical list of the names and hashes of all verdicts whose windows lie in the period. */
  sha256: z.string(),
  verdicts: z.int(),
  /** Credits after all limits, before anything is earned back later, and bonus; minor units. */
  credit: z.int(),
  bonus: z.int(),
});
export type PeriodFigures = z.infer<typeof PeriodFigures>;

/**
 * The closing of one settlement period: one party signs its figures, the other countersigns the same hash or refuses.
 * Once both have signed, its verdicts and its credit stay; what later receipts change becomes an adjustment.
 */
export const Closing = z.strictObject({
  /** `<kind>.<first day>`, e.g. `month.2026-10-01`. */
  id: z.string(),
  kind: SettlementPeriod,
  start: z.iso.date(),
  fromMs: z.int(),
  toMs: z.int(),
  state: z.enum(["proposed", "closed", "refused"]),
  seq: z.int().min(1),
  figures: PeriodFigures,
  signed: z.array(Party),
  steps: z.array(ClosingStep),
});
export type Closing = z.infer<typeof Closing>;

export type ClosingResult =
  | { readonly kind: "moved"; readonly closing: Closing }
  | { readonly kind: "refused"; readonly why: string; readonly remedy: string };

const AGAIN = "Look at the figures as they are now.";

export interface ClosingEvent {
  readonly by: PartyActor;
  readonly atMs: number;
  /** Hash of the figures that the person has seen. */
  readonly sha256: string;
  readonly note: string;
}

/** What is closed: a settlement period that is over. */
export type PeriodRef = Pick<Closing, "id" | "kind" | "start" | "fromMs" | "toMs">;

/**
 * A party signs the figures of a period that is over. The first signature proposes them, the other party's closes the
 * period. A signature speaks of the figures as they are: where these have changed since the first one, both sign anew.
 *
 * @param present the closing so far, `null` before the first signature.
 */
export function signPeriod(present: Closing | null, period: PeriodRef, figures: PeriodFigures, event: ClosingEvent): ClosingResult {
  if (present?.state === "closed") return { kind: "refused", why: "The period is closed.", remedy: "Later changes are its adjustments." };
  if (event.sha256 !== figures.sha256)
    return { kind: "refused", why: "The period's verdicts have changed since you looked.", remedy: AGAIN };
  const same = present?.state === "proposed" && present.figures.sha256 === figures.sha256;
  if (same && present.signed.includes(event.by.party))
    return { kind: "refused", why: "Your side has signed these figures.", remedy: "The other side countersigns or refuses." };
  const signed = same ? [...present.signed, event.by.party] : [event.by.party];
  const step = { kind: "signed" as const, by: event.by, atMs: event.atMs, note: event.note };
  return {
    kind: "moved",
    closing: {
      ...period,
      state: signed.length === 2 ? "closed" : "proposed",
      seq: (present?.seq ?? 0) + 1,
      // What the first side signed is what both have signed.
      figures: same ? present.figures : figures,
      signed,
      steps: [...(present?.steps ?? []), step],
    },
  };
}

/** The other party refuses figures that one has signed, and says why. */
export function refusePeriod(present: Closing | null, event: ClosingEvent): ClosingResult {
  if (present === null || present.state !== "proposed")
    return { kind: "refused", why: "Nobody's signature waits for an answer.", remedy: AGAIN };
  if (present.signed.includes(event.by.party))
    return { kind: "refused", why: "Your own side has signed these figures.", remedy: "The other side countersigns or refuses." };
  if (event.sha256 !== present.figures.sha256)
    return { kind: "refused", why: "Other figures have been signed since you looked.", remedy: AGAIN };
  const step = { kind: "refused" as const, by: event.by, atMs: event.atMs, note: event.note };
  return { kind: "moved", closing: { ...present, state: "refused", seq: present.seq + 1, signed: [], steps: [...present.steps, step] } };
}
