import { memo } from "react";
import { wordsOf } from "../../live/verdict-words.ts";
import { completeToMs } from "../../live/windows.ts";
import { progressWords } from "../../live/window-words.ts";
import { Tally } from "../../ui/status/status.tsx";
import { viewerZone, zoneCity } from "../../ui/zone-time.ts";
import { type Board, type BoardRow, tallyWords } from "./board-rows.ts";
import { type Part, verdictSentence } from "./sentence.ts";
import "../../ui/sentence.css";
import "./verdict-sentence.css";

export const VerdictSentence = memo(function VerdictSentence({ state, rows, nowMs }: Board & { readonly nowMs: number }) {
  const { agreement } = state;
  const parts = verdictSentence({
    name: agreement.name,
    timeZone: agreement.timeZone,
    rows,
    completeToMs: completeToMs(state),
    nowMs,
    viewerZone: viewerZone(),
  });
  return (
    <article className="verdict" aria-label={agreement.name}>
      <p className="who">
        <Tally kinds={rows.map((row) => (row.verdict === null ? "nodata" : wordsOf(row.verdict.status).mark))} label={tallyWords(rows)} />
        <span>
          {agreement.provider}, {zoneCity(agreement.timeZone)}
        </span>
        <span>{periodOf(rows, agreement.timeZone, nowMs)}</span>
      </p>
      <p className="sentence">
        {parts.map((part, index) => (
          <SentencePart key={`${index} ${part.tone}`} part={part} />
        ))}
      </p>
    </article>
  );
});

function SentencePart({ part }: { readonly part: Part }): React.JSX.Element {
  switch (part.tone) {
    case "plain":
      return <>{part.text}</>;
    case "strong":
      return <b>{part.text}</b>;
    case "whole":
      return <span className="nb-wide">{part.text}</span>;
    default:
      return <span className={`st ${wordsOf(part.tone).mark}`}>{part.text}</span>;
  }
}

/** The period of the rows that have one longer than a day. */
function periodOf(rows: readonly BoardRow[], zone: string, nowMs: number): string {
  const verdict = rows.find((row) => row.verdict !== null && row.verdict.window.kind !== "day")?.verdict ?? null;
  return verdict === null ? "" : progressWords(verdict, zone, nowMs);
}
