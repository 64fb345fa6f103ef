import { amountText, figureText } from "../../../shared/drift/cause-words.ts";
import type { Cause, DriftView } from "../../../shared/drift/drift-view.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { type Bar, waterfallBars } from "./waterfall-bars.ts";
import { rangeWords, signedAmount } from "./drift-words.ts";
import "./waterfall.css";

interface WaterfallProps {
  readonly cause: Cause;
  readonly unit: DriftView["unit"];
}

/** What moved a figure from before to now, part by part; the parts sum to the change. */
export function Waterfall({ cause, unit }: WaterfallProps): React.JSX.Element {
  const { bars, before, after, low, high } = waterfallBars(cause);
  const hasErrors = cause.parts.some(({ error }) => error !== null);
  return (
    <section className="block" aria-labelledby="moved">
      <div className="head">
        <h2 id="moved">What moved it</h2>
        <span className="small quiet">exact: the parts sum to the change</span>
      </div>
      <table className="water" aria-labelledby="moved">
        <thead className="sr">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Bar</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          <Total name="Before" window={cause.before} at={before} start={before} unit={unit} />
          {bars.map((bar, index) => (
            <Part key={index} bar={bar} start={before} unit={unit} />
          ))}
          <Total name="Now" window={cause.after} at={after} start={before} unit={unit} />
        </tbody>
      </table>
      <p className="legend">
        <span>
          axis from {figureText(low, unit)} to {figureText(high, unit)}; filled raises (strongest tone the largest), outline lowers, hatched
          cannot be told from chance{hasErrors ? "; ± is one standard error" : ""}
        </span>
      </p>
    </section>
  );
}

interface TotalProps {
  readonly name: string;
  readonly window: Cause["before"];
  readonly at: number;
  readonly start: number;
  readonly unit: DriftView["unit"];
}

function Total({ name, window, at, start, unit }: TotalProps): React.JSX.Element {
  return (
    <tr className="total">
      <th scope="row">
        {name}
        <small>
          {rangeWords(window.from, window.to)}, n {formatCount(Math.round(window.n))}
        </small>
      </th>
      <td aria-hidden="true">
        <svg>
          <line className="w-start" x1={`${start}%`} x2={`${start}%`} y2="100%" />
          <line className="w-total" x1={`${at}%`} x2={`${at}%`} y1="10%" y2="90%" />
        </svg>
      </td>
      <td className="num">{figureText(window.value, unit)}</td>
    </tr>
  );
}

interface PartProps {
  readonly bar: Bar;
  readonly start: number;
  readonly unit: DriftView["unit"];
}

/** No bar is so short that it cannot be seen. */
const LEAST = 0.6;

function Part({ bar: { part, tone, left, width }, start, unit }: PartProps): React.JSX.Element {
  return (
    <tr>
      <th scope="row">
        {part.name}
        <small>{part.detail}</small>
      </th>
      <td aria-hidden="true">
        <svg>
          <line className="w-start" x1={`${start}%`} x2={`${start}%`} y2="100%" />
          <rect className={`w-${tone}`} x={`${left}%`} width={`${Math.max(LEAST, width)}%`} y="24%" height="52%" />
        </svg>
      </td>
      <td className="num">
        {signedAmount(part.amount, unit)}
        {part.error !== null && <small>±{amountText(part.error, unit)}</small>}
      </td>
    </tr>
  );
}
