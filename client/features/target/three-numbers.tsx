import { Link } from "react-router";
import type { OtherCount, Verdict } from "../../../shared/agreement/verdict.ts";
import { formatClaim, formatCount, formatGap } from "../../../shared/metrics/format.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { z } from "zod";
import { claimsInWindow, otherFigure, rangeSays } from "./adjusted.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { figureWords, isLiveFigure } from "../../live/live-figure.ts";
import { paths } from "../../live/paths.ts";

interface ThreeNumbersProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly verdict: Verdict;
}

/** What the provider says, what all counts say, and what they say without the time both sides left out. */
export function ThreeNumbers({ state, target, verdict }: ThreeNumbersProps): React.JSX.Element {
  const { recomputed } = verdict;
  const touching = claimsInWindow(state.claims.values(), target, verdict.window);
  return (
    <dl className="three" aria-label="The three numbers">
      <div>
        <dt>
          As fed <small>the provider's claim</small>
        </dt>
        <Fed verdict={verdict} />
      </div>
      <div>
        <dt>
          As recomputed <small>from counts, nothing left out</small>
        </dt>
        <dd className={isLiveFigure(verdict) ? undefined : "former"}>
          {recomputed === null ? figureWords(verdict) : otherFigure(verdict, recomputed)}
        </dd>
        <dd className="why">{recomputed === null ? countWords(target, verdict) : otherWords(recomputed)}</dd>
      </div>
      <div className="lead">
        <dt>
          As adjusted <small>without accepted claims, decides the verdict</small>
        </dt>
        <dd className={isLiveFigure(verdict) ? undefined : "former"}>{figureWords(verdict)}</dd>
        <dd className="why">
          {recomputed === null ? "Nothing is left out: the same as recomputed. " : `${countWords(target, verdict)} `}
          {gapWords(verdict)}
        </dd>
        {touching.length > 0 && (
          <dd className="why">
            {rangeSays(verdict, touching)} <ClaimLinks state={state} claims={touching} />
          </dd>
        )}
      </div>
    </dl>
  );
}

function ClaimLinks({ state, claims }: { readonly state: AgreementState; readonly claims: readonly ExclusionClaim[] }): React.JSX.Element {
  return (
    <>
      {claims.map((claim, index) => (
        <span key={claim.id}>
          {index > 0 && ", "}
          <Link to={paths.claim(state.agreement.id, claim.id)}>
            claim {claim.id}, {claim.state === "claimed" ? "undecided" : "left out"}
          </Link>
        </span>
      ))}
    </>
  );
}

function Fed({ verdict }: { readonly verdict: Verdict }): React.JSX.Element {
  if (verdict.fed === null) {
    return (
      <>
        <dd className="claim">—</dd>
        <dd className="why">The feed brings counts only and claims no figure of its own.</dd>
      </>
    );
  }
  const agrees = {
    yes: "It agrees with the counts within its printed digits.",
    no: "It differs from the counts beyond rounding.",
    open: "A claim, never a verdict; there is nothing to check it against.",
  };
  const word = verdict.fed.agrees === null ? agrees.open : verdict.fed.agrees ? agrees.yes : agrees.no;
  return (
    <>
      <dd className="claim">{formatClaim(verdict.fed.value, verdict.unit)}</dd>
      <dd className="why">{word}</dd>
    </>
  );
}

function gapWords(verdict: Verdict): string {
  const gap = isLiveFigure(verdict) ? formatGap(verdict) : "—";
  return gap === "—" ? "" : `${gap}.`;
}

function otherWords(other: z.infer<typeof OtherCount>): string {
  if (other.value === null) return "Nothing to divide.";
  return `${formatCount(other.value.num)} of ${formatCount(other.value.den)} counted.`;
}

function countWords(target: TargetView, verdict: Verdict): string {
  const { value } = verdict;
  if (value === null) return verdict.reason;
  const counts = verdict.unit === "ratio" ? `${formatCount(value.num)} of ${formatCount(value.den)}` : `from ${formatCount(verdict.n)}`;
  const parts = [counts, target.detail].filter((part) => part !== "");
  return `${parts.join(", ")}.${isLiveFigure(verdict) ? "" : " Nothing newer has come."}`;
}
