import type { LineRange } from "./read-document.ts";

interface CodeLinesProps {
  readonly lines: readonly string[];
  /** Number of the first of them in the whole text. */
  readonly first?: number;
  readonly marked?: readonly LineRange[];
}

/** Lines of a text with their numbers; the marked ones stand out by ground and weight. */
export function CodeLines({ lines, first = 1, marked = [] }: CodeLinesProps): React.JSX.Element {
  return (
    <code className="lines">
      {lines.map((line, index) => {
        const number = first + index;
        const isMarked = marked.some(({ from, to }) => from <= number && number <= to);
        return (
          <span key={number} className={isMarked ? "line marked" : "line"} data-line={number}>
            <span className="no" aria-hidden="true">
              {number}
            </span>
            <span className="tx">{line === "" ? "\u00a0" : line}</span>
          </span>
        );
      })}
    </code>
  );
}
