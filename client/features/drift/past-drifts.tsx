import type { DriftView, FoundDrift } from "../../../shared/drift/drift-view.ts";
import { dayWords } from "../../ui/zone-time.ts";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { detectorName } from "./detection-words.ts";
import { changeWords, rangeWords } from "./drift-words.ts";

const COLUMNS: readonly Column[] = [
  { name: "Moved by" },
  { name: "Since about", className: "num" },
  { name: "Alarm", className: "num" },
  { name: "Back", className: "num" },
  { name: "Found by" },
];

/** Drifts that are over, latest first. */
export function PastDrifts({ view }: { readonly view: DriftView }): React.JSX.Element | null {
  if (view.past.length === 0) return null;
  return (
    <section className="block" aria-labelledby="past">
      <div className="head open">
        <h2 id="past">
          Drifts that are over <small className="quiet">latest first</small>
        </h2>
      </div>
      <table className="t stack past" role="table" aria-labelledby="past">
        <TableHead columns={COLUMNS} />
        <tbody role="rowgroup">
          {view.past.map((drift) => (
            <Line key={drift.raisedOn} drift={drift} unit={view.unit} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ drift, unit }: { readonly drift: FoundDrift; readonly unit: DriftView["unit"] }): React.JSX.Element {
  const { by, range } = changeWords(drift, unit);
  const { onset, raisedOn, endedOn } = drift;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="two">
        {by} <small>{range}</small>
      </th>
      <td role="cell" className="num" data-l="Since about">
        {dayWords(onset.day)} <small>{rangeWords(onset.from, onset.to)}</small>
      </td>
      <td role="cell" className="num" data-l="Alarm">
        {dayWords(raisedOn)}
      </td>
      <td role="cell" className="num" data-l="Back">
        {endedOn === null ? "—" : dayWords(endedOn)}
      </td>
      <td role="cell" data-l="Found by">
        {detectorName(drift.by)}
      </td>
    </tr>
  );
}
