import { memo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { dayWords } from "../../ui/zone-time.ts";
import type { ControlData, ControlRow, Moment } from "./control-data.ts";
import "../../ui/charts/line-chart.css";
import "./control-chart.css";

interface ControlChartProps {
  readonly data: ControlData;
  /** The conclusion in one sentence, for those who do not see the lines. */
  readonly label: string;
}

const HEIGHT = 345;
const WORD_HEIGHT = 15;

/**
 * Days against what is usual: at most 96 of them, no animation, drawn again only when its data changes.
 */
export const ControlChart = memo(function ControlChart({ data, label }: ControlChartProps) {
  const { rows, fromX, toX, days, axis, baseline, agreed, onset } = data;
  const margin = { top: 10 + WORD_HEIGHT * Math.max(1, ...data.moments.map(({ row }) => row + 1)), right: 18, bottom: 0, left: 0 };
  return (
    <figure className="line-chart control-chart" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ComposedChart data={[...rows]} margin={margin} accessibilityLayer={false}>
          {onset !== null && <ReferenceArea className="c-onset" x1={onset.fromX} x2={onset.toX} ifOverflow="hidden" />}
          <Area className="c-sequence" dataKey="band" type="linear" isAnimationActive={false} connectNulls={false} activeDot={false} />
          <CartesianGrid vertical={false} />
          {data.open.map((range) => (
            <ReferenceArea key={range.fromX} className="c-hatch" x1={range.fromX} x2={range.toX} ifOverflow="hidden" />
          ))}
          <XAxis
            dataKey="x"
            type="number"
            domain={[fromX, toX]}
            ticks={[...days]}
            tickFormatter={tickWords}
            interval={0}
            tickLine={false}
          />
          <YAxis
            width={50}
            domain={[axis.low, axis.high]}
            ticks={[...axis.ticks]}
            allowDataOverflow
            axisLine={false}
            tickLine={false}
            tickFormatter={(_: number, index: number) => axis.words[index] ?? ""}
          />
          <Limit dataKey="low" />
          <Limit dataKey="high" />
          {baseline !== null && (
            <ReferenceLine
              className="c-limit"
              y={baseline.level}
              label={{ value: baseline.words, position: "insideBottomRight", className: "c-word" }}
            />
          )}
          {agreed !== null && (
            <ReferenceLine
              className="c-target"
              y={agreed.level}
              label={{ value: agreed.words, position: "insideBottomRight", className: "c-label" }}
            />
          )}
          {agreed !== null && agreed.floor !== null && <ReferenceLine className="c-target" y={agreed.floor} />}
          {data.moments.map((moment) => (
            <ReferenceLine key={`${moment.x} ${moment.text}`} className="c-moment" x={moment.x} label={<MomentWord moment={moment} />} />
          ))}
          <Line
            className="c-day"
            dataKey="value"
            type="linear"
            dot={DAY_DOT}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
          <Line
            className="c-line"
            dataKey="ewma"
            type="linear"
            dot={false}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
          <Tooltip isAnimationActive={false} cursor={CURSOR} content={DayNote} />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
});

const CURSOR = { className: "c-cursor" };
const DAY_DOT = (props: DotProps) => <DayDot key={props.index} {...props} />;

function tickWords(x: number): string {
  return dayWords(new Date(x).toISOString().slice(0, 10));
}

function Limit({ dataKey }: { readonly dataKey: "low" | "high" }): React.JSX.Element {
  return (
    <Line className="c-limits" dataKey={dataKey} type="step" dot={false} activeDot={false} connectNulls={false} isAnimationActive={false} />
  );
}

interface MomentWordProps {
  readonly moment: Moment;
  /** Where the line stands; given by the chart. */
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

/** A stem joins the word to its line. */
function MomentWord({ moment: { text, side, row }, viewBox: { x = 0, y = 0 } = {} }: MomentWordProps): React.JSX.Element {
  const wordY = y - 7 - row * WORD_HEIGHT;
  return (
    <g className="c-moment">
      <line x1={x} x2={x} y1={wordY - 9} y2={y} />
      <text className="c-word" x={side === "left" ? x - 4 : x + 4} y={wordY} textAnchor={side === "left" ? "end" : "start"}>
        {text}
      </text>
    </g>
  );
}

interface DotProps {
  readonly index: number;
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: unknown;
}

/** Filled on days that count since the onset; a small one on all others, so that a day between two gaps is seen too. */
function DayDot({ cx, cy, payload }: DotProps): React.JSX.Element | null {
  if (typeof cy !== "number" || !isRow(payload)) return null;
  return <circle className={payload.isCounted ? "c-counted" : "c-lone"} cx={cx} cy={cy} r={payload.isCounted ? 3.2 : 1.4} />;
}

function DayNote({ active, payload }: Partial<TooltipContentProps>): React.JSX.Element | null {
  const row: unknown = payload?.[0]?.payload;
  return active === true && isRow(row) ? <p className="chart-note">{row.label}</p> : null;
}

function isRow(row: unknown): row is ControlRow {
  return typeof row === "object" && row !== null && "label" in row && "isCounted" in row;
}
