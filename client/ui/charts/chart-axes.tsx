import { memo } from "react";
import { XAxis, YAxis } from "recharts";
import { clockIn } from "../zone-time.ts";
import { hourTicks, type LineChartData, valueTicks } from "./chart-data.ts";

interface TickProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value: number };
}

interface TimeAxisProps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly zone: string;
  readonly second: string | null;
}

/** Hours of the day in one zone, or in two. */
export const TimeAxis = memo(function TimeAxis({ fromMs, toMs, zone, second }: TimeAxisProps) {
  return (
    <XAxis
      dataKey="x"
      type="number"
      domain={[fromMs, toMs]}
      ticks={[...hourTicks(fromMs, toMs)]}
      tick={(props: TickProps) => <ZoneTick {...props} zone={zone} viewerZone={second} />}
      interval={0}
      tickLine={false}
    />
  );
});

/** Round values; the unit stands at the top one only. */
export const ValueAxis = memo(function ValueAxis({
  low,
  high,
  unitLabel,
  axisLabel,
}: Pick<LineChartData, "low" | "high" | "unitLabel" | "axisLabel">) {
  const label = (value: number) => (value === high && unitLabel !== "" ? `${axisLabel(value)} ${unitLabel}` : axisLabel(value));
  const ticks = [...valueTicks(low, high)];
  return <YAxis width={44} domain={[low, high]} ticks={ticks} allowDataOverflow axisLine={false} tickLine={false} tickFormatter={label} />;
});

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
