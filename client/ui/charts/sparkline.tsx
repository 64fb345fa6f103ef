import { memo } from "react";
import "./sparkline.css";

interface SparklineProps {
  /** One value per day, oldest first; `null` is a day without a figure and stays a gap. */
  readonly values: readonly (number | null)[];
  /** What it is held against; `null` while nothing is known of that. */
  readonly level: number | null;
  /** The lower end of a band, of which `level` is the upper one; `null` without. */
  readonly floor: number | null;
  /** `null` where the level is no promise, so that no side of it is bad. */
  readonly badSide: "below" | "above" | null;
  readonly label: string;
}

const MARGIN = 9.7;

/** Side and trend at a glance: the line, its target and the bad side. Scaled to itself, so never compared across rows. */
export const Sparkline = memo(function Sparkline({ values, level, floor, badSide, label }: SparklineProps) {
  const known = values.flatMap((value) => value ?? []);
  const held = [floor ?? [], level ?? []].flat();
  const low = Math.min(...held, ...known);
  const high = Math.max(...held, ...known);
  const y = (value: number) => (high === low ? 50 : MARGIN + ((high - value) / (high - low)) * (100 - 2 * MARGIN));
  const x = (index: number) => (values.length < 2 ? 100 : (index / (values.length - 1)) * 100);
  const last = values.findLastIndex((value) => value !== null);
  const lastValue = values[last];
  const levelY = level === null ? null : y(level);
  const floorY = floor === null ? null : y(floor);
  return (
    <svg className="spark" role="img" aria-label={label}>
      {levelY !== null && badSide === "below" && <rect className="side" width="100%" y={`${levelY}%`} height={`${100 - levelY}%`} />}
      {levelY !== null && badSide === "above" && <rect className="side" width="100%" y="0" height={`${levelY}%`} />}
      {last >= 0 && last < values.length - 1 && <rect className="gap" x={`${x(last)}%`} width={`${100 - x(last)}%`} height="100%" />}
      {floorY !== null && <rect className="side" width="100%" y={`${floorY}%`} height={`${100 - floorY}%`} />}
      {levelY !== null && <line className="tl" x2="100%" y1={`${levelY}%`} y2={`${levelY}%`} />}
      {floorY !== null && <line className="tl" x2="100%" y1={`${floorY}%`} y2={`${floorY}%`} />}
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">
        <path d={sparkPath(values, x, y)} />
      </svg>
      {typeof lastValue === "number" && <circle className="end" r="2.5" cx={`${x(last)}%`} cy={`${y(lastValue)}%`} />}
    </svg>
  );
});

function sparkPath(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let isOpen = false;
  for (const [index, value] of values.entries()) {
    if (value !== null) path += `${isOpen ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    isOpen = value !== null;
  }
  return path;
}
