import type { Credits } from "../agreement/money-clauses.ts";
import type { Verdict } from "../agreement/verdict.ts";
import { formatAmount } from "./amount.ts";
import type { DefaultKind } from "./default-of.ts";
import { type Fraction, fractionOf, isLess, multiply, ONE, readFactor, readShare, roundHalfUp } from "./fraction.ts";
import type { PeriodMoney } from "./period-money.ts";
import { basePoints, priceOfPoints } from "./points.ts";
import { baseCredit, type Shortfall } from "./scheme-credit.ts";
import { shareOut } from "./share-out.ts";
import type { SettlementTarget } from "./version.ts";

/** A target of a period with what it counts as. */
export interface Assessed {
  readonly of: SettlementTarget;
  readonly default: DefaultKind | null;
  /** Of a default: its figure, or the level just beyond which it is taken to be. */
  readonly shortfall: Shortfall;
  /** Whether the target also defaulted in the calendar period before. */
  readonly repeated: boolean;
}

export interface PricedLine {
  readonly points: number;
  /** Minor units, after factors and the limit per target. */
  readonly credit: number;
  readonly trace: readonly string[];
}

type Defaulted = Assessed & { readonly default: DefaultKind };

const FREE: PricedLine = { points: 0, credit: 0, trace: [] };
const SAYS: Record<DefaultKind, string> = {
  expected: "Default: beyond the expected level",
  minimum: "Default: beyond the minimum level",
  "not-measured": "Default: not measured, which counts like beyond the expected level",
};

/** Repeat and peak factors multiplied, with a line for each that applies. */
function factors(line: Defaulted, { peak }: PeriodMoney, credits: Credits): { factor: Fraction; trace: string[] } {
  const repeat = line.repeated && credits.repeatFactor !== undefined ? credits.repeatFactor : null;
  const trace: string[] = [];
  if (repeat !== null) trace.push(`x ${repeat}: it also defaulted in the period before`);
  const peakFactor = peak?.factor ?? ONE;
  if (peakFactor.num !== peakFactor.den) trace.push(`x ${Number(peakFactor.num) / Number(peakFactor.den)}: peak period`);
  return { factor: multiply(readFactor(repeat ?? undefined), peakFactor), trace };
}

/** The share of the amount at risk that one target may take; the whole amount where the agreement sets none. */
function limitOf(credits: Credits, money: PeriodMoney): Fraction {
  return credits.perTargetMost === undefined ? money.atRisk : multiply(money.atRisk, readShare(credits.perTargetMost));
}

function amountOf(credit: number, { version }: PeriodMoney): string {
  return formatAmount(credit, version.agreement.fees?.currency ?? "");
}

function limited(credit: Fraction, limit: Fraction): { credit: number; trace: string[] } {
  const over = isLess(limit, credit);
  return { credit: roundHalfUp(over ? limit : credit), trace: over ? ["Limited to what one target may cost"] : [] };
}

function shareLine(line: Defaulted, money: PeriodMoney, credits: Credits): PricedLine {
  if (credits.scheme.kind === "points") return FREE;
  const base = baseCredit(credits.scheme, line.of, money, line.shortfall);
  const { factor, trace } = factors(line, money, credits);
  const minimum = line.default === "minimum" ? credits.minimumFactor : undefined;
  const result = limited(multiply(base.credit, readFactor(minimum), factor), limitOf(credits, money));
  const steps = [SAYS[line.default], base.says, ...(minimum === undefined ? [] : [`x ${minimum}: beyond the minimum level`]), ...trace];
  return { points: 0, credit: result.credit, trace: [...steps, ...result.trace, `Credit ${amountOf(result.credit, money)}`] };
}

/** The sum of the points is priced once; each line bears its part by points, in whole minor units that add up. */
function pointLines(lines: readonly Assessed[], money: PeriodMoney, credits: Credits): PricedLine[] {
  const { scheme } = credits;
  if (scheme.kind !== "points") return lines.map(() => FREE);
  const counted = lines.map((line) => {
    const { default: kind } = line;
    if (kind === null) return { points: 0, trace: [] };
    const { factor, trace } = factors({ ...line, default: kind }, money, credits);
    const points = roundHalfUp(multiply(basePoints({ ...credits, scheme }, line.of, { version: money.version, kind }), factor));
    return { points, trace: [SAYS[kind], ...trace, `${points} points`] };
  });
  const sum = counted.reduce((all, { points }) => all + points, 0);
  const price = roundHalfUp(priceOfPoints(scheme.price, sum, money));
  const parts = shareOut(
    price,
    counted.map(({ points }) => points),
  );
  return counted.map(({ points, trace }, i) => {
    if (points === 0) return { points, credit: 0, trace };
    const { credit, trace: cut } = limited(fractionOf(parts[i] ?? 0), limitOf(credits, money));
    const says = `${sum} points of all targets cost ${amountOf(price, money)}; the part of this one is ${amountOf(credit, money)}`;
    return { points, credit, trace: [...trace, ...cut, says] };
  });
}

/** What the targets of one period cost before the caps of the period and the year, in the order given. */
export function priceLines(lines: readonly Assessed[], money: PeriodMoney): PricedLine[] {
  const { credits } = money.version.agreement;
  if (credits === undefined) return lines.map(() => FREE);
  if (money.suspended) {
    return lines.map((line) => ({ ...FREE, trace: line.default === null ? [] : [SAYS[line.default], "No credit: credits are suspended"] }));
  }
  if (credits.scheme.kind === "points") return pointLines(lines, money, credits);
  return lines.map((line) => (line.default === null ? FREE : shareLine({ ...line, default: line.default }, money, credits)));
}

/** The shortfall of a judged default. One that was not measured is taken to be just beyond the level expected in its window. */
export function shortfallOf(verdict: Verdict, value: Verdict["value"], kind: DefaultKind | null): Shortfall {
  return value === null || kind === "not-measured" ? { at: "level", level: verdict.expected } : { at: "figure", value, verdict };
}
