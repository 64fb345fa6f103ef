import { figureText } from "../../../shared/drift/cause-words.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { ControlData } from "./control-data.ts";
import { rangeWords, sampleWords } from "./drift-words.ts";
import { sampleNoun } from "./sample-noun.ts";

interface LegendProps {
  readonly data: ControlData;
  readonly view: DriftView;
  readonly target: TargetView;
}

/** The middle one of the days' sizes. */
function usualSize({ points }: DriftView): number {
  const sizes = points.map(({ n }) => n).toSorted((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? 0;
}

/** What every line, band and dot means. */
export function ControlLegend({ data, view, target }: LegendProps): React.JSX.Element {
  const { drift, baseline } = view;
  const size = sampleWords(usualSize(view), sampleNoun(target));
  const hasBand = data.rows.some(({ band }) => band !== null);
  return (
    <p className="legend">
      <Entry sign="k-line">level, a mean that follows the days</Entry>
      <Entry sign="k-day">day{size === null ? "" : `, about ${size}`}</Entry>
      {data.rows.some(({ isCounted }) => isCounted) && <Entry sign="k-counted">counted since the onset</Entry>}
      {baseline !== null && (
        <Entry sign="k-limits">
          {data.baseline?.words} and limits from {rangeWords(baseline.from, baseline.to)}: statistical, not contract limits
        </Entry>
      )}
      {hasBand && <Entry sign="k-sequence">where the level lies, 95 % however often one looks</Entry>}
      {drift !== null && <Entry sign="k-onset">onset, 90 % range {rangeWords(drift.onset.from, drift.onset.to)}</Entry>}
      {data.open.length > 0 && <Entry sign="k-hatch">still open or left out: never alarmed</Entry>}
      {data.agreedBeyond !== null && <span>{data.agreedBeyond}</span>}
      <span>axis from {figureText(data.axis.low, view.unit)}</span>
    </p>
  );
}

function Entry({ sign, children }: { readonly sign: string; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <span>
      <i className={sign} />
      {children}
    </span>
  );
}
