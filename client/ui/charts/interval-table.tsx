import { Status } from "../status/status.tsx";
import { clockIn, zoneCity } from "../zone-time.ts";

export interface IntervalRow {
  readonly startMs: number;
  readonly label: string;
  readonly bad: boolean;
  readonly n: string;
  readonly sum: string;
}

interface IntervalTableProps {
  readonly rows: readonly IntervalRow[];
  readonly zone: string;
  readonly viewerZone: string;
  readonly words: { readonly value: string; readonly sum: string; readonly n: string; readonly bad: string; readonly good: string };
}

/** The same figures as the chart, newest first. */
export function IntervalTable({ rows, zone, viewerZone, words }: IntervalTableProps): React.JSX.Element {
  const isElsewhere = rows[0] !== undefined && clockIn(zone, rows[0].startMs) !== clockIn(viewerZone, rows[0].startMs);
  return (
    <div className="scroll interval-table" role="region" tabIndex={0} aria-label={`${words.value} by interval`}>
      <table className="t tight">
        <thead>
          <tr>
            <th scope="col">Start, {zoneCity(zone)}</th>
            <th scope="col" className="num">
              {words.value}
            </th>
            <th scope="col">Against target</th>
            <th scope="col" className="num">
              {words.sum}
            </th>
            <th scope="col" className="num">
              {words.n}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map((row) => (
            <tr key={row.startMs}>
              <th scope="row" className="nb">
                {clockIn(zone, row.startMs)} {isElsewhere && <small>{clockIn(viewerZone, row.startMs)} yours</small>}
              </th>
              <td className="num">
                <b>{row.label}</b>
              </td>
              <td>{row.bad ? <Status kind="risk">{words.bad}</Status> : <span className="quiet">{words.good}</span>}</td>
              <td className="num">{row.sum}</td>
              <td className="num">{row.n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
