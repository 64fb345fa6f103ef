import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Outlook } from "../../../shared/outlook/outlook.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { isLiveFigure } from "../../live/live-figure.ts";
import { outlookOf } from "../../live/windows.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { BudgetBar } from "./budget-bar.tsx";
import { outlookFacts, outlookFinding, reliedOn } from "./outlook-facts.ts";

interface OutlookPanelProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly verdict: Verdict;
  readonly nowMs: number;
}

/** Where an open window will end: what the rest needs, what may still go wrong, how probably it is missed, and what that costs. */
export function OutlookPanel({ state, target, verdict, nowMs }: OutlookPanelProps): React.JSX.Element | null {
  if (!verdict.window.open || verdict.status === "not-derivable" || verdict.status === "not-counted") return null;
  const outlook = outlookOf(state, verdict);
  const isLive = isLiveFigure(verdict);
  return (
    <section className="block" aria-labelledby="outlook">
      <div className="head">
        <h2 id="outlook">Can it still be met?</h2>
        {outlook !== null && isLive && <span className="small quiet">{volumeWords(outlook)}</span>}
      </div>
      {outlook === null && (
        <Empty>
          {verdict.window.kind === "day"
            ? "No outlook is made for a single day: it is over before a probability could be trusted. The verdict says where it stands."
            : "There is too little data to say where this window will end. The outlook appears with the next days."}
        </Empty>
      )}
      {outlook !== null && !isLive && <Empty>Its feed is silent: the outlook returns with the next data.</Empty>}
      {outlook !== null && isLive && <Facts outlook={outlook} target={target} zone={state.agreement.timeZone} nowMs={nowMs} />}
    </section>
  );
}

function volumeWords({ n, remaining }: Outlook): string {
  return remaining === null ? "no forecast of the rest" : `${formatCount(n + remaining.expected)} contacts expected in all`;
}

interface FactsProps {
  readonly outlook: Outlook;
  readonly target: TargetView;
  readonly zone: string;
  readonly nowMs: number;
}

function Facts({ outlook, target, zone, nowMs }: FactsProps): React.JSX.Element {
  return (
    <>
      <p className="says">{outlookFinding(outlook, target)}</p>
      <BudgetBar outlook={outlook} target={target} />
      <dl className="facts-grid">
        {outlookFacts(outlook, target).map(({ name, value, why }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd className="why">{why}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet facts-foot">
        n {formatCount(outlook.n)}
        {outlook.asOfMs === null ? "" : `, as of ${bothClocks(zone, outlook.asOfMs, nowMs)}`}. {reliedOn(outlook)}
      </p>
    </>
  );
}
