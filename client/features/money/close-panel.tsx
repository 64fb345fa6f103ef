import { useState } from "react";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { PeriodView } from "../../../shared/protocol/period.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { amountWords } from "../../live/amount-words.ts";
import { useRole } from "../../live/live-context.ts";
import { type Side, sideOf } from "../../live/side.ts";
import { usePeriods } from "../../live/use-periods.ts";
import { startedName } from "../../live/window-words.ts";
import { Empty, Failed } from "../../ui/panel-state.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { Adjustments } from "./adjustments.tsx";
import { ClosingForm } from "./closing-form.tsx";
import { adjustmentWords, closingWords, openWords, turnOf } from "./closing-words.ts";

interface ClosePanelProps {
  readonly state: AgreementState;
  readonly currency: string | null;
  readonly nowMs: number;
}

const SHOWN = 3;

/** The periods that are over: who has signed their figures, what is still open, and what came after the closing. */
export function ClosePanel({ state, currency, nowMs }: ClosePanelProps): React.JSX.Element {
  const { request, again } = usePeriods(state);
  const side = sideOf(useRole(state.agreement.id));
  const [showsAll, setShowsAll] = useState(false);
  const periods = request.state === "ready" ? request.data : [];
  return (
    <section className="block" aria-labelledby="closing">
      <div className="head">
        <h2 id="closing">{request.state === "ready" ? panelFinding(periods, side, currency) : "Closing periods"}</h2>
      </div>
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && periods.length === 0 && <Empty>No period is over yet.</Empty>}
      <ul className="closings">
        {periods.slice(0, showsAll ? undefined : SHOWN).map((period) => (
          <PeriodItem key={period.id} state={state} period={period} side={side} currency={currency} nowMs={nowMs} onDone={again} />
        ))}
      </ul>
      {!showsAll && periods.length > SHOWN && (
        <button className="btn link" type="button" onClick={() => setShowsAll(true)}>
          {periods.length - SHOWN} earlier periods
        </button>
      )}
    </section>
  );
}

function panelFinding(periods: readonly PeriodView[], side: Side, currency: string | null): string {
  const waiting = periods.filter((period) => turnOf(period, side) === "countersign").length;
  if (waiting > 0) return waiting === 1 ? "1 period waits for your side's signature" : `${waiting} periods wait for your side's signature`;
  const carried = periods.reduce((sum, { adjustments }) => sum + (adjustments?.credit ?? 0), 0);
  if (carried !== 0) return `Closed periods carry over ${adjustmentWords(carried, currency)}`;
  const unsigned = periods.filter((period) => turnOf(period, side) !== "closed").length;
  if (periods.length === 0) return "Closing periods";
  return unsigned === 0 ? "Every period that is over is closed" : `${unsigned} of ${periods.length} periods that are over are not closed`;
}

interface PeriodItemProps extends ClosePanelProps {
  readonly period: PeriodView;
  readonly side: Side;
  readonly onDone: () => void;
}

function PeriodItem({ state, period, side, currency, nowMs, onDone }: PeriodItemProps): React.JSX.Element {
  const { id, timeZone, targets } = state.agreement;
  const name = startedName(period);
  const turn = turnOf(period, side);
  const nameOf = (targetId: string): string => targets.find((target) => target.id === targetId)?.name ?? targetId;
  const last = period.closing?.steps.at(-1);
  const { figures } = period;
  return (
    <li>
      <h3>{name}</h3>
      <p className="mid">
        {closingWords(period, side)} {last !== undefined && <span className="quiet">{bothClocks(timeZone, last.atMs, nowMs)}</span>}
      </p>
      <p>
        {currency !== null && <b>{amountWords(figures.credit, currency)} credit</b>}
        {currency !== null && figures.bonus > 0 && `, ${amountWords(figures.bonus, currency)} bonus`}
        {currency !== null && "; "}
        {formatCount(figures.verdicts)} verdicts, on receipts up to {figures.watermark}
      </p>
      <p className="small quiet sha">
        SHA-256 <code>{figures.sha256}</code>
      </p>
      {turn !== "closed" && openWords(period, nameOf).length > 0 && (
        <p className="small">Still open: {openWords(period, nameOf).join("; ")}.</p>
      )}
      <Adjustments period={period} currency={currency} nameOf={nameOf} />
      {side.mayAct && (turn === "sign" || turn === "countersign") && (
        <ClosingForm agreementId={id} period={period} name={name} turn={turn} onDone={onDone} />
      )}
    </li>
  );
}
