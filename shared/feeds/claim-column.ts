import type { Claim } from "./canonical.ts";
import { explainClaim, readClaim } from "./cell-claim.ts";
import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { IntervalFeed } from "./feed-kinds.ts";
import type { Cells } from "./record-splitter.ts";

type ClaimColumn = NonNullable<IntervalFeed["claims"][keyof IntervalFeed["claims"]]>;

/** Compiles the column of a printed figure. A cell without one is `null`; so is one that was refused, with a problem noted. */
export function compileClaimColumn(
  { column, ...writing }: ClaimColumn,
  { header, missing, style, problems }: FileContext,
): (cells: Cells) => Claim | null {
  const { position } = placeOf(column, header);
  return (cells) => {
    const text = cells[position] ?? "";
    if (isMissing(text, missing)) return null;
    const trimmed = text.trim();
    const claim = readClaim(trimmed, writing, style);
    if (claim === null) problems.add("error", { column, value: text }, explainClaim(trimmed, writing, style));
    return claim;
  };
}
