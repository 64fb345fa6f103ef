import { Link, useParams } from "react-router";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useAgreement, useLiveView, useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { sideOf } from "../../live/side.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { ClaimDetail } from "./claim-detail.tsx";
import { ClaimList } from "./claim-list.tsx";
import { claimGroups, claimsFinding } from "./claims-finding.ts";
import { NewClaimPanel } from "./new-claim-panel.tsx";
import "./claims.css";

/** Time that one side asks to leave out, and what the other says to it: a list, one claim with its evidence, or a new one. */
export function ClaimsPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  return state === null ? <Loading what="the claims" /> : <Claims state={state} />;
}

const NEW = "new";

function Claims({ state }: { readonly state: AgreementState }): React.JSX.Element {
  const { claimId } = useParams();
  const nowMs = useNowMinute();
  const { id, name } = state.agreement;
  const side = sideOf(useRole(id));
  const groups = claimGroups(state.claims.values(), side);
  const shown = claimId === undefined ? groups[0]?.claims[0] : state.claims.get(claimId);
  return (
    <>
      <title>{`Claims · ${name} · Accord`}</title>
      <div className="head">
        <h1>{claimsFinding(state.claims.values(), side, nowMs)}</h1>
        {side.mayAct && claimId !== NEW && (
          <Link className="btn main" to={paths.newClaim(id)}>
            Claim time
          </Link>
        )}
      </div>
      {!side.mayAct && (
        <NotPermitted>You see every claim and its decision. Client managers and the provider's people claim and decide.</NotPermitted>
      )}
      <div className={`claim-split${claimId === undefined ? "" : " asked"}`}>
        {groups.length === 0 ? (
          <Empty>Nothing is left out of any figure. A claim names the time, the reason and the evidence; the other side decides.</Empty>
        ) : (
          <ClaimList state={state} groups={groups} currentId={claimId === NEW ? null : (shown?.id ?? null)} nowMs={nowMs} />
        )}
        {claimId === NEW && <NewClaimPanel state={state} mayAct={side.mayAct} />}
        {claimId !== NEW && shown !== undefined && (
          <ClaimDetail key={`${shown.id} ${shown.seq}`} state={state} claim={shown} side={side} nowMs={nowMs} />
        )}
        {claimId !== NEW && shown === undefined && claimId !== undefined && (
          <NotPermitted>There is no such claim in this agreement.</NotPermitted>
        )}
      </div>
    </>
  );
}
