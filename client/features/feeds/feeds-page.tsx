import { useMemo, useState } from "react";
import { useParams } from "react-router";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useAgreements, useLive } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { FeedTable } from "./feed-table.tsx";
import { feedsFinding, rowsToMend } from "./feed-words.ts";
import { KeysPanel } from "./keys-panel.tsx";
import { ReceiptList } from "./receipt-list.tsx";
import { ReceiptPanel } from "./receipt-panel.tsx";
import { UploadPanel } from "./upload-panel.tsx";
import "./feeds.css";

/** What providers hand in: the feeds and their health, a file to hand in, its receipt with every problem, the keys. */
export function FeedsPage(): React.JSX.Element {
  const { cards } = useLive();
  const states = useAgreements();
  if (cards.length === 0) return <Empty>You are not part of an agreement yet. Ask your administrator to add you to one.</Empty>;
  if (states.length === 0) return <Loading what="the feeds" />;
  return <Feeds states={states} />;
}

function newestFirst(states: readonly AgreementState[]): readonly Receipt[] {
  return states.flatMap((state) => [...state.receipts.values()]).toSorted((a, b) => b.acceptedAtMs - a.acceptedAtMs || b.number - a.number);
}

function Feeds({ states }: { readonly states: readonly AgreementState[] }): React.JSX.Element {
  const { cards, store } = useLive();
  const { receiptId } = useParams();
  const nowMs = useNowMinute();
  const [handedIn, setHandedIn] = useState<Receipt | null>(null);
  const receipts = useMemo(() => newestFirst(states), [states]);
  const feeds = states.flatMap((state) =>
    [...state.feeds.values()].map((feed) => ({ feed, agreementName: state.agreement.name, agreementId: state.agreement.id })),
  );
  const mine = new Set(cards.filter((card) => card.role === "provider" || card.role === "administrator").map((card) => card.id));
  const shown =
    receipts.find((receipt) => receipt.id === receiptId) ??
    (handedIn?.id === receiptId ? handedIn : undefined) ??
    firstOf(receipts, receiptId);
  const late = feeds.filter(({ feed }) => feed.state === "silent").length;
  const toMend = feeds.reduce((sum, { feed }) => sum + rowsToMend(feed, receipts), 0);
  const feedNames = new Map(feeds.map(({ feed }) => [feed.feedId, feed.name]));
  const zones = new Map(states.map((state) => [state.agreement.id, state.agreement.timeZone]));
  const uploadable = feeds.filter(({ agreementId }) => mine.has(agreementId));
  return (
    <>
      <title>Feeds · Accord</title>
      <div className="head">
        <h1>{feedsFinding(late, toMend)}</h1>
        {uploadable.length > 0 && (
          <a className="btn main" href="#hand-in">
            Hand in a file
          </a>
        )}
      </div>
      {states.map((state) => (
        <FeedTable key={state.agreement.id} state={state} receipts={receipts} nowMs={nowMs} />
      ))}
      <div className="pair">
        <div>
          {uploadable.length > 0 ? (
            <UploadPanel feeds={uploadable} onReceipt={setHandedIn} serverNowMs={store.serverNowMs} />
          ) : (
            <section className="block" aria-labelledby="no-hand-in">
              <div className="head">
                <h2 id="no-hand-in">Hand in a file</h2>
              </div>
              <NotPermitted>Files come from the provider. You see every receipt as soon as it is accepted.</NotPermitted>
            </section>
          )}
          <ReceiptList receipts={receipts} currentId={shown?.id ?? null} feedNames={feedNames} zones={zones} nowMs={nowMs} />
        </div>
        {shown !== undefined && (
          <ReceiptPanel
            receipt={shown}
            feedName={feedNames.get(shown.feedId) ?? shown.feedId}
            timeZone={zones.get(shown.agreementId) ?? "UTC"}
            nowMs={nowMs}
          />
        )}
      </div>
      {states
        .filter((state) => mine.has(state.agreement.id))
        .map((state) => (
          <KeysPanel key={state.agreement.id} state={state} nowMs={nowMs} />
        ))}
    </>
  );
}

/** Without a choice: the latest receipt that needs mending, else the latest. */
function firstOf(receipts: readonly Receipt[], asked: string | undefined): Receipt | undefined {
  if (asked !== undefined) return undefined;
  return receipts.find((receipt) => receipt.counts.rejected > 0 || receipt.state === "rejected") ?? receipts[0];
}
