import { memo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { clockIn, zoneCity } from "../zone-time.ts";
import { badRanges, hourTicks, isAlone, type LineChartData, plotRows, valueTicks } from "./chart-data.ts";
import "./line-chart.css";

interface LineChartProps {
  readonly data: LineChartData;
  /** Zone of the first axis row; a second one shows the reader's own clock where it differs. */
  readonly zone: string;
  readonly viewerZone: string;
  readonly nowMs: number | null;
  /** The conclusion in one sentence, for those who do not see the lines. */
  readonly label: string;
  readonly tall?: boolean;
}

interface TickProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value: number };
}

/** A day's intervals against a level. At most 96 points, no dots, no animation: one update costs a browser tens of milliseconds. */
export const LineChart = memo(function LineChart({ data, zone, viewerZone, nowMs, label, tall = false }: LineChartProps) {
  const rows = [...plotRows(data)];
  const last = rows.findLast((row) => row.value !== null);
  const hasTwoZones = clockIn(zone, data.fromMs) !== clockIn(viewerZone, data.fromMs);
  const bottom = hasTwoZones ? 16 : 0;
  return (
    <figure className="line-chart" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={(tall ? 288 : 228) + bottom}>
        <ComposedChart data={rows} margin={{ top: 22, right: 18, bottom, left: 0 }} accessibilityLayer={false}>
          <ReferenceArea className="c-side" {...sideOf(data)} ifOverflow="hidden" />
          <CartesianGrid vertical={false} />
          {bands("c-hatch", data.closed)}
          {timeAxis(data, zone, hasTwoZones ? viewerZone : null)}
          {valueAxis(data)}
          {bands("c-mark", badRanges(data), { y1: data.low, y2: data.low + (data.high - data.low) * 0.024 })}
          {targetLine(data)}
          {nowLine(data, zone, nowMs)}
          <Line
            className="c-line"
            dataKey="value"
            type="linear"
            dot={(props: DotProps) => <LoneDot key={props.index} {...props} rows={rows} />}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
          {typeof last?.value === "number" && <ReferenceDot className="c-dot" x={last.x} y={last.value} r={3.5} ifOverflow="hidden" />}
          <Tooltip
            isAnimationActive={false}
            cursor={{ className: "c-cursor" }}
            content={(props) => <PointNote {...props} zone={zone} stepMs={data.stepMs} />}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
});

function bands(className: string, ranges: LineChartData["closed"], height: { y1?: number; y2?: number } = {}): React.ReactNode {
  return ranges.map((range) => (
    <ReferenceArea key={range.fromMs} className={className} x1={range.fromMs} x2={range.toMs} {...height} ifOverflow="hidden" />
  ));
}

function timeAxis(data: LineChartData, zone: string, second: string | null): React.ReactNode {
  return (
    <XAxis
      dataKey="x"
      type="number"
      domain={[data.fromMs, data.toMs]}
      ticks={[...hourTicks(data.fromMs, data.toMs)]}
      tick={(props: TickProps) => <ZoneTick {...props} zone={zone} viewerZone={second} />}
      interval={0}
      tickLine={false}
    />
  );
}

function valueAxis(data: LineChartData): React.ReactNode {
  const label = (value: number) => {
    const hasUnit = value === data.high && data.unitLabel !== "";
    return hasUnit ? `${data.axisLabel(value)} ${data.unitLabel}` : data.axisLabel(value);
  };
  const ticks = [...valueTicks(data.low, data.high)];
  return (
    <YAxis
      width={44}
      domain={[data.low, data.high]}
      ticks={ticks}
      allowDataOverflow
      axisLine={false}
      tickLine={false}
      tickFormatter={label}
    />
  );
}

function targetLine(data: LineChartData): React.ReactNode {
  const position = data.badSide === "below" ? "insideBottomRight" : "insideTopRight";
  return <ReferenceLine className="c-target" y={data.level} label={{ value: data.levelLabel, position, className: "c-label" }} />;
}

function nowLine(data: LineChartData, zone: string, nowMs: number | null): React.ReactNode {
  if (nowMs === null || nowMs <= data.fromMs || nowMs >= data.toMs) return null;
  return (
    <ReferenceLine className="c-now" x={nowMs} label={{ value: `now ${clockIn(zone, nowMs)}`, position: "top", className: "c-label" }} />
  );
}

interface DotProps {
  readonly index: number;
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
}

/** A line cannot show a point between two gaps; a dot does. */
function LoneDot({
  index,
  cx,
  cy,
  rows,
}: DotProps & { readonly rows: readonly { readonly value: number | null }[] }): React.JSX.Element | null {
  return isAlone(rows, index) ? <circle className="c-lone" cx={cx} cy={cy} r={1.5} /> : null;
}

function sideOf(data: LineChartData): { readonly y1: number; readonly y2: number } {
  return data.badSide === "below" ? { y1: data.low, y2: data.level } : { y1: data.level, y2: data.high };
}

function ZoneTick({
  x = 0,
  y = 0,
  payload,
  zone,
  viewerZone,
}: TickProps & { readonly zone: string; readonly viewerZone: string | null }): React.JSX.Element {
  const ms = payload?.value ?? 0;
  return (
    <g>
      <text x={x} y={y} dy={10} textAnchor="middle">
        {clockIn(zone, ms)}
      </text>
      {viewerZone !== null && (
        <text x={x} y={y} dy={25} textAnchor="middle">
          {clockIn(viewerZone, ms)}
        </text>
      )}
    </g>
  );
}

function PointNote({
  active,
  payload,
  label,
  zone,
  stepMs,
}: Partial<TooltipContentProps> & { readonly zone: string; readonly stepMs: number }): React.JSX.Element | null {
  const row: unknown = payload?.[0]?.payload;
  if (active !== true || typeof label !== "number" || !isNoted(row)) return null;
  const startMs = label - stepMs / 2;
  return (
    <p className="chart-note">
      <b>{row.label}</b> {clockIn(zone, startMs)} to {clockIn(zone, startMs + stepMs)} {zoneCity(zone)}
    </p>
  );
}

function isNoted(row: unknown): row is { readonly label: string } {
  return typeof row === "object" && row !== null && "label" in row && typeof row.label === "string";
}
