import { CounterId } from "../../../shared/metrics/counter.ts";
import { describeCounter } from "../../../shared/metrics/describe.ts";
import { formatCount, formatDuration } from "../../../shared/metrics/format.ts";
import type { Restatement } from "../../../shared/protocol/restatement.ts";
import { TableHead } from "../../ui/table-head.tsx";
import { stampIn } from "../../ui/zone-time.ts";

function counterWords(counter: string): string {
  const known = CounterId.safeParse(counter);
  const words = known.success ? describeCounter(known.data) : counter;
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A stored value as people read it; what a file printed stays as printed. */
function valueWords(counter: string, value: string | null): string {
  if (value === null) return "none";
  if (!/^-?\d+$/u.test(value) || counter.endsWith(" as printed")) return value;
  return counter.endsWith("-ms") ? formatDuration(Number(value)) : formatCount(Number(value));
}

function Change({ counter, old, now }: { readonly counter: string; readonly old: string | null; readonly now: string | null }) {
  return (
    <>
      <td role="cell" className="num mid" data-l="Known before">
        {valueWords(counter, old)}
      </td>
      <td role="cell" className="num fig" data-l="Known now">
        {valueWords(counter, now)}
      </td>
    </>
  );
}

interface TablesProps {
  readonly card: Restatement;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** The sums of everything that changed, then the first values one by one. */
export function RestatementValues({ card, timeZone, nowMs }: TablesProps): React.JSX.Element {
  return (
    <>
      <section className="block" aria-labelledby="sums">
        <div className="head">
          <h2 id="sums">
            What was counted <small className="quiet">sums over the {formatCount(card.rows)} rows that changed</small>
          </h2>
        </div>
        {!card.whole && <p className="small mid">Too many rows changed to add them all: these are the sums of the latest.</p>}
        {card.totals.length === 0 ? (
          <p className="mid">No count changed; the file states other figures or details than before.</p>
        ) : (
          <table className="t stack restated restated-sums" role="table" aria-label="Sums before and now">
            <TableHead columns={[{ name: "Count" }, { name: "Known before", className: "num" }, { name: "Known now", className: "num" }]} />
            <tbody role="rowgroup">
              {card.totals.map(({ counter, old, new: now }) => (
                <tr role="row" key={counter}>
                  <th role="rowheader" scope="row" className="wide">
                    {counterWords(counter)}
                  </th>
                  <Change counter={counter} old={String(old)} now={String(now)} />
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {card.values.length > 0 && <FirstValues card={card} timeZone={timeZone} nowMs={nowMs} />}
    </>
  );
}

function FirstValues({ card, timeZone, nowMs }: TablesProps): React.JSX.Element {
  return (
    <section className="block" aria-labelledby="values">
      <div className="head">
        <h2 id="values">
          Value by value <small className="quiet">the first {card.values.length}, oldest first</small>
        </h2>
      </div>
      <table className="t stack tight restated restated-values" role="table" aria-label="Values before and now">
        <TableHead
          columns={[
            { name: "Interval" },
            { name: "Queue" },
            { name: "Count" },
            { name: "Known before", className: "num" },
            { name: "Known now", className: "num" },
          ]}
        />
        <tbody role="rowgroup">
          {card.values.map(({ queue, startMs, counter, old, new: now }) => (
            <tr role="row" key={`${startMs} ${queue} ${counter} ${old ?? ""}`}>
              <th role="rowheader" scope="row">
                {stampIn(timeZone, startMs, nowMs)}
              </th>
              <td role="cell" data-l="Queue">
                {queue}
              </td>
              <td role="cell" data-l="Count">
                {counterWords(counter)}
              </td>
              <Change counter={counter} old={old} now={now} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
