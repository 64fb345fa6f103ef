import { useMemo, useState } from "react";
import { useParams } from "react-router";
import { z } from "zod";
import { FeedGroupView } from "../../../shared/protocol/archive-routes.ts";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useAgreements, useLive } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { FeedTable } from "./feed-table.tsx";
import { feedsFinding, rowsToMend } from "./feed-words.ts";
import { GroupsPanel } from "./groups-panel.tsx";
import { KeysPanel } from "./keys-panel.tsx";
import { ReceiptList } from "./receipt-list.tsx";
import { ReceiptPanel } from "./receipt-panel.tsx";
import "./feeds.css";

/** Where files are handed in: given by the app, because it is a feature of its own. */
export type HandInPanel = React.ComponentType<{
  readonly feeds: readonly { readonly feed: FeedHealth; readonly agreementName: string }[];
  readonly groups: readonly FeedGroupView[];
  readonly onReceipt: (receipt: Receipt) => void;
  readonly serverNowMs: () => number;
}>;

/** What providers hand in: the feeds and their health, a file to hand in, its receipt with every problem, the keys. */
export function FeedsPage({ panel }: { readonly panel: HandInPanel }): React.JSX.Element {
  const { cards } = useLive();
  const states = useAgreements();
  if (cards.length === 0) return <Empty>You are not part of an agreement yet. Ask your administrator to add you to one.</Empty>;
  if (states.length === 0) return <Loading what="the feeds" />;
  return <Feeds states={states} panel={panel} />;
}

async function readGroups(): Promise<FeedGroupView[]> {
  return await call({ path: "/api/v1/feed-groups", answer: z.array(FeedGroupView) });
}

function newestFirst(states: readonly AgreementState[]): readonly Receipt[] {
  return states.flatMap((state) => [...state.receipts.values()]).toSorted((a, b) => b.acceptedAtMs - a.acceptedAtMs || b.number - a.number);
}

function Feeds({ states, panel }: { readonly states: readonly AgreementState[]; readonly panel: HandInPanel }): React.JSX.Element {
  const { cards, person } = useLive();
  const groups = useRequest(readGroups);
  const nowMs = useNowMinute();
  const receipts = useMemo(() => newestFirst(states), [states]);
  const feeds = useMemo(() => states.flatMap((state) => [...state.feeds.values()].map((feed) => ({ feed, state }))), [states]);
  const mine = new Set(cards.filter((card) => card.role === "provider" || card.role === "administrator").map((card) => card.id));
  const late = feeds.filter(({ feed }) => feed.state === "silent" || feed.state === "late").length;
  const never = feeds.filter(({ feed }) => feed.state === "never").length;
  const toMend = feeds.reduce((sum, { feed }) => sum + rowsToMend(feed, receipts), 0);
  return (
    <>
      <title>Feeds · Accord</title>
      <div className="head">
        <h1>{feedsFinding(late, toMend, never)}</h1>
        {mine.size > 0 && (
          <a className="btn main" href="#hand-in">
            Hand in a file
          </a>
        )}
      </div>
      {states.map((state) => (
        <FeedTable key={state.agreement.id} state={state} receipts={receipts} nowMs={nowMs} />
      ))}
      <HandIn
        states={states}
        feeds={feeds}
        mine={mine}
        groups={groups.request.state === "ready" ? groups.request.data.filter(({ mayHandIn }) => mayHandIn) : []}
        receipts={receipts}
        nowMs={nowMs}
        panel={panel}
      />
      <GroupsPanel states={states} {...groups} isAdministrator={person.administrator} />
      {states
        .filter((state) => mine.has(state.agreement.id))
        .map((state) => (
          <KeysPanel key={state.agreement.id} state={state} nowMs={nowMs} />
        ))}
    </>
  );
}

interface HandInProps {
  readonly states: readonly AgreementState[];
  readonly feeds: readonly { readonly feed: FeedHealth; readonly state: AgreementState }[];
  /** Agreements in which this person may hand in files. */
  readonly mine: ReadonlySet<string>;
  readonly groups: readonly FeedGroupView[];
  readonly receipts: readonly Receipt[];
  readonly nowMs: number;
  readonly panel: HandInPanel;
}

/** A file on its way in beside the receipt it becomes. */
function HandIn({ states, feeds, mine, groups, receipts, nowMs, panel: Panel }: HandInProps): React.JSX.Element {
  const { store } = useLive();
  const { receiptId } = useParams();
  const [handedIn, setHandedIn] = useState<Receipt | null>(null);
  const fresh = handedIn !== null && handedIn.id === receiptId ? handedIn : undefined;
  // Live feeds hand in every few seconds: without a choice the first one shown stays.
  const [pinnedId, setPinnedId] = useState<string | null>(null);
  const first = firstOf(receipts);
  if (pinnedId === null && first !== undefined) setPinnedId(first.id);
  const shown = receipts.find((receipt) => receipt.id === (receiptId ?? pinnedId)) ?? fresh;
  const feedNames = new Map(feeds.map(({ feed }) => [feed.feedId, feed.name]));
  const zones = new Map(states.map((state) => [state.agreement.id, state.agreement.timeZone]));
  const own = feeds.flatMap(({ feed, state }) => (mine.has(state.agreement.id) ? [{ feed, agreementName: state.agreement.name }] : []));
  const names =
    shown === undefined ? null : { feedName: feedNames.get(shown.feedId) ?? shown.feedId, timeZone: zones.get(shown.agreementId) ?? "UTC" };
  return (
    <div className="pair">
      <div>
        {own.length > 0 ? <Panel feeds={own} groups={groups} onReceipt={setHandedIn} serverNowMs={store.serverNowMs} /> : <NoHandIn />}
        <ReceiptList receipts={receipts} currentId={shown?.id ?? null} feedNames={feedNames} zones={zones} nowMs={nowMs} />
      </div>
      {shown !== undefined && names !== null && <ReceiptPanel receipt={shown} {...names} nowMs={nowMs} />}
    </div>
  );
}

function NoHandIn(): React.JSX.Element {
  return (
    <section className="block" aria-labelledby="no-hand-in">
      <div className="head">
        <h2 id="no-hand-in">Hand in a file</h2>
      </div>
      <NotPermitted>Files come from the provider. You see every receipt as soon as it is accepted.</NotPermitted>
    </section>
  );
}

/** Without a choice: the latest receipt that needs mending, else the latest. */
function firstOf(receipts: readonly Receipt[]): Receipt | undefined {
  return receipts.find((receipt) => receipt.counts.rejected > 0 || receipt.state === "rejected") ?? receipts[0];
}
