import type { AnswerTimes } from "../../../shared/alerts/answer-times.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { Mark } from "../../ui/status/mark.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { lengthOr, NOBODY_HERE, PARTY_WORDS } from "./report-words.ts";

const COLUMNS: readonly Column[] = [
  { name: "Company" },
  { name: "Severity" },
  { name: "Answered", className: "num" },
  { name: "Median to answer", className: "num" },
  { name: "Mean to answer", className: "num" },
  { name: "Over", className: "num" },
  { name: "Median to end", className: "num" },
  { name: "Mean to end", className: "num" },
];

/** How long each company took from raising to its first answer, and until it was over. */
export function AnswerTable({ times }: { readonly times: readonly AnswerTimes[] }): React.JSX.Element {
  return (
    <section className="block" aria-labelledby="answered">
      <div className="head">
        <h2 id="answered">Who answered first, and how fast</h2>
      </div>
      {times.length === 0 ? (
        <p className="mid">Nobody has answered an alert in this time.</p>
      ) : (
        <table className="t stack" role="table" aria-labelledby="answered">
          <TableHead columns={COLUMNS} />
          <tbody role="rowgroup">
            {times.map((line) => (
              <Line key={`${line.party} ${line.severity}`} {...line} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Line({ party, severity, acknowledge, resolve }: AnswerTimes): React.JSX.Element {
  const figures = [
    { name: "Answered", text: formatCount(acknowledge.n) },
    { name: "Median to answer", text: lengthOr(acknowledge.medianMs) },
    { name: "Mean to answer", text: lengthOr(acknowledge.meanMs) },
    { name: "Over", text: formatCount(resolve.n) },
    { name: "Median to end", text: lengthOr(resolve.medianMs) },
    { name: "Mean to end", text: lengthOr(resolve.meanMs) },
  ];
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="two">
        {party === null ? NOBODY_HERE : PARTY_WORDS[party]}
      </th>
      <td role="cell">
        <span className="severity">
          <Mark kind={severity === "critical" ? "missed" : "risk"} /> {severity}
        </span>
      </td>
      {figures.map(({ name, text }) => (
        <td key={name} role="cell" className="num" data-l={name}>
          {text}
        </td>
      ))}
    </tr>
  );
}
