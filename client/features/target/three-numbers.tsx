import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatClaim, formatCount, formatGap } from "../../../shared/metrics/format.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { figureWords, isLiveFigure } from "../../live/live-figure.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { Status } from "../../ui/status/status.tsx";

interface ThreeNumbersProps {
  readonly target: TargetView;
  readonly verdict: Verdict;
  readonly today: Verdict | null;
}

/** What the provider says, what the counts say, and what they say today. */
export function ThreeNumbers({ target, verdict, today }: ThreeNumbersProps): React.JSX.Element {
  return (
    <dl className="three" aria-label="The figures">
      <div>
        <dt>
          As fed <small>the provider's claim</small>
        </dt>
        <Fed verdict={verdict} />
      </div>
      <div className="lead">
        <dt>
          As recomputed <small>from counts, decides the verdict</small>
        </dt>
        <dd className={isLiveFigure(verdict) ? undefined : "former"}>{figureWords(verdict)}</dd>
        <dd className="why">{recomputedWords(target, verdict)}</dd>
      </div>
      {today !== null && verdict.window.kind !== "day" && (
        <div>
          <dt>
            {today.window.open ? "Today" : "Last day"} <small>{today.window.open ? "still open" : today.window.start}</small>
          </dt>
          <dd className={isLiveFigure(today) ? undefined : "former"}>{figureWords(today)}</dd>
          <dd className="why">
            <Status kind={wordsOf(today.status).mark}>{wordsOf(today.status).word}</Status> {gapWords(today)}
          </dd>
        </div>
      )}
    </dl>
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
  return gap === "—" ? "" : gap;
}

function recomputedWords(target: TargetView, verdict: Verdict): string {
  const { value } = verdict;
  if (value === null) return verdict.reason;
  const gap = gapWords(verdict);
  const counts = verdict.unit === "ratio" ? `${formatCount(value.num)} of ${formatCount(value.den)}` : `from ${formatCount(verdict.n)}`;
  const parts = [counts, target.detail, gap].filter((part) => part !== "");
  return `${parts.join(", ")}.${isLiveFigure(verdict) ? "" : " Nothing newer has come."}`;
}
