import { useId, useMemo, useState } from "react";
import { useThrottled } from "../use-throttled.ts";
import { viewerZone, zoneCity } from "../zone-time.ts";
import type { ChartMark, LineChartData } from "./chart-data.ts";
import { IntervalTable, type IntervalRow } from "./interval-table.tsx";
import { LazyLineChart } from "./lazy-line-chart.tsx";
import "./day-figure.css";

interface DayFigureProps {
  readonly title: string;
  /** What the finding is about, where the title does not say it. */
  readonly about?: string;
  /** The finding in one sentence; also what a screen reader gets for the chart. */
  readonly says: string;
  readonly data: LineChartData;
  readonly rows: readonly IntervalRow[];
  readonly words: { readonly value: string; readonly sum: string; readonly n: string; readonly bad: string; readonly good: string };
  readonly zone: string;
  readonly nowMs: number;
  readonly lineName: string;
  readonly tall?: boolean;
  readonly mark?: ChartMark | undefined;
}

/** One chart update costs tens of milliseconds of a phone's time. */
const CHART_EVERY_MS = 1000;

/** A day's intervals: the finding, the chart or the same as a table, and what the lines mean. */
export function DayFigure(props: DayFigureProps): React.JSX.Element {
  const { title, about, says, rows, words, zone } = props;
  const [isTable, setTable] = useState(false);
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <div className="head">
        <h2 id={heading}>{title}</h2>
        <button className="btn link" type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? "View as chart" : "View as table"}
        </button>
      </div>
      <p className="says">
        {about !== undefined && <b>{about}: </b>}
        {says}
      </p>
      {isTable ? <IntervalTable rows={rows} zone={zone} viewerZone={viewerZone()} words={words} /> : <Chart {...props} />}
    </section>
  );
}

function Chart({ title, about, says, data, zone, nowMs, tall = false, mark, ...legend }: DayFigureProps): React.JSX.Element {
  const label = `${title}${about === undefined ? "" : `, ${about}`}. ${says} ${data.levelLabel}.`;
  // The sentence moves with the line: a label that changed alone would draw the whole chart again.
  const drawn = useMemo(() => ({ data, label }), [data, label]);
  const calm = useThrottled(drawn, CHART_EVERY_MS);
  return (
    <>
      <LazyLineChart data={calm.data} zone={zone} viewerZone={viewerZone()} nowMs={nowMs} label={calm.label} tall={tall} mark={mark} />
      <Legend data={data} zone={zone} lineName={legend.lineName} bad={legend.words.bad} />
    </>
  );
}

interface LegendProps {
  readonly data: LineChartData;
  readonly zone: string;
  readonly lineName: string;
  readonly bad: string;
}

function Legend({ data, zone, lineName, bad }: LegendProps): React.JSX.Element {
  const zones = zone === viewerZone() ? `${zoneCity(zone)} time` : `${zoneCity(zone)} over yours`;
  return (
    <p className="legend">
      <span>
        <i className="k-line" />
        {lineName}
      </span>
      {data.rows.some((row) => row.bad) && (
        <span>
          <i className="k-mark" />
          {bad.toLowerCase()} target
        </span>
      )}
      {data.closed.length > 0 && (
        <span>
          <i className="k-hatch" />
          closed
        </span>
      )}
      <span>
        {zones}
        {data.low > 0 ? `; axis from ${data.axisLabel(data.low)}${data.unitLabel === "" ? "" : ` ${data.unitLabel}`}` : ""}
      </span>
    </p>
  );
}
