import { Link } from "react-router";
import type { FeedHealth } from "../../shared/protocol/live.ts";
import { SignatureBanner } from "../features/agreement/signature-banner.tsx";
import { RecordBanners } from "../features/record/record-banners.tsx";
import { useConnection, useLive, useLiveValue } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";
import { type AgreementParts, useAgreementParts } from "../live/use-agreement-parts.ts";
import { useNowMinute } from "../live/use-now.ts";
import { Banner } from "../ui/banner.tsx";
import { bothClocks, clockWithSecondsIn, lengthWords, spanWords, viewerZone } from "../ui/zone-time.ts";

/** What stands between the reader and live figures: the line, a pause, feeds that fell silent; and what waits for a signature. */
export function LineBanners(): React.JSX.Element {
  return (
    <>
      <ConnectionBanner />
      <PauseBanner />
      <LateFeedBanners />
      <RecordBanners />
      <SignatureBanner />
    </>
  );
}

function ConnectionBanner(): React.JSX.Element | null {
  const connection = useConnection();
  const confirmedAtMs = useLiveValue((view) => view.confirmedAtMs);
  const asOf =
    confirmedAtMs === null
      ? "No figures have arrived yet."
      : `Figures are as of ${clockWithSecondsIn(viewerZone(), confirmedAtMs)} your time.`;
  switch (connection) {
    case "live":
    case "connecting":
      return null;
    case "reconnecting":
      return (
        <Banner tone="note" label="Connection">
          <b>Reconnecting.</b> {asOf} Nothing is lost.
        </Banner>
      );
    case "offline":
      return (
        <Banner tone="note" label="Connection">
          <b>You are offline.</b> {asOf} They are not live.
        </Banner>
      );
    case "lost":
      return (
        <Banner tone="down" label="Connection">
          <b>Connection lost.</b> {asOf} They are not live; connecting again.
        </Banner>
      );
    case "store-down":
      return (
        <Banner tone="down" label="Connection">
          <b>Accord cannot reach its data.</b> {asOf} They are not live; it recovers by itself.
        </Banner>
      );
    case "unjudged":
      return (
        <Banner tone="down" label="Connection">
          <b>Nothing is judged right now.</b> {asOf} Files are taken in and kept, and judged when Accord's workers are back; nobody is told
          of alerts meanwhile.
        </Banner>
      );
  }
}

function PauseBanner(): React.JSX.Element | null {
  const { store } = useLive();
  const paused = useLiveValue((view) => view.paused);
  if (paused === null) return null;
  const { sinceMs, waiting } = paused;
  return (
    <Banner
      tone="note"
      label="Live is paused"
      action={
        <button className="btn link" type="button" onClick={() => store.setPaused(false)}>
          Resume
        </button>
      }
    >
      <b>Live is paused at {clockWithSecondsIn(viewerZone(), sinceMs)}.</b> {waiting === 1 ? "1 change waits." : `${waiting} changes wait.`}
    </Banner>
  );
}

const FED = ["agreement", "feeds"] as const;

function LateFeedBanners(): React.JSX.Element {
  const agreements = useAgreementParts(FED);
  const nowMs = useNowMinute();
  return (
    <>
      {agreements.flatMap((state) =>
        [...state.feeds.values()]
          .filter((feed) => feed.state === "silent")
          .map((feed) => <LateFeed key={feed.feedId} state={state} feed={feed} nowMs={nowMs} />),
      )}
    </>
  );
}

function LateFeed({
  state,
  feed,
  nowMs,
}: {
  readonly state: AgreementParts<(typeof FED)[number]>;
  readonly feed: FeedHealth;
  readonly nowMs: number;
}): React.JSX.Element {
  const zone = state.agreement.timeZone;
  const last = feed.lastReceiptAtMs;
  const age = last === null ? "Nothing has arrived." : `Last data ${bothClocks(zone, last, nowMs)}, ${spanWords(nowMs - last)} old`;
  const due = feed.everyMs === null ? "" : `; due every ${lengthWords(feed.everyMs)}`;
  return (
    <Banner tone="late" label="Data freshness" action={<Link to={paths.feeds()}>See the feed</Link>}>
      <b>
        {state.agreement.name}: {feed.name} is late.
      </b>{" "}
      {age}
      {last === null ? "" : `${due}.`} Targets that read it show no fresh data until it returns.
    </Banner>
  );
}
