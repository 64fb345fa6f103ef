import { useParams } from "react-router";
import type { VersionView } from "../../../shared/protocol/version.ts";
import type { Party } from "../../../shared/settlement/party.ts";
import { useLive, useRole } from "../../live/live-context.ts";
import { sideOf } from "../../live/side.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { dayIn } from "../../ui/zone-time.ts";
import { useVersions } from "./use-versions.ts";

/** What the pages about versions have in common. */
export interface VersionsProps {
  readonly agreementId: string;
  readonly name: string;
  /** Newest first, at least one. */
  readonly versions: readonly VersionView[];
  readonly nowMs: number;
  /** In the agreement's zone. */
  readonly today: string;
  /** The side for which the reader may act, or `null` for one who may only look. */
  readonly mine: Party | null;
  readonly again: () => void;
}

/** Reads the versions of the agreement that the address names, and says so while they are not there. */
export function VersionsOf({ children }: { readonly children: (props: VersionsProps) => React.ReactNode }): React.ReactNode {
  const { agreementId = "" } = useParams();
  const card = useLive().cards.find(({ id }) => id === agreementId);
  const { versions, error, again } = useVersions(agreementId);
  const nowMs = useNowMinute();
  const { party, mayAct } = sideOf(useRole(agreementId));
  if (versions === null && error !== null) return <Unread message={error.message} remedy={error.remedy} again={again} />;
  if (versions === null || card === undefined) return <Loading what="the versions of the agreement" />;
  const zone = versions[0]?.agreement.timeZone;
  if (zone === undefined) return <Unread message="The agreement has no version." remedy="Tell the administrator." again={again} />;
  const props = { agreementId, name: card.name, versions, nowMs, today: dayIn(zone, nowMs), mine: mayAct ? party : null, again };
  return (
    <>
      {error !== null && (
        <p className="small quiet" role="status">
          Could not be refreshed: {error.message} What is shown is the last known state.{" "}
          <button className="btn link" type="button" onClick={again}>
            Try now
          </button>
        </p>
      )}
      {children(props)}
    </>
  );
}

function Unread({
  message,
  remedy,
  again,
}: {
  readonly message: string;
  readonly remedy: string;
  readonly again: () => void;
}): React.JSX.Element {
  return (
    <>
      <h1>The versions could not be read</h1>
      <Failed message={message} remedy={remedy} onRetry={again} />
    </>
  );
}
