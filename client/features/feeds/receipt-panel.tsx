import { Link } from "react-router";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { countWords } from "../../live/count-words.ts";
import { paths } from "../../live/paths.ts";
import { bytesWords } from "../../ui/bytes-words.ts";
import { Chip, Status } from "../../ui/status/status.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { receiptWords, replacedWords } from "./feed-words.ts";
import { ProblemTable } from "./problem-table.tsx";

interface ReceiptPanelProps {
  readonly receipt: Receipt;
  readonly feedName: string;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** One receipt, live: its counts while they grow, and each problem with its mend. */
export function ReceiptPanel({ receipt, feedName, timeZone, nowMs }: ReceiptPanelProps): React.JSX.Element {
  const { mark, word, stands } = receiptWords(receipt);
  const hasProblems = receipt.problems.length > 0 || receipt.fileProblems.length > 0;
  return (
    <section className="block" aria-labelledby="receipt-title">
      <div className="head">
        <h2 id="receipt-title">
          {receipt.counts.rejected > 0 ? `${countWords(receipt.counts.rejected, "row")} to mend` : `Receipt ${receipt.number}`}{" "}
          <small className="quiet">
            {feedName}, {receipt.counts.rejected > 0 ? `receipt ${receipt.number}` : receipt.filename}
          </small>
        </h2>
        {receipt.problems.length > 0 && (
          <a className="small" href={paths.errorsCsv(receipt.id)} download>
            Download errors.csv
          </a>
        )}
      </div>
      <p className="row">
        {stands ? <Chip kind={mark}>{word}</Chip> : <Status kind={mark}>{word}</Status>}
        <span className="small mid">
          {receipt.filename}, {bytesWords(receipt.bytes)}, accepted {bothClocks(timeZone, receipt.acceptedAtMs, nowMs)} from{" "}
          {receipt.acceptedFrom}
        </span>
      </p>
      {receipt.state === "applying" && <progress aria-label="Rows read" />}
      <Counts receipt={receipt} />
      {receipt.covers !== undefined && <p className="small">{replacedWords(receipt)}</p>}
      {receipt.counts.restated + (receipt.counts.withdrawn ?? 0) > 0 && (
        <p className="small">
          It replaced values that were known. <Link to={paths.restatement(receipt.agreementId, receipt.number)}>What it changed</Link>
        </p>
      )}
      {receipt.fileProblems.map((problem) => (
        <p key={problem.rule} className="file-problem">
          <b>{problem.message}.</b> {problem.remedy}.
        </p>
      ))}
      {receipt.problems.length > 0 && <ProblemTable receipt={receipt} />}
      {!hasProblems && receipt.state === "applied" && <p className="small quiet">Every row counts. Nothing to mend.</p>}
      <p className="small quiet sha">
        SHA-256 <code>{receipt.sha256}</code>
      </p>
    </section>
  );
}

function Counts({ receipt }: { readonly receipt: Receipt }): React.JSX.Element | null {
  const { counts } = receipt;
  if (receipt.settledAtMs === null) return null;
  const cells = [
    ["Rows", counts.rows],
    ["Applied", counts.applied],
    ["Restated", counts.restated],
    ["Refused", counts.rejected],
    ["Duplicate", counts.duplicate],
    ["Warnings", counts.warnings],
  ] as const;
  return (
    <dl className="counts" aria-label="Counts">
      {cells.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
