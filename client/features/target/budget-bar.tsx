import type { Outlook } from "../../../shared/outlook/outlook.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { eventWords } from "../../live/outlook-words.ts";
import { missesToNoReturn } from "./outlook-facts.ts";

interface BudgetBarProps {
  readonly outlook: Outlook;
  readonly target: TargetView;
}

/** The budget that is spent against the volume that has passed, and where there is no return; a mean has no budget. */
export function BudgetBar({ outlook, target }: BudgetBarProps): React.JSX.Element | null {
  const { budget, remaining, n } = outlook;
  if (budget === null || budget.events <= 0) return null;
  const { events } = budget;
  const share = (count: number) => Math.min(100, (count / events) * 100);
  const spent = share(budget.spent);
  const passed = remaining === null ? null : (n / Math.max(1, n + remaining.expected)) * 100;
  const lost = missesToNoReturn(outlook);
  const noReturn = lost === null ? null : share(budget.spent + lost);
  const marks = [
    { name: `${eventWords(target)} spent`, key: budget.spent > events ? "k-over" : "k-spent", at: spent },
    { name: "volume that has passed", key: "k-passed", at: passed },
    { name: "point of no return", key: "k-no-return", at: noReturn },
  ].flatMap(({ at, ...mark }) => (at === null ? [] : [{ ...mark, at, words: `${mark.name} ${at.toFixed(0)}\u00a0%` }]));
  return (
    <>
      <svg className="bullet" role="img" aria-label={marks.map(({ words }) => words).join(", ")}>
        <rect className="bullet-all" width="100%" height="100%" />
        <rect className={budget.spent > events ? "bullet-over" : "bullet-spent"} width={`${spent}%`} y="4" height="6" />
        {passed !== null && <line className="bullet-now" x1={`${passed}%`} x2={`${passed}%`} y1="0" y2="14" />}
        {noReturn !== null && <line className="bullet-no-return" x1={`${noReturn}%`} x2={`${noReturn}%`} y1="0" y2="14" />}
      </svg>
      <p className="legend" aria-hidden="true">
        {marks.map(({ key, words }) => (
          <span key={key}>
            <i className={key} />
            {words}
          </span>
        ))}
      </p>
    </>
  );
}
