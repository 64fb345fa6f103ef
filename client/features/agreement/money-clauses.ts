import type { Agreement } from "../../../shared/agreement/agreement.ts";
import type { Credits } from "../../../shared/agreement/money-clauses.ts";
import { countWords } from "../../live/count-words.ts";
import { type Clause, clause } from "./clause.ts";
import { amountWords, dateWords, listWords, targetName } from "./clause-words.ts";

/** Fees, credits, bonus and earn-back. */
export function moneyClauses(agreement: Agreement): Clause[] {
  const { fees, credits, bonus, earnBack } = agreement;
  return [
    ...(fees === undefined ? [] : [money("fees", `The fees are ${amountWords(fees.amount, fees.currency)} per ${fees.per}.`)]),
    ...(credits === undefined ? [] : creditClauses(agreement, credits)),
    ...(bonus === undefined
      ? []
      : [
          money(
            "bonus",
            `Reaching the better level earns a bonus: ${sharesWords(agreement, bonus.targets)} of the fees, at most ${bonus.most} in all.`,
          ),
        ]),
    ...(earnBack === undefined ? [] : [money("earnBack", earnBackWords(earnBack))]),
  ];
}

function money(path: string, says: string, also: readonly string[] = []): Clause {
  return clause("Money", path, says, { also });
}

function sharesWords(agreement: Agreement, shares: Readonly<Record<string, string>>): string {
  return listWords(Object.entries(shares).map(([ref, share]) => `${targetName(agreement, ref)} ${share}`));
}

function creditClauses(agreement: Agreement, credits: Credits): Clause[] {
  const { perTargetMost, minimumFactor, repeatFactor, yearMost, peaks, period } = credits;
  const some = (field: string, says: string | null) => (says === null ? [] : [money(`credits.${field}`, says)]);
  return [
    {
      ...money("credits.atRisk", `Credits are settled by the ${period} and never exceed ${credits.atRisk} of its fees.`, [
        "credits.period",
      ]),
      level: credits.atRisk,
    },
    ...schemeClauses(agreement, credits.scheme),
    ...some(
      "perTargetMost",
      perTargetMost === undefined ? null : `No single target takes more than ${perTargetMost} of the amount at risk.`,
    ),
    ...some("minimumFactor", minimumFactor === undefined ? null : `Beyond the minimum level the credit is multiplied by ${minimumFactor}.`),
    ...some(
      "repeatFactor",
      repeatFactor === undefined
        ? null
        : `The credit of a target that missed in the ${period} before too is multiplied by ${repeatFactor}.`,
    ),
    ...some("peaks", peaks.length === 0 ? null : `In peak season other rules hold: ${peakWords(peaks)}.`),
    ...some("yearMost", yearMost === undefined ? null : `All credits of a calendar year together never exceed ${yearMost} of its fees.`),
  ];
}

function peakWords(peaks: Credits["peaks"]): string {
  return listWords(
    peaks.map(({ from, to, factor, earnBack }) => {
      const times = factor === undefined ? "" : ` credits are multiplied by ${factor} and`;
      return `from ${dateWords(from)} to ${dateWords(to)}${times} ${earnBack ? "may" : "may not"} be earned back`;
    }),
  );
}

function schemeClauses(agreement: Agreement, scheme: Credits["scheme"]): Clause[] {
  switch (scheme.kind) {
    case "allocation":
      return scheme.categories.map(({ id, pool, targets }) =>
        money(
          `credits.scheme.categories.${id}`,
          `${pool} of the amount at risk is the pool “${id}”. Of it, a miss costs: ${sharesWords(agreement, targets)}.`,
        ),
      );
    case "points":
      return [
        money("credits.scheme.points", `A miss costs points: ${pointsWords(agreement, scheme.points)}.`),
        money("credits.scheme.price", priceWords(scheme.price, agreement.fees?.currency ?? "")),
      ];
    case "bands":
      return Object.entries(scheme.targets).map(([ref, bands]) => {
        const steps = bands.map(({ beyond, credit }) => `${credit} of the fees beyond ${beyond}`);
        return money(
          `credits.scheme.targets.${ref}`,
          `${targetName(agreement, ref)} costs ${listWords(steps)}. The worst band passed counts.`,
        );
      });
  }
}

type Points = Extract<Credits["scheme"], { kind: "points" }>;

function pointsWords(agreement: Agreement, points: Points["points"]): string {
  return listWords(
    Object.entries(points).map(([ref, { expected, minimum }]) => {
      const more = minimum === undefined ? "" : ` (${minimum} beyond the minimum level)`;
      return `${targetName(agreement, ref)} ${expected}${more}`;
    }),
  );
}

function priceWords(price: Points["price"], currency: string): string {
  if (price.by === "table") {
    return `The sum of points sets the credit: ${listWords(price.rows.map(({ from, credit }) => `from ${from} points ${credit}`))} of the fees.`;
  }
  const bands = price.bands.map(({ to, factor }) => `times ${factor} ${to === undefined ? "beyond" : `up to ${to}`}`);
  return `${countWords(price.free, "point")} ${price.free === 1 ? "is" : "are"} free. Each further point costs ${amountWords(price.perPoint, currency)}, ${listWords(bands)}.`;
}

function earnBackWords({ rule, excludeMinimumDefaults }: NonNullable<Agreement["earnBack"]>): string {
  const periods = countWords(rule.periods, "period");
  const when =
    rule.by === "average"
      ? `the figure of the next ${periods} together is on the agreed side`
      : `the next ${periods} in a row ${rule.periods === 1 ? "is" : "are"} without a default`;
  return `A credit is earned back when ${when}.${excludeMinimumDefaults ? " Defaults beyond the minimum level never are." : ""}`;
}
