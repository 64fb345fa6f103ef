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
import { badRanges, hourTicks, type LineChartData, plotRows, valueTicks } from "./chart-data.ts";
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
  const rows = plotRows(data);
  const last = rows.findLast((row) => row.value !== null);
  const hasTwoZones = clockIn(zone, data.fromMs) !== clockIn(viewerZone, data.fromMs);
  const markTop = data.low + (data.high - data.low) * 0.024;
  const height = (tall ? 240 : 180) + (hasTwoZones ? 16 : 0);
  const isNowInside = nowMs !== null && nowMs > data.fromMs && nowMs < data.toMs;
  return (
    <figure className="line-chart" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={height + 48}>
        <ComposedChart data={[...rows]} margin={{ top: 22, right: 18, bottom: hasTwoZones ? 16 : 0, left: 0 }} accessibilityLayer={false}>
          <ReferenceArea className="c-side" {...sideOf(data)} ifOverflow="hidden" />
          <CartesianGrid vertical={false} />
          {data.closed.map((range) => (
            <ReferenceArea key={range.fromMs} className="c-hatch" x1={range.fromMs} x2={range.toMs} ifOverflow="hidden" />
          ))}
          <XAxis
            dataKey="x"
            type="number"
            domain={[data.fromMs, data.toMs]}
            ticks={[...hourTicks(data.fromMs, data.toMs)]}
            tick={(props: TickProps) => <ZoneTick {...props} zone={zone} viewerZone={hasTwoZones ? viewerZone : null} />}
            interval={0}
            tickLine={false}
          />
          <YAxis
            width={44}
            domain={[data.low, data.high]}
            ticks={[...valueTicks(data.low, data.high)]}
            allowDataOverflow
            axisLine={false}
            tickLine={false}
            tickFormatter={(value: number) =>
              value === data.high && data.unitLabel !== "" ? `${data.axisLabel(value)} ${data.unitLabel}` : data.axisLabel(value)
            }
          />
          {badRanges(data).map((range) => (
            <ReferenceArea
              key={range.fromMs}
              className="c-mark"
              x1={range.fromMs}
              x2={range.toMs}
              y1={data.low}
              y2={markTop}
              ifOverflow="hidden"
            />
          ))}
          <ReferenceLine
            className="c-target"
            y={data.level}
            label={{
              value: data.levelLabel,
              position: data.badSide === "below" ? "insideBottomRight" : "insideTopRight",
              className: "c-label",
            }}
          />
          {isNowInside && (
            <ReferenceLine
              className="c-now"
              x={nowMs}
              label={{ value: `now ${clockIn(zone, nowMs)}`, position: "top", className: "c-label" }}
            />
          )}
          <Line
            className="c-line"
            dataKey="value"
            type="linear"
            dot={false}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
          {last !== undefined && typeof last.value === "number" && (
            <ReferenceDot className="c-dot" x={last.x} y={last.value} r={3.5} ifOverflow="hidden" />
          )}
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
