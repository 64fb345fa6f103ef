import { useState } from "react";
import { Link } from "react-router";
import { z } from "zod";
import type { FeedGroupView } from "../../../shared/protocol/archive-routes.ts";
import { agreementOf } from "../../../shared/protocol/receipt.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { paths } from "../../live/paths.ts";
import { asAppError } from "../../live/use-request.ts";
import { FieldError } from "../../ui/field.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { GroupForm } from "./group-form.tsx";

interface GroupItemProps {
  readonly group: FeedGroupView;
  readonly states: readonly AgreementState[];
  readonly isAdministrator: boolean;
  readonly onChanged: () => void;
}

const NONE_TAKEN: ReadonlySet<string> = new Set();

/** One kind of file: its column, and which value leads to which agreement's feed. */
export function GroupItem({ group, states, isAdministrator, onChanged }: GroupItemProps): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const done = () => {
    setOpen(false);
    onChanged();
  };
  return (
    <article className="shared-file" aria-label={group.name}>
      <h3>{group.name}</h3>
      <p className="small mid">
        The column “{group.column}” says whose row it is. A row with another value{" "}
        {group.unknown === "refuse" ? "refuses the whole file." : "is left out, and named to whoever handed the file in."}
        {!group.mayHandIn && " Files come from the provider."}
      </p>
      <Routes group={group} states={states} />
      {isAdministrator && (
        <div className="row">
          <button className="btn link small" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Leave as it is" : "Change"}
            <span className="sr"> {group.name}</span>
          </button>
          <EndButton group={group} onEnded={onChanged} />
        </div>
      )}
      {isOpen && <GroupForm group={group} taken={NONE_TAKEN} states={states} onDone={done} />}
    </article>
  );
}

function Routes({ group, states }: Pick<GroupItemProps, "group" | "states">): React.JSX.Element {
  const columns: readonly Column[] = [{ name: `“${group.column}” says` }, { name: "Agreement" }, { name: "Feed" }];
  return (
    <table className="t routes" role="table" aria-label={`Where rows of ${group.name} go`}>
      <TableHead columns={columns} />
      <tbody role="rowgroup">
        {Object.entries(group.routes).map(([value, feedId]) => {
          const agreementId = agreementOf(feedId);
          const state = states.find(({ agreement }) => agreement.id === agreementId);
          const feed = [...(state?.feeds.values() ?? [])].find((one) => one.feedId === feedId);
          return (
            <tr key={value} role="row">
              <th role="rowheader" scope="row">
                {value}
              </th>
              <td role="cell">{state?.agreement.name ?? agreementId}</td>
              <td role="cell">{feed === undefined ? feedId : <Link to={paths.feed(agreementId, feed.feed)}>{feed.name}</Link>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Asks once more: a machine somewhere may still send such files. */
function EndButton({ group, onEnded }: { readonly group: FeedGroupView; readonly onEnded: () => void }): React.JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const end = async () => {
    try {
      await call({ method: "DELETE", path: `/api/v1/feed-groups/${encodeURIComponent(group.id)}`, answer: z.unknown() });
      onEnded();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  if (!isAsked) {
    return (
      <button className="btn link small" type="button" onClick={() => setAsked(true)}>
        End<span className="sr"> {group.name}</span>
      </button>
    );
  }
  return (
    <>
      <span className="small">Such files are then taken no longer. Receipts stay.</span>
      <button className="btn grave" type="button" onClick={() => void end()}>
        End it
      </button>
      <button className="btn" type="button" onClick={() => setAsked(false)}>
        Keep it
      </button>
      {error !== null && <FieldError>{error}</FieldError>}
    </>
  );
}
