import { Fragment, useMemo } from "react";
import type { Agreement } from "../../../shared/agreement/agreement.ts";
import { countWords } from "../../live/count-words.ts";
import { TableHead } from "../../ui/table-head.tsx";
import { capital, listWords } from "./clause-words.ts";
import { type ClauseChange, diffAgreements } from "./diff-agreements.ts";
import { diffLines, hunksOf } from "./diff-lines.ts";
import { diffWords, type WordRun } from "./diff-words.ts";
import "./diff-view.css";

interface Text {
  readonly name: string;
  readonly agreement: Agreement;
  readonly text: string;
}

const KINDS = { added: "Added", removed: "Removed", changed: "Changed" } as const;

/** "3 clauses change, 1 is added and 1 is removed": the finding of a comparison. */
export function diffFinding(changes: readonly ClauseChange[]): string {
  const count = (kind: ClauseChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  const [changed, added, removed] = [count("changed"), count("added"), count("removed")];
  if (changes.length === 0) return "No clause changes";
  return listWords([
    ...(changed === 0 ? [] : [`${countWords(changed, "clause")} ${changed === 1 ? "changes" : "change"}`]),
    ...(added === 0 ? [] : [`${changed === 0 ? countWords(added, "clause") : added} ${added === 1 ? "is" : "are"} added`]),
    ...(removed === 0
      ? []
      : [`${changed + added === 0 ? countWords(removed, "clause") : removed} ${removed === 1 ? "is" : "are"} removed`]),
  ]);
}

/** What two versions do not have in common: clause by clause in sentences, then line by line of the text. */
export function DiffView({ from, to }: { readonly from: Text; readonly to: Text }): React.JSX.Element {
  const changes = useMemo(() => diffAgreements(from.agreement, to.agreement), [from.agreement, to.agreement]);
  return (
    <section className="block" aria-labelledby="diff">
      <div className="head open">
        <h2 id="diff">{diffFinding(changes)}</h2>
        <small className="quiet">
          {from.name} to {to.name}
        </small>
      </div>
      {changes.length > 0 && <ClauseTable {...{ changes, from, to }} />}
      <TextDiff before={from.text} after={to.text} />
    </section>
  );
}

function ClauseTable({
  changes,
  from,
  to,
}: {
  readonly changes: readonly ClauseChange[];
  readonly from: Text;
  readonly to: Text;
}): React.JSX.Element {
  return (
    <table className="t stack diff" role="table" aria-labelledby="diff">
      <TableHead columns={[{ name: "Clause" }, { name: capital(from.name) }, { name: capital(to.name) }]} />
      <tbody role="rowgroup">
        {changes.map((change) => (
          <tr key={`${change.kind} ${change.clause.path}`} role="row">
            <th role="rowheader" scope="row" className="wide">
              {change.clause.about ?? change.clause.heading} <small>{KINDS[change.kind]}</small>
              <LevelChange level={change.level} />
            </th>
            <SentenceCells change={change} from={from} to={to} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Both sentences; of a changed one only the words that differ stand out. */
function SentenceCells({ change, from, to }: { readonly change: ClauseChange; readonly from: Text; readonly to: Text }): React.JSX.Element {
  const { before, after } = change;
  const words = before === null || after === null ? null : diffWords(before, after);
  return (
    <>
      <td role="cell" className="wide old" data-l={capital(from.name)}>
        {before === null ? (
          <span className="quiet">does not say it</span>
        ) : (
          <Runs runs={words?.before ?? [{ text: before, isOwn: true }]} own={(text) => <del>{text}</del>} />
        )}
      </td>
      <td role="cell" className="wide" data-l={capital(to.name)}>
        {after === null ? (
          <span className="quiet">does not say it</span>
        ) : (
          <Runs runs={words?.after ?? [{ text: after, isOwn: true }]} own={(text) => <ins>{text}</ins>} />
        )}
      </td>
    </>
  );
}

function Runs({ runs, own }: { readonly runs: readonly WordRun[]; readonly own: (text: string) => React.ReactNode }): React.ReactNode {
  return runs.map(({ text, isOwn }, index) => {
    const words = text.trimEnd();
    return (
      <Fragment key={`${index} ${text}`}>
        {isOwn ? own(words) : words}
        {text.slice(words.length)}
      </Fragment>
    );
  });
}

function LevelChange({ level }: { readonly level: ClauseChange["level"] }): React.JSX.Element | null {
  if (level === null) return null;
  return (
    <span className="level">
      {level.from} <span aria-hidden="true">→</span>
      <span className="sr">to</span> {level.to} {level.effect !== null && <small>{level.effect}</small>}
    </span>
  );
}

const SIGNS = { same: " ", removed: "−", added: "+" } as const;

function TextDiff({ before, after }: { readonly before: string; readonly after: string }): React.JSX.Element {
  const hunks = useMemo(() => hunksOf(diffLines(before, after)), [before, after]);
  if (hunks.length === 0) return <p className="mid">The texts are the same, letter for letter.</p>;
  const changed = hunks.flat().filter(({ kind }) => kind !== "same").length;
  return (
    <details className="text-diff">
      <summary>The text, {countWords(changed, "line")} that changed</summary>
      {/* What scrolls must be reachable by the keyboard. */}
      <div className="hunks" tabIndex={0} role="group" aria-label="Lines that changed">
        {hunks.map((hunk) => (
          <code className="lines" key={`${hunk[0]?.before ?? ""} ${hunk[0]?.after ?? ""}`}>
            {hunk.map((line) => (
              <span key={`${line.before ?? ""} ${line.after ?? ""}`} className={`line ${line.kind}`}>
                <span className="no">
                  <span className="sr">{line.kind === "same" ? "" : `${line.kind} `}</span>
                  {line.after ?? line.before} {SIGNS[line.kind]}
                </span>
                <span className="tx">{line.text === "" ? "\u00a0" : line.text}</span>
              </span>
            ))}
          </code>
        ))}
      </div>
    </details>
  );
}
