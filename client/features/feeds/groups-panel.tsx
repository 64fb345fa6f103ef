import type { FeedGroupView } from "../../../shared/protocol/archive-routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import type { Request } from "../../live/use-request.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { GroupForm } from "./group-form.tsx";
import { GroupItem } from "./group-item.tsx";
import "./groups.css";

interface GroupsPanelProps {
  readonly states: readonly AgreementState[];
  readonly request: Request<readonly FeedGroupView[]>;
  readonly again: () => void;
  readonly isAdministrator: boolean;
}

/** Files that cover several agreements: which column says whose row it is, and where its values lead. The administrator changes it. */
export function GroupsPanel({ states, request, again, isAdministrator }: GroupsPanelProps): React.JSX.Element | null {
  const groups = request.state === "ready" ? request.data : [];
  // Most people have none, and nothing to do about it.
  if (!isAdministrator && (request.state === "loading" || (request.state === "ready" && groups.length === 0))) return null;
  const taken = new Set(groups.map(({ id }) => id));
  return (
    <section className="block" aria-labelledby="groups-title">
      <div className="head">
        <h2 id="groups-title">Files of several agreements</h2>
        <span className="small quiet">one file, one receipt for each agreement</span>
      </div>
      {request.state === "loading" && <Loading what="the groups" />}
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && groups.length === 0 && <Empty>No file covers several agreements yet.</Empty>}
      {groups.map((group) => (
        <GroupItem key={group.id} group={group} states={states} isAdministrator={isAdministrator} onChanged={again} />
      ))}
      {isAdministrator && request.state === "ready" && (
        <details className="new-key">
          <summary>Take apart another file</summary>
          {/* Made anew with each group, so that the next one begins with empty fields. */}
          <GroupForm key={groups.length} group={null} taken={taken} states={states} onDone={again} />
        </details>
      )}
    </section>
  );
}
