import { figureText } from "../../../shared/drift/cause-words.ts";
import type { DrawnPoint, DriftView } from "../../../shared/drift/drift-view.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { weekdayWords } from "../../ui/zone-time.ts";

function roleOf({ counted, open }: DrawnPoint, { baseline }: DriftView): string {
  if (open) return "open or left out";
  if (counted) return "watched";
  return baseline === null ? "learning" : "baseline";
}

/** The days of the chart and all before them, newest first. */
export function ControlTable({ view }: { readonly view: DriftView }): React.JSX.Element {
  const { points, unit, baseline } = view;
  const between = (range: { readonly low: number; readonly high: number } | null) =>
    range === null || baseline === null ? "—" : `${figureText(range.low, unit)} to ${figureText(range.high, unit)}`;
  return (
    <div className="scroll control-table" role="region" tabIndex={0} aria-label="Figures by day">
      <table className="t tight">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="num">
              Figure
            </th>
            <th scope="col" className="num">
              n
            </th>
            <th scope="col" className="num">
              Usual limits
            </th>
            <th scope="col" className="num">
              Mean that follows
            </th>
            <th scope="col" className="num">
              Level, 95 %
            </th>
            <th scope="col">Used as</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.day}>
              <th scope="row" className="nb">
                {weekdayWords(point.day)}
              </th>
              <td className="num">
                <b>{figureText(point.value, unit)}</b>
              </td>
              <td className="num">{formatCount(Math.round(point.n))}</td>
              <td className="num">{between(point.limits)}</td>
              <td className="num">{figureText(point.ewma, unit)}</td>
              <td className="num">{between(point.sequence)}</td>
              <td className="nb">{roleOf(point, view)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
