import { memo, useMemo } from "react";
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
 * Days against what is usual: at most 96 of them, no animation, drawn again only when its data changes, and then only the parts that
 * differ: a Recharts chart whose axes are set anew costs a browser tens of milliseconds.
 */
export const ControlChart = memo(function ControlChart({ data, label }: ControlChartProps) {
  const { rows, axis, onset, baseline, agreed, moments } = data;
  const top = 10 + WORD_HEIGHT * Math.max(1, moments.length);
  const margin = useMemo(() => ({ top, right: 18, bottom: 0, left: 0 }), [top]);
  const drawn = useMemo(() => [...rows], [rows]);
  return (
    <figure className="line-chart control-chart" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ComposedChart data={drawn} margin={margin} accessibilityLayer={false}>
          {onset !== null && <Span className="c-onset" fromX={onset.fromX} toX={onset.toX} />}
          <Area className="c-sequence" dataKey="band" type="linear" isAnimationActive={false} connectNulls={false} activeDot={false} />
          <CartesianGrid vertical={false} />
          {data.open.map(({ fromX, toX }) => (
            <Span key={fromX} className="c-hatch" fromX={fromX} toX={toX} />
          ))}
          <DayAxis fromX={data.fromX} toX={data.toX} days={data.days} />
          <ValueAxis axis={axis} />
          <Curve className="c-limits" dataKey="low" type="step" />
          <Curve className="c-limits" dataKey="high" type="step" />
          {baseline !== null && <Level className="c-limit" level={baseline.level} words={baseline.words} wordsClass="c-word" />}
          {agreed !== null && (
            <Level className="c-target" level={agreed.level} words={agreed.words} wordsClass="c-label" isWordBelow={agreed.isWordBelow} />
          )}
          {agreed !== null && agreed.floor !== null && <Level className="c-target" level={agreed.floor} words="" wordsClass="c-label" />}
          {moments.map((moment) => (
            <MomentLine key={`${moment.x} ${moment.text}`} moment={moment} />
          ))}
          <Days rows={rows} />
          <Curve className="c-line" dataKey="ewma" type="linear" />
          <Note />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
});

/** For parts with few and plain properties, which come as new objects with every answer. */
function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface SpanProps {
  readonly className: string;
  readonly fromX: number;
  readonly toX: number;
}

const Span = memo(function Span({ className, fromX, toX }: SpanProps) {
  return <ReferenceArea className={className} x1={fromX} x2={toX} ifOverflow="hidden" />;
});

const DayAxis = memo(function DayAxis({ fromX, toX, days }: Pick<ControlData, "fromX" | "toX" | "days">) {
  return (
    <XAxis dataKey="x" type="number" domain={[fromX, toX]} ticks={[...days]} tickFormatter={tickWords} interval={0} tickLine={false} />
  );
}, isSame);

const ValueAxis = memo(function ValueAxis({ axis: { low, high, ticks, words } }: Pick<ControlData, "axis">) {
  const wordsOf = (_: number, index: number) => words[index] ?? "";
  return (
    <YAxis width={50} domain={[low, high]} ticks={[...ticks]} allowDataOverflow axisLine={false} tickLine={false} tickFormatter={wordsOf} />
  );
}, isSame);

interface LevelProps {
  readonly className: string;
  readonly level: number;
  readonly words: string;
  readonly isWordBelow?: boolean;
  readonly wordsClass: string;
}

const Level = memo(function Level({ className, level, words, wordsClass, isWordBelow = false }: LevelProps) {
  const position = isWordBelow ? "insideTopRight" : "insideBottomRight";
  return <ReferenceLine className={className} y={level} label={{ value: words, position, className: wordsClass }} />;
});

const MomentLine = memo(function MomentLine({ moment }: { readonly moment: Moment }) {
  return <ReferenceLine className="c-moment" x={moment.x} label={<MomentWord moment={moment} />} />;
}, isSame);

interface CurveProps {
  readonly className: string;
  readonly dataKey: "low" | "high" | "ewma";
  readonly type: "linear" | "step";
}

const Curve = memo(function Curve({ className, dataKey, type }: CurveProps) {
  return (
    <Line
      className={className}
      dataKey={dataKey}
      type={type}
      dot={false}
      activeDot={false}
      connectNulls={false}
      isAnimationActive={false}
    />
  );
});

const Note = memo(function Note() {
  return <Tooltip isAnimationActive={false} cursor={CURSOR} content={DayNote} />;
});

const CURSOR = { className: "c-cursor" };
function tickWords(x: number): string {
  return dayWords(new Date(x).toISOString().slice(0, 10));
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

interface DayPoint {
  readonly x: number | null;
  readonly y: number | null;
}

/** The days: joined where they are neighbours, filled where they count since the onset. */
const Days = memo(function Days({ rows }: { readonly rows: readonly ControlRow[] }) {
  const shape = ({ points = [] }: { readonly points?: readonly DayPoint[] }) => (
    <g>
      <path className="c-days" d={joined(points)} />
      <path className="c-lone" d={dots(points, 1.4, (at) => rows[at]?.isCounted !== true)} />
      <path className="c-counted" d={dots(points, 3.2, (at) => rows[at]?.isCounted === true)} />
    </g>
  );
  return <Line dataKey="value" shape={shape} dot={false} activeDot={false} connectNulls={false} isAnimationActive={false} />;
});

function joined(points: readonly DayPoint[]): string {
  const isGap = (at: number): boolean => (points[at]?.y ?? null) === null;
  return points.map(({ x, y }, at) => (isGap(at) ? "" : `${isGap(at - 1) ? "M" : "L"}${x} ${y}`)).join("");
}

/** All circles as one path: a hundred elements of their own cost a browser more than the chart. */
function dots(points: readonly DayPoint[], r: number, isShown: (at: number) => boolean): string {
  const arc = `a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  return points.map(({ x, y }, at) => (x === null || y === null || !isShown(at) ? "" : `M${x - r} ${y}${arc}`)).join("");
}

function DayNote({ active, payload }: Partial<TooltipContentProps>): React.JSX.Element | null {
  const row: unknown = payload?.[0]?.payload;
  return active === true && isRow(row) ? <p className="chart-note">{row.label}</p> : null;
}

function isRow(row: unknown): row is ControlRow {
  return typeof row === "object" && row !== null && "label" in row && "isCounted" in row;
}
