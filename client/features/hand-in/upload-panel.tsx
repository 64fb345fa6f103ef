import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { paths } from "../../live/paths.ts";
import { Field } from "../../ui/field.tsx";
import { DropZone } from "./drop-zone.tsx";
import { UploadList } from "./upload-list.tsx";
import { useUploads } from "./use-uploads.ts";
import "./hand-in.css";

interface UploadPanelProps {
  readonly feeds: readonly { readonly feed: FeedHealth; readonly agreementName: string }[];
  /** The receipt is shown before the stream tells of it. */
  readonly onReceipt: (receipt: Receipt) => void;
  readonly serverNowMs: () => number;
}

/** Hands in files by choosing or dropping them, with progress; the checks are the same as those of the API. */
export function UploadPanel({ feeds, onReceipt, serverNowMs }: UploadPanelProps): React.JSX.Element {
  const [feedId, setFeedId] = useState(feeds[0]?.feed.feedId ?? "");
  const navigate = useNavigate();
  const show = (receipt: Receipt) => {
    onReceipt(receipt);
    void navigate(paths.receipt(receipt.agreementId, receipt.id), { preventScrollReset: true });
  };
  const { uploads, add, retry, remove } = useUploads(serverNowMs, show);
  const agreementId = feedId.slice(0, Math.max(0, feedId.indexOf(".")));
  return (
    <section className="block" id="hand-in" aria-labelledby="hand-in-title">
      <div className="head">
        <h2 id="hand-in-title">Hand in files</h2>
        <span className="small quiet">the same checks as the API</span>
      </div>
      <div className="form">
        <Field label="Feed">
          {(control) => (
            <select {...control} value={feedId} onChange={(event) => setFeedId(event.target.value)}>
              {feeds.map(({ feed, agreementName }) => (
                <option key={feed.feedId} value={feed.feedId}>
                  {agreementName}: {feed.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DropZone takesMany label="File to hand in" onFiles={(files) => add(feedId, files)}>
          <p className="small quiet">
            Files as the feed's definition says, or a mended errors.csv, also packed with gzip or zip. A corrected file replaces the rows it
            repeats; nothing counts twice.
          </p>
        </DropZone>
        <p className="small">
          A file that no feed reads yet? <Link to={paths.newFeed(agreementId)}>Set up a new feed from it</Link>
        </p>
        <UploadList uploads={uploads} onRetry={retry} onRemove={remove} />
      </div>
    </section>
  );
}
