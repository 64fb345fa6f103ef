import { useParams } from "react-router";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useAgreement, useLiveView } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useSettlement } from "../../live/use-settlement.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { clockIn, zoneCity } from "../../ui/zone-time.ts";
import { ClosePanel } from "./close-panel.tsx";
import { ForecastPanel } from "./forecast-panel.tsx";
import { LevelProposals } from "./level-proposals.tsx";
import { moneyFinding, moneyLede } from "./money-finding.ts";
import { MoneyFacts } from "./money-facts.tsx";
import { PeriodLedger } from "./period-ledger.tsx";
import { RightsList } from "./rights-list.tsx";
import { Terminations } from "./terminations.tsx";
import { WaiveBanner } from "./waive-banner.tsx";
import "./money.css";

/** The money side of an agreement: what is owed, what is at stake, which rights are about to lapse. */
export function MoneyPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  return state === null ? <Loading what="the money" /> : <Money state={state} />;
}

function Money({ state }: { readonly state: AgreementState }): React.JSX.Element {
  const nowMs = useNowMinute();
  const { request, again } = useSettlement(state);
  const { name, timeZone } = state.agreement;
  if (request.state === "loading") return <Loading what="the money" />;
  if (request.state === "failed") {
    return (
      <>
        <h1>The money of {name} cannot be shown</h1>
        <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />
      </>
    );
  }
  const { settlement, atMs } = request.data;
  return (
    <>
      <title>{`Money · ${name} · Accord`}</title>
      <WaiveBanner state={state} settlement={settlement} nowMs={nowMs} />
      <h1>{moneyFinding(settlement, timeZone)}</h1>
      <p className="mid lede">
        {moneyLede(settlement)} Computed at {clockIn(timeZone, atMs)} {zoneCity(timeZone)} from the verdicts and claims as they stand.
      </p>
      {settlement.currency !== null && <MoneyFacts settlement={settlement} currency={settlement.currency} />}
      <div className="split money-split">
        <div>
          {settlement.currency === null ? (
            <Empty>It has no fees and no credits. They come with a version that names them.</Empty>
          ) : (
            <PeriodLedger state={state} periods={settlement.periods} currency={settlement.currency} />
          )}
          <ClosePanel state={state} currency={settlement.currency} nowMs={nowMs} />
          <ForecastPanel state={state} nowMs={nowMs} />
        </div>
        <div className="rail">
          <RightsList state={state} settlement={settlement} nowMs={nowMs} />
          <Terminations settlement={settlement} state={state} nowMs={nowMs} />
          <LevelProposals settlement={settlement} state={state} />
        </div>
      </div>
    </>
  );
}
