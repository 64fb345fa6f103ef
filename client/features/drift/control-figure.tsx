import { lazy, Suspense, useDeferredValue, useId, useMemo, useState } from "react";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { figureText } from "../../../shared/drift/cause-words.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import { formatExpected } from "../../../shared/metrics/format.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { decimalToNumber } from "../../../shared/stats/decimal.ts";
import { Boundary } from "../../ui/boundary.tsx";
import { Empty } from "../../ui/panel-state.tsx";
import { dayWords } from "../../ui/zone-time.ts";
import { type AgreedLevel, type ControlData, controlData, type DriftMark } from "./control-data.ts";
import { ControlLegend } from "./control-legend.tsx";
import { ControlTable } from "./control-table.tsx";

const Loaded = lazy(async () => ({ default: (await import("./control-chart.tsx")).ControlChart }));

interface ControlFigureProps {
  readonly view: DriftView;
  readonly target: TargetView;
  readonly verdict: Verdict | null;
  readonly marks: readonly DriftMark[];
}

function agreedOf(verdict: Verdict | null): AgreedLevel | null {
  if (verdict === null) return null;
  const floor = verdict.notBelow === null ? null : decimalToNumber(verdict.notBelow);
  return { level: decimalToNumber(verdict.expected), floor, words: `agreed ${formatExpected(verdict)}` };
}

const NOT_YET = "There is no day with a figure yet. The chart begins with the first one that is complete.";
const NEVER = "No day has a figure that could be drawn.";

/** The chart in one sentence, for those who do not see it. */
function labelOf(view: DriftView, name: string): string {
  const { baseline, drift, unit, points } = view;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  const span = `${name} by day, ${dayWords(first.day)} to ${dayWords(last.day)}`;
  const usual = baseline === null ? "no baseline yet" : `baseline ${figureText(baseline.level, unit)}`;
  if (drift === null) return `${span}: ${usual}, no drift stands.`;
  const moved = drift.direction === "up" ? "rising" : "falling";
  return `${span}: ${usual}, ${moved} from about ${dayWords(drift.onset.day)} to ${figureText(drift.now.value, unit)}; alarm on ${dayWords(drift.raisedOn)}.`;
}

/** The days of a figure against what is usual: as a chart, or as a table of the same. */
export function ControlFigure({ view, target, verdict, marks }: ControlFigureProps): React.JSX.Element {
  const [isTable, setTable] = useState(false);
  const heading = useId();
  const agreed = agreedOf(verdict);
  const [level, floor, words] = [agreed?.level ?? null, agreed?.floor ?? null, agreed?.words ?? ""];
  const data = useMemo(
    () => controlData(view, { agreed: level === null ? null : { level, floor, words }, marks }),
    [view, level, floor, words, marks],
  );
  const label = useMemo(() => labelOf(view, target.name), [view, target.name]);
  return (
    <section className="block first" aria-labelledby={heading}>
      <div className="head">
        <h2 id={heading}>
          Control chart <small className="quiet">{target.name.toLowerCase()} by day</small>
        </h2>
        {data !== null && (
          <button className="btn link" type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? "View as chart" : "View as table"}
          </button>
        )}
      </div>
      {data === null && <Empty>{view.state === "unusable" ? NEVER : NOT_YET}</Empty>}
      {data !== null && isTable && <ControlTable view={view} />}
      {data !== null && !isTable && <Drawn data={data} label={label} view={view} target={target} />}
    </section>
  );
}

interface DrawnProps {
  readonly data: ControlData;
  readonly label: string;
  readonly view: DriftView;
  readonly target: TargetView;
}

function Drawn({ data, label, view, target }: DrawnProps): React.JSX.Element {
  // A changed chart is drawn in slices between other work.
  const calm = useDeferredValue(useMemo(() => ({ data, label }), [data, label]));
  return (
    <>
      <Boundary instead={<p className="mid">The chart could not be loaded. Reload the page, or view the same figures as a table.</p>}>
        <Suspense fallback={<div className="chart-room control-room" />}>
          <Loaded data={calm.data} label={calm.label} />
        </Suspense>
      </Boundary>
      <ControlLegend data={data} view={view} target={target} />
    </>
  );
}
