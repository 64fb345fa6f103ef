import type { AgreementHistory } from "../../shared/agreement/history.ts";
import type { Zone } from "../../shared/calendar/zone.ts";
import { formatAmount } from "../../shared/settlement/amount.ts";
import type { PeriodSettlement, Settlement, SettlementLine } from "../../shared/settlement/settlement.ts";
import { wrapped } from "./wrapped.ts";

interface Money {
  readonly currency: string;
  readonly zone: Zone;
}

function lineOf(line: SettlementLine, period: PeriodSettlement, { currency }: Money): string[] {
  const paid = line.credit - line.capped - line.earnedBack;
  const amounts = [
    line.points > 0 ? `${line.points} points` : "",
    line.credit > 0 ? `${period.open ? "at stake" : "credit"} ${formatAmount(paid, currency)}` : "",
    line.bonus > 0 ? `bonus ${formatAmount(line.bonus, currency)}` : "",
    line.ifAllAccepted === null ? "" : `if all claims were accepted ${formatAmount(line.ifAllAccepted, currency)}`,
  ].filter((text) => text !== "");
  if (amounts.length === 0 && line.default === null && !(period.open && line.trace.length > 0)) return [];
  const name = `${line.name} (${line.targetId})`;
  return [
    `    ${name.padEnd(46)}  ${line.status.padEnd(12)}  ${amounts.join(", ")}`.trimEnd(),
    ...line.trace.flatMap((text) => wrapped(text, 6, 8)),
  ];
}

function periodLines(period: PeriodSettlement, money: Money): string[] {
  const { currency, zone } = money;
  const last = zone.localDay(period.toMs - 1);
  const amounts = [
    `fees ${formatAmount(period.fees, currency)}`,
    `at risk ${formatAmount(period.atRisk, currency)}`,
    period.open ? `at stake now ${formatAmount(period.atStake, currency)}` : `credit ${formatAmount(period.credit, currency)}`,
    period.earnedBack > 0 ? `earned back ${formatAmount(period.earnedBack, currency)}` : "",
    period.cappedAway > 0 ? `capped ${formatAmount(period.cappedAway, currency)}` : "",
    period.bonus > 0 ? `bonus ${formatAmount(period.bonus, currency)}` : "",
    period.points > 0 ? `${period.points} points` : "",
    period.suspended ? "credits suspended (ramp)" : "",
  ].filter((text) => text !== "");
  return [
    ...wrapped(`${period.start} to ${last}${period.open ? " (open)" : ""}: ${amounts.join(", ")}`, 2, 6),
    ...period.lines.flatMap((line) => lineOf(line, period, money)),
  ];
}

function total(periods: readonly PeriodSettlement[], { currency }: Money): string {
  const sum = (pick: (period: PeriodSettlement) => number): string =>
    formatAmount(
      periods.reduce((all, period) => all + pick(period), 0),
      currency,
    );
  const open = periods.some((period) => period.open) ? `, at stake in open periods ${sum(({ atStake }) => atStake)}` : "";
  return `  In all: fees ${sum(({ fees }) => fees)}, credits ${sum(({ credit }) => credit)}, bonus ${sum(({ bonus }) => bonus)}${open}`;
}

function rights(settlement: Settlement, { currency, zone }: Money): string[] {
  const reached = settlement.terminations.map(({ says, triggered }) => `${triggered ? "Right to terminate" : "Termination"}: ${says}`);
  const due = settlement.deadlines
    .filter(({ lapsed }) => !lapsed)
    .map(({ dueAtMs, says, party, amount }) => {
      const clock = Temporal.Instant.fromEpochMilliseconds(dueAtMs).toZonedDateTimeISO(zone.timeZone).toPlainDateTime();
      const until = clock.toString({ smallestUnit: "minute" }).replace("T", " ");
      const sum = amount === null ? "" : formatAmount(amount, currency);
      return `By ${until} the ${party}: ${says}${says.includes(sum) ? "" : ` (${sum})`}`;
    });
  const proposals = settlement.proposals.map(({ targetId, from, to, says }) => `${targetId}: ${from} to ${to}. ${says}`);
  return [...reached, ...due, ...proposals].flatMap((text) => wrapped(text, 2, 6));
}

/** What each period costs, line by line with its reasons; then sums, rights and deadlines. */
export function moneyTable(history: AgreementHistory, settlement: Settlement): string[] {
  const { agreement, zone } = history.latest;
  if (settlement.currency === null)
    return ["", 'Money: the agreement has no fees. Add fees: { currency: EUR, amount: "10000", per: month } and credits.'];
  const money = { currency: settlement.currency, zone };
  const none = agreement.credits === undefined ? ["  No credits are agreed."] : [];
  return [
    "",
    `Money of ${agreement.name}, in ${money.currency}`,
    ...none,
    ...settlement.periods.flatMap((period) => periodLines(period, money)),
    total(settlement.periods, money),
    ...rights(settlement, money),
  ];
}
