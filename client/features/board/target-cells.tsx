import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatCount, formatFigure } from "../../../shared/metrics/format.ts";
import { decimalToNumber } from "../../../shared/stats/decimal.ts";
import { figureWords, isLiveFigure } from "../../live/live-figure.ts";
import { chanceShort, fateWords, neededWords } from "../../live/outlook-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { Sparkline } from "../../ui/charts/sparkline.tsx";
import { Mark } from "../../ui/status/mark.tsx";
import { Chip, Status } from "../../ui/status/status.tsx";
import { shortIn } from "../../ui/zone-time.ts";
import type { BoardRow } from "./board-rows.ts";

export function VerdictMark({ verdict }: { readonly verdict: Verdict }): React.JSX.Element {
  const { mark, word } = wordsOf(verdict.status);
  return verdict.status === "met" || verdict.status === "not-counted" ? (
    <Status kind={mark}>{word}</Status>
  ) : (
    <Chip kind={mark}>{word}</Chip>
  );
}

export function Former({ verdict }: { readonly verdict: Verdict | null }): React.JSX.Element {
  if (verdict === null || verdict.value === null) return <Dash />;
  return <span className="former">{figureWords(verdict)}</span>;
}

/** Why there is no figure is said on pointing at the dash, and to those who hear it. */
function Dash({ why }: { readonly why?: string }): React.JSX.Element {
  if (why === undefined) return <span className="dash">—</span>;
  return (
    <span className="dash" title={why}>
      <span aria-hidden="true">—</span>
      <span className="sr">{why}</span>
    </span>
  );
}

/** Why a row says nothing of the end of its window. */
function noOutlookWords({ verdict, isLate }: BoardRow): string {
  if (verdict === null) return "No data yet";
  if (!verdict.window.open) return "Closed: nothing is still to come";
  if (isLate || !isLiveFigure(verdict)) return "Its feed is silent: nothing can be said of the rest";
  if (verdict.window.kind === "day") return "Judged by the day: no outlook is made for a single day";
  return "Too few days are known to say";
}

export function Figure({ text }: { readonly text: string }): React.JSX.Element {
  return text === "—" ? <Dash /> : <>{text}</>;
}

export function AsOf({ row, zone, nowMs }: { readonly row: BoardRow; readonly zone: string; readonly nowMs: number }): React.JSX.Element {
  const asOfMs = row.verdict?.asOfMs ?? null;
  if (asOfMs === null) return <Dash />;
  if (!row.isLate) return <>{shortIn(zone, asOfMs, nowMs)}</>;
  return (
    <span className="late-asof hatched" title="Its feed is late">
      {shortIn(zone, asOfMs, nowMs)}
      <span className="sr">, its feed is late</span>
    </span>
  );
}

export function Today({ verdict }: { readonly verdict: Verdict | null }): React.JSX.Element {
  if (verdict === null || !verdict.window.open) return <Dash />;
  const { mark, word } = wordsOf(verdict.status);
  const figure = isLiveFigure(verdict) ? formatFigure(verdict) : "—";
  return (
    <span className={`today ${mark}`} title={word}>
      {verdict.status !== "met" && <Mark kind={mark} />}
      <span className="sr">{word}: </span>
      <Figure text={figure} />
    </span>
  );
}

/** What the rest of the window must reach; a silent feed has no outlook that may pass as live. */
export function Needed({ row }: { readonly row: BoardRow }): React.JSX.Element {
  const { outlook, target, verdict } = row;
  if (outlook === null || !isLiveFigure(verdict)) return <Dash why={noOutlookWords(row)} />;
  if (outlook.reach === "lost") return <>lost</>;
  if (outlook.reach === "safe") return <>safe</>;
  const words = neededWords(outlook, target);
  return words === null ? <Dash why="The rest needs nothing, or cannot be forecast" /> : <>{words}</>;
}

export function Chance({ row }: { readonly row: BoardRow }): React.JSX.Element {
  const { outlook, verdict } = row;
  if (outlook === null || outlook.pMiss === null || !isLiveFigure(verdict)) return <Dash why={noOutlookWords(row)} />;
  return (
    <span className={outlook.pMiss >= 0.5 ? "likely" : undefined} title={fateWords(outlook) ?? undefined}>
      {chanceShort(outlook.pMiss)}
    </span>
  );
}

export function Trend({ row, verdict }: { readonly row: BoardRow; readonly verdict: Verdict }): React.JSX.Element {
  const level = decimalToNumber(verdict.expected);
  const floor = verdict.notBelow === null ? null : decimalToNumber(verdict.notBelow);
  const known = row.trend.flatMap((value) => value ?? []);
  const isFloor = verdict.direction === "at-least";
  const bad = known.filter((value) => (isFloor ? value < level : value > level || value < (floor ?? -Infinity))).length;
  const side = isFloor ? "below" : verdict.direction === "within" ? "outside" : "above";
  const label = `${row.target.name} by day: ${bad} of ${known.length} days ${side} the target`;
  return <Sparkline values={row.trend} level={level} floor={floor} badSide={isFloor ? "below" : "above"} label={label} />;
}

export function sampleWords(verdict: Verdict | null): string {
  if (verdict === null || verdict.value === null) return "—";
  if (verdict.status !== "not-proven" || verdict.needed === null) return formatCount(verdict.n);
  return `${formatCount(verdict.n)} of ${formatCount(verdict.n + verdict.needed)}`;
}
