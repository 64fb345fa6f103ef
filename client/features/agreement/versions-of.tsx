import { useEffect } from "react";
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
  /** Whether there are verdicts: a first version that waits for signatures has none. */
  readonly isJudged: boolean;
  readonly again: () => void;
}

/** Reads the versions of the agreement that the address names, and says so while they are not there. */
export function VersionsOf({ children }: { readonly children: (props: VersionsProps) => React.ReactNode }): React.ReactNode {
  const { agreementId = "" } = useParams();
  const { cards, reload } = useLive();
  const card = cards.find(({ id }) => id === agreementId);
  const { versions, error, again } = useVersions(agreementId);
  const nowMs = useNowMinute();
  const { party, mayAct } = sideOf(useRole(agreementId));
  const isFirstInForce = card?.inForce === false && versions?.some(({ state }) => state === "in-force") === true;
  useEffect(() => {
    // Only the list of agreements opens the stream of one that was not in force when the page came.
    if (isFirstInForce) reload();
  }, [isFirstInForce, reload]);
  if (versions === null && error !== null) return <Unread message={error.message} remedy={error.remedy} again={again} />;
  if (versions === null || card === undefined) return <Loading what="the versions of the agreement" />;
  const zone = versions[0]?.agreement.timeZone;
  if (zone === undefined) return <Unread message="The agreement has no version." remedy="Tell the administrator." again={again} />;
  const isJudged = card.inForce;
  const props = { agreementId, name: card.name, versions, nowMs, today: dayIn(zone, nowMs), mine: mayAct ? party : null, isJudged, again };
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
