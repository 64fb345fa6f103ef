import { useCallback, useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import { PullView } from "../../../shared/protocol/pull.ts";
import { call } from "../../live/api.ts";
import { useAgreement, useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { HostKeyPanel } from "./host-key-panel.tsx";
import { PullFacts } from "./pull-facts.tsx";
import { PullForm } from "./pull-form.tsx";
import { PullRuns } from "./pull-runs.tsx";
import { pullFinding } from "./pull-words.ts";
import "./pulls.css";

/** How one feed is fetched by Accord, for the provider whose server it is. */
export function PullPage(): React.JSX.Element {
  const { agreementId = "", feed = "" } = useParams();
  const role = useRole(agreementId);
  const state = useAgreement(agreementId);
  if (role === null) return <Empty>There is no such agreement, or you are not part of it.</Empty>;
  if (role !== "provider" && role !== "administrator")
    return <NotPermitted>Where a feed is fetched is the provider's to say. You see every receipt as soon as it is accepted.</NotPermitted>;
  if (state === null) return <Loading what="the feed" />;
  const known = [...state.feeds.values()].find((each) => each.feed === feed);
  if (known === undefined) return <Empty>{state.agreement.name} has no feed of that name.</Empty>;
  return <Pull feedId={known.feedId} name={known.name} agreementId={agreementId} zone={state.agreement.timeZone} />;
}

interface PullProps {
  readonly feedId: string;
  readonly name: string;
  readonly agreementId: string;
  readonly zone: string;
}

/** How often the page looks: while an attempt may be under way, and otherwise. */
const SOON_MS = 1500;
const LATER_MS = 15_000;

/** Looks again and again; the function it returns looks at once, and often until one more attempt has ended. */
function useLook(again: () => void, pull: PullView | null): () => void {
  const latest = pull?.runs[0]?.startedAtMs ?? 0;
  const [passed, setPassed] = useState(-1);
  const isSoon = pull !== null && (pull.runningSinceMs !== null || pull.state === "new" || latest === passed);
  useEffect(() => {
    const timer = setInterval(again, isSoon ? SOON_MS : LATER_MS);
    return () => clearInterval(timer);
  }, [again, isSoon]);
  return () => {
    setPassed(latest);
    again();
  };
}

function Pull({ feedId, name, agreementId, zone }: PullProps): React.JSX.Element {
  const path = `/api/v1/feeds/${encodeURIComponent(feedId)}/pull`;
  const read = useCallback(() => call({ path, answer: PullView.nullable() }), [path]);
  const { request, again } = useRequest(read);
  const nowMs = useNowMinute();
  const pull = request.state === "ready" ? request.data : null;
  const lookOften = useLook(again, pull);
  if (request.state === "loading") return <Loading what="how it is fetched" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  return (
    <>
      <title>{`Fetching ${name} · Accord`}</title>
      <p className="small">
        <Link to={paths.feeds()}>Feeds</Link>
      </p>
      <div className="head">
        <h1>{pullFinding(name, pull)}</h1>
      </div>
      <div className="pair pull">
        <div>
          {pull === null ? (
            <p className="mid">
              Accord can fetch this feed from your server by itself: by SFTP, from a web address or from an S3-compatible store. What comes
              goes the same road as an upload and gets a receipt.
            </p>
          ) : (
            <>
              <HostKeyPanel path={path} pull={pull} onConfirmed={again} />
              <PullFacts path={path} pull={pull} zone={zone} nowMs={nowMs} onChange={lookOften} />
              <PullRuns runs={pull.runs} agreementId={agreementId} zone={zone} nowMs={nowMs} />
            </>
          )}
        </div>
        <PullForm key={pull?.changedAtMs ?? 0} path={path} known={pull} zone={zone} onSaved={lookOften} />
      </div>
    </>
  );
}
