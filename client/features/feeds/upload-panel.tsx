import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { paths } from "../../live/paths.ts";
import { asAppError } from "../../live/use-request.ts";
import { Field } from "../../ui/field.tsx";
import { DropZone } from "./drop-zone.tsx";
import { sendFile } from "./send-file.ts";
import { type Upload, UploadOutcome } from "./upload-outcome.tsx";

interface UploadPanelProps {
  readonly feeds: readonly { readonly feed: FeedHealth; readonly agreementName: string }[];
  /** The receipt is shown before the stream tells of it. */
  readonly onReceipt: (receipt: Receipt) => void;
  readonly serverNowMs: () => number;
}

/** Sends files to a feed; the same file to the same feed keeps its key, so that a lost answer never counts twice. */
function useUpload(
  feedId: string,
  { onReceipt, serverNowMs }: UploadPanelProps,
): { readonly upload: Upload; readonly send: (file: File) => Promise<void> } {
  const [upload, setUpload] = useState<Upload>({ state: "idle" });
  const attempt = useRef<{ file: File | null; feedId: string; key: string }>({ file: null, feedId: "", key: "" });
  const navigate = useNavigate();
  const send = async (file: File) => {
    if (attempt.current.file !== file || attempt.current.feedId !== feedId) attempt.current = { file, feedId, key: crypto.randomUUID() };
    const stopper = new AbortController();
    const startedAtMs = serverNowMs();
    const progress = (sent: number, total: number) => setUpload({ state: "sending", file, sent, total, stop: () => stopper.abort() });
    progress(0, file.size);
    try {
      const receipt = await sendFile({ feedId, file, idempotencyKey: attempt.current.key, onProgress: progress, signal: stopper.signal });
      // A receipt from before this upload means that Accord already had exactly these bytes.
      setUpload({ state: "done", file, receipt, isKnown: receipt.acceptedAtMs < startedAtMs - 60_000 });
      onReceipt(receipt);
      await navigate(paths.receipt(receipt.agreementId, receipt.id), { preventScrollReset: true });
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setUpload({ state: "failed", file, message: `${message} ${remedy}` });
    }
  };
  return { upload, send };
}

/** Hands in a file by choosing or dropping it, with progress; the checks are the same as those of the API. */
export function UploadPanel(props: UploadPanelProps): React.JSX.Element {
  const { feeds } = props;
  const [feedId, setFeedId] = useState(feeds[0]?.feed.feedId ?? "");
  const { upload, send } = useUpload(feedId, props);
  return (
    <section className="block" id="hand-in" aria-labelledby="hand-in-title">
      <div className="head">
        <h2 id="hand-in-title">Hand in a file</h2>
        <span className="small quiet">the same checks as the API</span>
      </div>
      <div className="form">
        <Field label="Feed">
          {(control) => (
            <select {...control} value={feedId} onChange={(event) => setFeedId(event.target.value)} disabled={upload.state === "sending"}>
              {feeds.map(({ feed, agreementName }) => (
                <option key={feed.feedId} value={feed.feedId}>
                  {agreementName}: {feed.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DropZone isBusy={upload.state === "sending"} onFile={(file) => void send(file)} />
        <UploadOutcome upload={upload} onRetry={(file) => void send(file)} />
      </div>
    </section>
  );
}
