import { Link } from "react-router";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { claimantOf, claimKindWords, claimStateWords, claimTargetWords, deciderOf, rangeWords } from "../../live/claim-words.ts";
import { paths } from "../../live/paths.ts";
import type { Side } from "../../live/side.ts";
import { bothClocks, spanWords, zoneCity } from "../../ui/zone-time.ts";
import { ClaimOutcomes } from "./claim-outcomes.tsx";
import { DecideForm } from "./decide-form.tsx";
import { WithdrawForm } from "./withdraw-form.tsx";

export interface ClaimProps {
  readonly state: AgreementState;
  readonly claim: ExclusionClaim;
  readonly nowMs: number;
}

/** One claim: what is asked, on what evidence, what each decision would do, and every step it went through. */
export function ClaimDetail({ state, claim, side, nowMs }: ClaimProps & { readonly side: Side }): React.JSX.Element {
  const { agreement } = state;
  const mayDecide = side.mayAct && deciderOf(claim) === side.party;
  const mayWithdraw = side.mayAct && claim.state === "claimed" && claimantOf(claim) === side.party;
  return (
    <article className="claim" aria-labelledby="claim-title">
      <p className="crumb claim-back">
        <Link to={paths.claims(agreement.id)}>All claims</Link>
      </p>
      <h2 id="claim-title" className="claim-title">
        {claimStateWords(claim.state)}: {claimKindWords(claim.kind).toLowerCase()}, {rangeWords(agreement.timeZone, claim.window, nowMs)}
      </h2>
      <p className="mid">
        Claim {claim.id} by the {claimantOf(claim) ?? "system"} on {claimTargetWords(claim, agreement)};{" "}
        {spanWords(claim.window.toMs - claim.window.fromMs)} on the clock of {zoneCity(agreement.timeZone)}.
      </p>
      <Clocks state={state} claim={claim} nowMs={nowMs} />
      <h3>Evidence</h3>
      <p className="prose">{claim.evidence}</p>
      <h3>What was done against it</h3>
      <p className="prose">{claim.mitigation === "" ? <span className="quiet">Nothing is stated.</span> : claim.mitigation}</p>
      <ClaimOutcomes state={state} claim={claim} />
      {mayDecide && <DecideForm state={state} claim={claim} />}
      {mayWithdraw && <WithdrawForm state={state} claim={claim} />}
      <Steps state={state} claim={claim} nowMs={nowMs} />
    </article>
  );
}

function Clocks({ state, claim, nowMs }: ClaimProps): React.JSX.Element {
  const zone = state.agreement.timeZone;
  const isLate = claim.noticeAtMs > claim.noticeDueMs;
  return (
    <dl className="claim-clocks">
      <div>
        <dt>Notice</dt>
        <dd>{isLate ? "Too late" : "In time"}</dd>
        <dd className="why">
          given {bothClocks(zone, claim.noticeAtMs, nowMs)}, due by {bothClocks(zone, claim.noticeDueMs, nowMs)}
        </dd>
      </div>
      <div>
        <dt>Decision</dt>
        <dd>{decisionWords(claim, nowMs)}</dd>
        <dd className="why">due by {bothClocks(zone, claim.decideByMs, nowMs)}</dd>
      </div>
      {claim.accepted.length > 0 && (
        <div>
          <dt>Left out</dt>
          <dd>{spanWords(claim.accepted.reduce((sum, range) => sum + range.toMs - range.fromMs, 0))}</dd>
          <dd className="why">{claim.accepted.map((range) => rangeWords(zone, range, nowMs)).join("; ")}</dd>
        </div>
      )}
    </dl>
  );
}

function decisionWords({ state, decideByMs }: ExclusionClaim, nowMs: number): string {
  if (state !== "claimed") return claimStateWords(state);
  return decideByMs > nowMs ? `${spanWords(decideByMs - nowMs)} left` : "Overdue";
}

function Steps({ state, claim, nowMs }: ClaimProps): React.JSX.Element {
  return (
    <section aria-labelledby="claim-steps">
      <h3 id="claim-steps">What happened</h3>
      <ol className="claim-steps">
        {claim.steps.map((step) => (
          <li key={`${step.atMs} ${step.state}`}>
            <b>{step.state === "claimed" ? "Claimed" : claimStateWords(step.state)}</b> by{" "}
            {step.by === null ? "the clock of the agreement" : `${step.by.name}, ${step.by.party}`}
            <span className="quiet">, {bothClocks(state.agreement.timeZone, step.atMs, nowMs)}</span>
            {step.note !== "" && <p className="prose">{step.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
