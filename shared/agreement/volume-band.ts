import type { Decimal } from "../stats/decimal.ts";
import type { VolumeBand } from "./agreement.ts";
import { parseLevel } from "./level.ts";

/** A volume band with its limits read: shares of the forecast. */
export interface CompiledBand extends Pick<VolumeBand, "unit" | "above" | "below"> {
  readonly upper: Decimal;
  readonly lower: Decimal | null;
}

function limit(text: string): Decimal {
  const level = parseLevel(text, "ratio");
  if (level === null) throw new RangeError(`volume: "${text}" is not a share of the forecast`);
  return level;
}

/** @throws RangeError when a limit is not a percentage; `checkAgreement` reports that beforehand. */
export function compileBand({ unit, above, below, upper, lower }: VolumeBand): CompiledBand {
  return { unit, above, below, upper: limit(upper), lower: lower === undefined ? null : limit(lower) };
}
