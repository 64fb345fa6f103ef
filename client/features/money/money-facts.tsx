import { amountWords } from "../../live/amount-words.ts";
import type { Settlement } from "../../../shared/settlement/settlement.ts";
import { totalsOf } from "./money-finding.ts";

/** The six sums a client's and a provider's finance people ask for. */
export function MoneyFacts({ settlement, currency }: { readonly settlement: Settlement; readonly currency: string }): React.JSX.Element {
  const { accrued, atStake, capped, earnedBack, bonus } = totalsOf(settlement);
  const closed = settlement.periods.filter((period) => !period.open).length;
  const facts = [
    { name: "Accrued", value: accrued, why: `credits of ${closed} closed ${closed === 1 ? "period" : "periods"}` },
    { name: "At stake", value: atStake, why: "if the open period ended as it stands" },
    { name: "Capped", value: capped, why: "taken away by the limits" },
    { name: "Earned back", value: earnedBack, why: "by recovering later" },
    { name: "Bonus", value: bonus, why: "for reaching a better level" },
  ];
  return (
    <dl className="money-facts" aria-label="Sums">
      {facts.map(({ name, value, why }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{amountWords(value, currency)}</dd>
          <dd className="why">{why}</dd>
        </div>
      ))}
      {settlement.years.slice(-1).map(({ year, credit, most }) => (
        <div key={year}>
          <dt>Limit of {year}</dt>
          <dd>{most === null ? "none" : amountWords(most, currency)}</dd>
          <dd className="why">{most === null ? "the agreement has none" : `${amountWords(credit, currency)} of it used`}</dd>
        </div>
      ))}
    </dl>
  );
}
