import { amountWords } from "../../live/amount-words.ts";
import { formatAmount } from "../../../shared/settlement/amount.ts";
import type { Deadline, Settlement } from "../../../shared/settlement/settlement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useRole } from "../../live/live-context.ts";
import { type Side, sideOf } from "../../live/side.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { Mark } from "../../ui/status/mark.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { isSoon, leftWords, running, whoWords } from "./money-finding.ts";

interface RightsListProps {
  readonly state: AgreementState;
  readonly settlement: Settlement;
  readonly nowMs: number;
}

/** Every right and duty that ends at an instant, the nearest first; what has lapsed stands below. */
export function RightsList({ state, settlement, nowMs }: RightsListProps): React.JSX.Element {
  const side = sideOf(useRole(state.agreement.id));
  const { deadlines, currency } = settlement;
  const open = running(deadlines, nowMs);
  const lapsed = deadlines.filter((deadline) => !open.includes(deadline)).toSorted((a, b) => b.dueAtMs - a.dueAtMs);
  const show = (deadline: Deadline) => (
    <Right
      key={`${deadline.kind} ${deadline.says} ${deadline.dueAtMs}`}
      deadline={deadline}
      zone={state.agreement.timeZone}
      {...{ side, currency, nowMs }}
    />
  );
  return (
    <section aria-labelledby="rights">
      <div className="head">
        <h2 id="rights">Rights and deadlines</h2>
      </div>
      {open.length === 0 && <Empty>No right and no duty is running.</Empty>}
      <ul className="rights">{open.map(show)}</ul>
      {lapsed.length > 0 && (
        <details>
          <summary>{lapsed.length} lapsed</summary>
          <ul className="rights">{lapsed.map(show)}</ul>
        </details>
      )}
    </section>
  );
}

interface RightProps {
  readonly deadline: Deadline;
  readonly side: Side;
  readonly currency: string | null;
  readonly zone: string;
  readonly nowMs: number;
}

function Right({ deadline, side, currency, zone, nowMs }: RightProps): React.JSX.Element {
  const { says, party, dueAtMs, amount } = deadline;
  const isOver = dueAtMs <= nowMs || deadline.lapsed;
  const soon = !isOver && isSoon(deadline, nowMs);
  return (
    <li>
      {soon ? <Mark kind="risk" /> : <span />}
      <p>
        <b>{says}</b>
        {amount === null || currency === null || says.includes(formatAmount(amount, currency)) ? "" : `, ${amountWords(amount, currency)}`}
      </p>
      <span className={soon ? "due" : "quiet"}>
        {isOver ? "lapsed " : ""}
        {leftWords(dueAtMs, nowMs)}
      </span>
      <p className="small quiet">
        {whoWords(party, side)}, by {bothClocks(zone, dueAtMs, nowMs)}
      </p>
    </li>
  );
}
