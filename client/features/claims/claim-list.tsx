import { Link } from "react-router";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { claimKindWords, claimStateWords, claimTargetWords, rangeWords } from "../../live/claim-words.ts";
import { paths } from "../../live/paths.ts";
import { spanWords } from "../../ui/zone-time.ts";
import type { claimGroups } from "./claims-finding.ts";

interface ClaimListProps {
  readonly state: AgreementState;
  readonly groups: ReturnType<typeof claimGroups>;
  readonly currentId: string | null;
  readonly nowMs: number;
}

export function ClaimList({ state, groups, currentId, nowMs }: ClaimListProps): React.JSX.Element {
  return (
    <nav className="claim-list" aria-label="Claims">
      {groups.map(({ title, claims }) => (
        <section key={title} aria-label={title}>
          <h2 className="claim-group">{title}</h2>
          <ul>
            {claims.map((claim) => (
              <li key={claim.id}>
                <ClaimItem state={state} claim={claim} isCurrent={claim.id === currentId} nowMs={nowMs} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

interface ClaimItemProps {
  readonly state: AgreementState;
  readonly claim: ExclusionClaim;
  readonly isCurrent: boolean;
  readonly nowMs: number;
}

function ClaimItem({ state, claim, isCurrent, nowMs }: ClaimItemProps): React.JSX.Element {
  const { agreement } = state;
  const isOpen = claim.state === "claimed";
  const left = claim.decideByMs > nowMs ? `${spanWords(claim.decideByMs - nowMs)} left` : "overdue";
  return (
    <Link className="claim-item" to={paths.claim(agreement.id, claim.id)} aria-current={isCurrent ? "true" : undefined}>
      <b>
        {claim.id} {claimKindWords(claim.kind)}
      </b>
      <span className={isOpen ? "when due" : "when"}>{isOpen ? left : claimStateWords(claim.state)}</span>
      <span className="sub">
        {rangeWords(agreement.timeZone, claim.window, nowMs)}, {claimTargetWords(claim, agreement)}
      </span>
    </Link>
  );
}
