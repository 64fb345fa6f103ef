import type { PeriodView } from "../../../shared/protocol/period.ts";
import type { Party } from "../../../shared/settlement/party.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { amountWords } from "../../live/amount-words.ts";
import type { Side } from "../../live/side.ts";

/** Which step of closing a period is next, for the reader's side. */
export type ClosingTurn = "sign" | "countersign" | "waits" | "closed";

/** A signature of figures that have changed since counts no more. */
function standingSignatures({ closing, figures }: PeriodView): readonly Party[] {
  return closing?.state === "proposed" && closing.figures.sha256 === figures.sha256 ? closing.signed : [];
}

export function turnOf(period: PeriodView, { party }: Side): ClosingTurn {
  if (period.closing?.state === "closed") return "closed";
  const signed = standingSignatures(period);
  if (signed.length === 0) return "sign";
  return signed.includes(party) ? "waits" : "countersign";
}

/** Where the closing stands, in one line. */
export function closingWords(period: PeriodView, side: Side): string {
  const { closing } = period;
  const last = closing?.steps.at(-1);
  if (closing === null || last === undefined) return "Nobody has signed it yet.";
  if (closing.state === "closed") return "Closed: both sides have signed the same figures.";
  if (closing.state === "refused") return `${last.by.name} refused the figures: ${last.note === "" ? "no reason given" : last.note}`;
  if (standingSignatures(period).length === 0)
    return `${last.by.name} signed other figures than these; they have changed since, so both sides sign anew.`;
  return last.by.party === side.party
    ? `${last.by.name} has signed for your side; the other side has not.`
    : `${last.by.name} has signed for the other side.`;
}

/** What may still change a period that nobody has closed, one line each. */
export function openWords({ open: { receipts, claims, targetsWithoutData } }: PeriodView, nameOf: (targetId: string) => string): string[] {
  return [
    receipts === 0 ? "" : `${formatCount(receipts)} ${receipts === 1 ? "receipt is" : "receipts are"} being read; sign when that is done`,
    claims.length === 0 ? "" : `${claims.length === 1 ? "claim" : "claims"} ${claims.join(", ")} undecided`,
    targetsWithoutData.length === 0 ? "" : `no data for ${targetsWithoutData.map(nameOf).join(", ")}`,
  ].filter((line) => line !== "");
}

/** A difference of credit as who owes whom: more credit goes to the client, less goes back to the provider. */
export function adjustmentWords(minor: number, currency: string | null): string {
  if (minor === 0) return "no difference in credit";
  return minor > 0
    ? `${amountWords(minor, currency)} more credit to the client`
    : `${amountWords(-minor, currency)} less credit to the client`;
}
