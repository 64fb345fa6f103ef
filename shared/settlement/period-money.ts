import type { Day } from "../calendar/day.ts";
import { calendarPeriod, dayCount } from "./calendar-period.ts";
import { feesOf } from "./fees.ts";
import { type Fraction, fractionOf, isLess, multiply, ONE, NOTHING, readFactor, readShare } from "./fraction.ts";
import { settlementKind, type SettlementVersion } from "./version.ts";

/** The money side of one period, or of the part of it that one version governs: the days `[from, next)`. */
export interface PeriodMoney {
  readonly version: SettlementVersion;
  readonly from: Day;
  readonly next: Day;
  /** The part of the calendar period's days that this is. */
  readonly share: Fraction;
  readonly fees: Fraction;
  readonly atRisk: Fraction;
  readonly suspended: boolean;
  readonly peak: Peak | null;
}

interface Peak {
  readonly factor: Fraction;
  readonly earnBack: boolean;
}

/** A period with any day in a peak is a peak period. Of several peaks the highest factor counts, and every one must allow earn-back. */
function peakOf({ agreement }: SettlementVersion, from: Day, next: Day): Peak | null {
  const met = (agreement.credits?.peaks ?? []).filter((peak) => peak.from < next && peak.to >= from);
  if (met.length === 0) return null;
  const factors = met.map(({ factor }) => readFactor(factor));
  return {
    factor: factors.reduce((most, factor) => (isLess(most, factor) ? factor : most), NOTHING),
    earnBack: met.every(({ earnBack }) => earnBack),
  };
}

/** A period that begins before the ramp's weeks without credits are over costs nothing; so does one that begins before go-live. */
function isSuspended({ agreement: { ramp } }: SettlementVersion, from: Day): boolean {
  return ramp !== undefined && ramp.creditsSuspendedWeeks > 0 && dayCount(ramp.goLive, from) < 7 * ramp.creditsSuspendedWeeks;
}

export function periodMoney(version: SettlementVersion, from: Day, next: Day): PeriodMoney {
  const { credits, weekStart } = version.agreement;
  const fees = feesOf(version, from, next);
  return {
    version,
    from,
    next,
    share: fractionOf(dayCount(from, next), calendarPeriod(settlementKind(version), from, weekStart).days),
    fees,
    atRisk: credits === undefined ? NOTHING : multiply(fees, readShare(credits.atRisk)),
    suspended: isSuspended(version, from),
    peak: peakOf(version, from, next),
  };
}

/** An ordinary period of full length: no ramp, no peak. */
export function ordinaryPeriod(version: SettlementVersion, windowDays: number | null): PeriodMoney {
  const { weekStart } = version.agreement;
  const whole = calendarPeriod(settlementKind(version), version.term.from, weekStart);
  const money = periodMoney(version, whole.from, whole.next);
  const share = windowDays === null ? ONE : fractionOf(windowDays, whole.days);
  return { ...money, share, fees: multiply(money.fees, share), atRisk: multiply(money.atRisk, share), suspended: false, peak: null };
}
