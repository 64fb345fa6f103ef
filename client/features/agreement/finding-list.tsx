import type { Finding } from "../../../shared/protocol/version.ts";
import { countWords } from "../../live/count-words.ts";
import { Status } from "../../ui/status/status.tsx";
import type { LineRange } from "./read-document.ts";
import "./finding-list.css";

interface FindingListProps {
  readonly findings: readonly Finding[];
  /** Where a finding's path stands in the text. */
  readonly linesOf: (path: string) => LineRange | null;
  /** Leads to a line of the text; without it the line is only named. */
  readonly onLine?: (line: number) => void;
}

/** "1 error must be mended, and 5 things may be disputed later": the finding of a check. */
export function findingsWords(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const doubts = findings.length - errors;
  const words = [
    ...(errors === 0 ? [] : [`${countWords(errors, "error")} must be mended`]),
    ...(doubts === 0 ? [] : [`${countWords(doubts, "thing")} may be disputed later`]),
  ];
  return words.join(", and ");
}

/** What is wrong or doubtful in a text: where, why it will be disputed, and what to write instead. */
export function FindingList({ findings, linesOf, onLine }: FindingListProps): React.JSX.Element {
  return (
    <ol className="findings">
      {findings.map((finding, index) => {
        const line = linesOf(finding.path.replace(/^agreement\./u, ""))?.from ?? null;
        return (
          <li key={`${index} ${finding.path}`}>
            <p>
              {finding.severity === "error" ? <Status kind="missed">Error</Status> : <Status kind="risk">Doubtful</Status>}{" "}
              <b>{finding.message}</b>
            </p>
            <p className="small mid">{finding.dispute}</p>
            <p className="small">
              Instead: {finding.remedy} <code className="quiet">{finding.path}</code>
              {line !== null &&
                (onLine === undefined ? (
                  <span className="quiet">, line {line}</span>
                ) : (
                  <>
                    {", "}
                    <button className="btn link" type="button" onClick={() => onLine(line)}>
                      line {line}
                    </button>
                  </>
                ))}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
