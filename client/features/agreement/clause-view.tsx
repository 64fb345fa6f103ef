import { useEffect, useMemo, useRef } from "react";
import type { Agreement } from "../../../shared/agreement/agreement.ts";
import { linesOf } from "./diff-lines.ts";
import { type Clause, HEADINGS } from "./clause.ts";
import { linesOfClause } from "./clause-lines.ts";
import { clausesOf } from "./clauses-of.ts";
import { CodeLines } from "./code-lines.tsx";
import type { LineRange } from "./read-document.ts";
import { useDocumentReader } from "./use-read-document.ts";
import "./clause-view.css";

interface ClauseViewProps {
  readonly agreement: Agreement;
  readonly text: string;
  /** The path of the clause whose lines are shown. */
  readonly selected: string | null;
  readonly onSelect: (path: string | null) => void;
}

/** An agreement in numbered plain sentences beside the text they come from. On a phone the lines unfold under their clause. */
export function ClauseView({ agreement, text, selected, onSelect }: ClauseViewProps): React.JSX.Element {
  const clauses = useMemo(() => clausesOf(agreement), [agreement]);
  const read = useDocumentReader();
  const document = useMemo(() => read?.(text) ?? null, [read, text]);
  const chosen = clauses.find(({ path }) => path === selected) ?? null;
  const marked = useMemo(() => (document === null || chosen === null ? [] : linesOfClause(document, chosen)), [document, chosen]);
  const lines = useMemo(() => linesOf(text), [text]);
  const inline = (clause: Clause) => (clause === chosen && document !== null ? <InlineLines lines={lines} marked={marked} /> : null);
  return (
    <div className="agreed">
      <div className="clauses">
        {groupsOf(clauses).map((group, index) => (
          <section key={group.heading} aria-labelledby={`part-${index + 1}`}>
            <h2 id={`part-${index + 1}`}>
              <span className="cn">{index + 1}</span> {group.heading}
            </h2>
            <Clauses group={group} number={index + 1} {...{ selected, onSelect, inline }} />
          </section>
        ))}
      </div>
      <CodePane lines={lines} marked={marked} isUnwritten={chosen !== null && document !== null && marked.length === 0} />
    </div>
  );
}

interface Group {
  readonly heading: string;
  readonly clauses: readonly Clause[];
}

function groupsOf(clauses: readonly Clause[]): Group[] {
  return HEADINGS.map((heading) => ({ heading, clauses: clauses.filter((clause) => clause.heading === heading) })).filter(
    (group) => group.clauses.length > 0,
  );
}

interface ClausesProps extends Pick<ClauseViewProps, "selected" | "onSelect"> {
  readonly group: Group;
  readonly number: number;
  readonly inline: (clause: Clause) => React.ReactNode;
}

function Clauses({ group, number, selected, onSelect, inline }: ClausesProps): React.JSX.Element {
  return (
    <ol>
      {group.clauses.map((clause, index) => {
        const isNewSubject = clause.about !== null && clause.about !== (group.clauses[index - 1]?.about ?? null);
        const isSelected = clause.path === selected;
        return (
          <li key={clause.path}>
            {isNewSubject && <h3>{clause.about}</h3>}
            <button className="clause" type="button" aria-pressed={isSelected} onClick={() => onSelect(isSelected ? null : clause.path)}>
              <span className="cn">
                {number}.{index + 1}
              </span>
              <span>{clause.says}</span>
            </button>
            {inline(clause)}
          </li>
        );
      })}
    </ol>
  );
}

function InlineLines({ lines, marked }: { readonly lines: readonly string[]; readonly marked: readonly LineRange[] }): React.JSX.Element {
  if (marked.length === 0) return <p className="inline-lines small quiet">The text leaves this out; it is what holds then.</p>;
  return (
    <div className="inline-lines">
      {marked.map(({ from, to }) => (
        <CodeLines key={from} lines={lines.slice(from - 1, to)} first={from} />
      ))}
    </div>
  );
}

interface CodePaneProps {
  readonly lines: readonly string[];
  readonly marked: readonly LineRange[];
  /** The chosen clause holds although the text does not say it. */
  readonly isUnwritten: boolean;
}

function CodePane({ lines, marked, isUnwritten }: CodePaneProps): React.JSX.Element {
  const pane = useRef<HTMLDivElement>(null);
  const first = marked[0]?.from ?? null;
  useEffect(() => {
    const line = first === null ? null : pane.current?.querySelector<HTMLElement>(`[data-line="${first}"]`);
    if (pane.current === null || line === null || line === undefined) return;
    // Not scrollIntoView: that would move the page under the reader's finger as well.
    pane.current.scrollTop = line.offsetTop - pane.current.clientHeight / 3;
  }, [first]);
  return (
    <section className="code-pane" aria-labelledby="code">
      <div className="head">
        <h2 id="code">The text</h2>
        <small className="quiet">{isUnwritten ? "leaves this out; it is what holds then" : "choose a clause to see its lines"}</small>
      </div>
      {/* What scrolls must be reachable by the keyboard. */}
      <div className="code-scroll" ref={pane} tabIndex={0} role="group" aria-label="Text of the agreement">
        <CodeLines lines={lines} marked={marked} />
      </div>
    </section>
  );
}
