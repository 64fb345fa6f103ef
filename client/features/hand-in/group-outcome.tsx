import { Link } from "react-router";
import type { GroupUpload } from "../../../shared/protocol/archive-routes.ts";
import { agreementOf } from "../../../shared/protocol/receipt.ts";
import { countWords } from "../../live/count-words.ts";
import { useAgreement } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { FieldError } from "../../ui/field.tsx";
import { Status } from "../../ui/status/status.tsx";
import { ReceiptOutcome } from "./receipt-outcome.tsx";

interface GroupOutcomeProps {
  readonly name: string;
  readonly outcome: GroupUpload;
  readonly onRetry: () => void;
}

/** What became of a file that was taken apart: a receipt for each agreement, and the rows that none of them claims. */
export function GroupOutcome({ name, outcome: { receipts, ignored }, onRetry }: GroupOutcomeProps): React.JSX.Element {
  const made = receipts.filter(({ receipt }) => receipt !== null).length;
  return (
    <div className="stackv shared" role="status">
      <p className="small">
        <b>{name}</b> became {countWords(made, "receipt")}.
        {made < receipts.length && " The rest is missing; sent again, what is missing is made and nothing counts twice."}
      </p>
      <ul>
        {receipts.map((part) => (
          <li key={part.feedId}>
            <PartOutcome {...part} />
          </li>
        ))}
      </ul>
      {made < receipts.length && (
        <p className="row">
          <button className="btn" type="button" onClick={onRetry}>
            Send again
          </button>
        </p>
      )}
      {ignored.rows > 0 && <Ignored {...ignored} />}
    </div>
  );
}

function PartOutcome({ feedId, receipt, error }: GroupUpload["receipts"][number]): React.JSX.Element {
  const state = useAgreement(agreementOf(feedId));
  const feed = state === null ? undefined : [...state.feeds.values()].find((one) => one.feedId === feedId);
  const title = `${state?.agreement.name ?? agreementOf(feedId)}: ${feed?.name ?? feedId}`;
  if (receipt === null) {
    return (
      <FieldError>
        {title} got no receipt. {error?.message} {error?.remedy}
      </FieldError>
    );
  }
  return (
    <p className="small">
      {title}, receipt {receipt.number}. <ReceiptOutcome first={receipt} />{" "}
      <Link to={paths.receipt(receipt.agreementId, receipt.id)} preventScrollReset>
        What came of it<span className="sr"> in {title}</span>
      </Link>
    </p>
  );
}

/** Rows are named to whoever sent them, and to nobody else. */
function Ignored({ rows, lines, values }: GroupUpload["ignored"]): React.JSX.Element {
  const named = lines.map((line, i) => `line ${line} says ${values[i] === "" ? "nothing" : `\u201c${values[i]}\u201d`}`);
  return (
    <div className="small">
      <Status kind="risk">
        {countWords(rows, "row")} left out: no agreement of the group claims {rows === 1 ? "it" : "them"}.
      </Status>
      <ul className="left-out">
        {named.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {rows > named.length && <p className="quiet">And {countWords(rows - named.length, "more row")}.</p>}
    </div>
  );
}
