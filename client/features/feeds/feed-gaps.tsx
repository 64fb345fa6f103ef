import type { FeedReport } from "../../../shared/protocol/feed-report.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { clockIn, dayIn, monthWords, stampIn } from "../../ui/zone-time.ts";
import { shareWords } from "./feed-words.ts";

const QUEUE_COLUMNS: readonly Column[] = [
  { name: "Queue" },
  { name: "There", className: "num" },
  { name: "Due", className: "num" },
  { name: "Complete", className: "num" },
];
const GAP_COLUMNS: readonly Column[] = [{ name: "Missing" }, { name: "Queue" }, { name: "How many", className: "num" }];
const GAPS_SHOWN = 12;

interface FeedGapsProps {
  readonly report: FeedReport;
  readonly nowMs: number;
}

/** How complete each queue of the month is, and the stretches whose rows are still to be handed in. */
export function FeedGaps({ report, nowMs }: FeedGapsProps): React.JSX.Element {
  const { queues, gaps, month, timeZone } = report;
  const name = monthWords(`${month}-01`);
  return (
    <div>
      <section className="block" aria-labelledby="complete">
        <div className="head open">
          <h2 id="complete">Complete in {name}</h2>
        </div>
        {queues.length === 0 ? (
          <Empty>No queue has delivered anything in {name}.</Empty>
        ) : (
          <table className="t tight" aria-label={`Queues in ${name}`}>
            <TableHead columns={QUEUE_COLUMNS} />
            <tbody>
              {queues.map(({ queue, expected, present }) => (
                <tr key={queue}>
                  <th scope="row">{queue}</th>
                  <td className="num">{formatCount(present)}</td>
                  <td className="num">{formatCount(expected)}</td>
                  <td className="num">{shareWords(present, expected)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="block" aria-labelledby="gaps">
        <div className="head open">
          <h2 id="gaps">{gaps.length === 0 ? "Nothing is missing" : "To hand in"}</h2>
        </div>
        {gaps.length > 0 && (
          <>
            <p className="small quiet">Hand in a file with the rows of these times. What is there already counts once.</p>
            <table className="t tight gaps" aria-label="Missing times">
              <TableHead columns={GAP_COLUMNS} />
              <tbody>
                {gaps.slice(0, GAPS_SHOWN).map((gap) => (
                  <tr key={`${gap.queue}.${gap.fromMs}`}>
                    <th scope="row">{gapWords(gap, report, nowMs)}</th>
                    <td>{gap.queue}</td>
                    <td className="num">
                      {formatCount(gap.count)} {unitWords(report.unit, gap.count)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {gaps.length > GAPS_SHOWN && (
              <p className="small quiet">
                and {gaps.length - GAPS_SHOWN} stretches before, times in {timeZone}
              </p>
            )}
          </>
        )}
      </section>
    </div>
  );
}

function unitWords(unit: FeedReport["unit"], count: number): string {
  return `${unit}${count === 1 ? "" : "s"}`;
}

function gapWords({ fromMs, toMs }: FeedReport["gaps"][number], { timeZone, unit }: FeedReport, nowMs: number): string {
  if (unit === "day") return `${stampIn(timeZone, fromMs, nowMs)} to ${stampIn(timeZone, toMs - 1, nowMs)}`;
  const isOneDay = dayIn(timeZone, fromMs) === dayIn(timeZone, toMs - 1);
  return `${stampIn(timeZone, fromMs, nowMs)} to ${isOneDay ? clockIn(timeZone, toMs) : stampIn(timeZone, toMs, nowMs)}`;
}
