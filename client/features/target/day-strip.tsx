import { formatCount, formatFigure } from "../../../shared/metrics/format.ts";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { dayVerdicts } from "../../live/windows.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { Mark } from "../../ui/status/mark.tsx";
import { dayIn, dayWords, weekdayWords } from "../../ui/zone-time.ts";

/** The verdict of each of the last 21 days, as weeks. */
export function DayStrip({
  state,
  target,
  nowMs,
}: {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly nowMs: number;
}): React.JSX.Element {
  const days = dayVerdicts(state, target.id);
  const today = dayIn(state.agreement.timeZone, nowMs);
  return (
    <section className="block" aria-labelledby="days">
      <div className="head">
        <h2 id="days">The last {days.length === 0 ? "days" : days.length === 1 ? "day" : `${days.length} days`}</h2>
        <span className="small quiet">{stripFinding(days)}</span>
      </div>
      {days.length === 0 ? (
        <Empty>No day has a verdict yet.</Empty>
      ) : (
        <ol className="days">
          {days.map((verdict) => (
            <Day key={verdict.window.start} verdict={verdict} isToday={verdict.window.start === today} />
          ))}
        </ol>
      )}
    </section>
  );
}

function stripFinding(days: readonly Verdict[]): string {
  const closed = days.filter((day) => !day.window.open && (day.status === "met" || day.status === "missed"));
  const met = closed.filter((day) => day.status === "met").length;
  return closed.length === 0 ? "" : `met on ${met} of ${closed.length} decided days`;
}

function Day({ verdict, isToday }: { readonly verdict: Verdict; readonly isToday: boolean }): React.JSX.Element {
  const { mark, word } = wordsOf(verdict.status);
  const { start } = verdict.window;
  const figure = formatFigure(verdict).replace(/\u00a0%$/u, "");
  return (
    <li
      className={`${mark}${isToday ? " now" : ""}`}
      title={`${weekdayWords(start)}: ${word}, ${formatFigure(verdict)}, n ${formatCount(verdict.n)}`}
    >
      <span className="d">
        <span className="sr">{weekdayWords(start)}: </span>
        <span aria-hidden="true">{isToday ? "today" : start.endsWith("-01") ? dayWords(start) : Number(start.slice(8))}</span>
      </span>
      <Mark kind={mark} />
      <span className="sr">{word}, </span>
      <b>{figure}</b>
    </li>
  );
}
