import { memo, useMemo } from "react";
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
} from "recharts";
import { clockIn, zoneCity } from "../zone-time.ts";
import { badRanges, type ChartMark, isAlone, type LineChartData, plotRows } from "./chart-data.ts";
import { TimeAxis, ValueAxis } from "./chart-axes.tsx";
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
  /** A moment that matters, with its word. */
  readonly mark?: ChartMark | undefined;
}

/**
 * A day's intervals against a level. At most 96 points, no dots, no animation, and every part that an update leaves alone
 * is memoised: one update costs a browser tens of milliseconds.
 */
export const LineChart = memo(function LineChart({ data, zone, viewerZone, nowMs, label, tall = false, mark }: LineChartProps) {
  const { fromMs, toMs, low, high, level, floor, badSide, stepMs } = data;
  const rows = useMemo(() => [...plotRows(data)], [data]);
  const last = rows.findLast((row) => row.value !== null);
  const hasTwoZones = clockIn(zone, fromMs) !== clockIn(viewerZone, fromMs);
  const bottom = hasTwoZones ? 16 : 0;
  const markTop = low + (high - low) * 0.024;
  return (
    <figure className="line-chart" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={(tall ? 288 : 228) + bottom}>
        <ComposedChart data={rows} margin={hasTwoZones ? TWO_ZONES : ONE_ZONE} accessibilityLayer={false}>
          <Band className="c-side" y1={badSide === "below" ? low : level} y2={badSide === "below" ? level : high} />
          {floor !== null && <Band className="c-side" y1={low} y2={floor} />}
          <CartesianGrid vertical={false} />
          {data.closed.map((range) => (
            <Band key={range.fromMs} className="c-hatch" x1={range.fromMs} x2={range.toMs} />
          ))}
          <TimeAxis fromMs={fromMs} toMs={toMs} zone={zone} second={hasTwoZones ? viewerZone : null} />
          <ValueAxis low={low} high={high} unitLabel={data.unitLabel} axisLabel={data.axisLabel} />
          {badRanges(data).map((range) => (
            <Band key={range.fromMs} className="c-mark" x1={range.fromMs} x2={range.toMs} y1={low} y2={markTop} />
          ))}
          <TargetLine level={level} label={data.levelLabel} badSide={badSide} />
          {floor !== null && <ReferenceLine className="c-target" y={floor} />}
          {mark !== undefined && mark.atMs > fromMs && mark.atMs < toMs && <MarkLine mark={mark} zone={zone} />}
          {nowMs !== null && nowMs > fromMs && nowMs < toMs && <NowLine nowMs={nowMs} zone={zone} isAside={mark !== undefined} />}
          <DataLine rows={rows} />
          {typeof last?.value === "number" && <ReferenceDot className="c-dot" x={last.x} y={last.value} r={3.5} ifOverflow="hidden" />}
          <Note zone={zone} stepMs={stepMs} />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
});

const ONE_ZONE = { top: 22, right: 18, bottom: 0, left: 0 };
const TWO_ZONES = { ...ONE_ZONE, bottom: 16 };

interface BandProps {
  readonly className: string;
  readonly x1?: number;
  readonly x2?: number;
  readonly y1?: number;
  readonly y2?: number;
}

const Band = memo(function Band(props: BandProps) {
  return <ReferenceArea {...props} ifOverflow="hidden" />;
});

const TargetLine = memo(function TargetLine({ level, label, badSide }: { level: number; label: string; badSide: "below" | "above" }) {
  const position = badSide === "below" ? "insideBottomRight" : "insideTopRight";
  return <ReferenceLine className="c-target" y={level} label={{ value: label, position, className: "c-label" }} />;
});

const MarkLine = memo(function MarkLine({ mark, zone }: { readonly mark: ChartMark; readonly zone: string }) {
  const label = <SideLabel text={`${mark.word} ${clockIn(zone, mark.atMs)}`} side="left" />;
  return <ReferenceLine className="c-moment" x={mark.atMs} label={label} />;
});

interface SideLabelProps {
  readonly text: string;
  readonly side: "left" | "right";
  /** Where the line stands; given by the chart. */
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

/** Beside the top of its line rather than over it, so that two that stand close stay readable. */
function SideLabel({ text, side, viewBox: { x = 0, y = 0 } = {} }: SideLabelProps): React.JSX.Element {
  const isLeft = side === "left" && x > LABEL_ROOM;
  return (
    <text className="c-label" x={isLeft ? x - 4 : x + 4} y={y - 7} textAnchor={isLeft ? "end" : "start"}>
      {text}
    </text>
  );
}

const LABEL_ROOM = 120;

interface NowLineProps {
  readonly nowMs: number;
  readonly zone: string;
  /** Whether another moment has its word to the left of it. */
  readonly isAside: boolean;
}

const NowLine = memo(function NowLine({ nowMs, zone, isAside }: NowLineProps) {
  const text = `now ${clockIn(zone, nowMs)}`;
  const label = isAside ? <SideLabel text={text} side="right" /> : { value: text, position: "top" as const, className: "c-label" };
  return <ReferenceLine className="c-now" x={nowMs} label={label} />;
});

const DataLine = memo(function DataLine({ rows }: { readonly rows: readonly { readonly value: number | null }[] }) {
  const dot = (props: DotProps) => <LoneDot key={props.index} {...props} rows={rows} />;
  return (
    <Line className="c-line" dataKey="value" type="linear" dot={dot} activeDot={false} connectNulls={false} isAnimationActive={false} />
  );
});

const Note = memo(function Note({ zone, stepMs }: { readonly zone: string; readonly stepMs: number }) {
  const content = (props: Partial<TooltipContentProps>) => <PointNote {...props} zone={zone} stepMs={stepMs} />;
  return <Tooltip isAnimationActive={false} cursor={CURSOR} content={content} />;
});

const CURSOR = { className: "c-cursor" };

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
