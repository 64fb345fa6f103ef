import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { paths } from "../../live/paths.ts";
import { asAppError } from "../../live/use-request.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { bytesWords } from "./bytes-words.ts";
import { sendFile } from "./send-file.ts";

type Upload =
  | { readonly state: "idle" }
  | { readonly state: "sending"; readonly file: File; readonly sent: number; readonly total: number; readonly stop: () => void }
  | { readonly state: "done"; readonly file: File; readonly receipt: Receipt; readonly isKnown: boolean }
  | { readonly state: "failed"; readonly file: File; readonly message: string };

interface UploadPanelProps {
  readonly feeds: readonly { readonly feed: FeedHealth; readonly agreementName: string }[];
  /** The receipt is shown before the stream tells of it. */
  readonly onReceipt: (receipt: Receipt) => void;
  readonly serverNowMs: () => number;
}

/** Hands in a file by choosing or dropping it, with progress; the checks are the same as those of the API. */
export function UploadPanel({ feeds, onReceipt, serverNowMs }: UploadPanelProps): React.JSX.Element {
  const [upload, setUpload] = useState<Upload>({ state: "idle" });
  const [feedId, setFeedId] = useState(feeds[0]?.feed.feedId ?? "");
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
        <Outcome upload={upload} onRetry={(file) => void send(file)} />
      </div>
    </section>
  );
}

function DropZone({ isBusy, onFile }: { readonly isBusy: boolean; readonly onFile: (file: File) => void }): React.JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined && !isBusy) onFile(file);
  };
  return (
    <div
      className={isOver ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        ref={input}
        className="sr"
        type="file"
        tabIndex={-1}
        aria-label="File to hand in"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <p>
        Drop a file here, or{" "}
        <button className="btn" type="button" disabled={isBusy} onClick={() => input.current?.click()}>
          Choose a file
        </button>
      </p>
      <p className="small quiet">CSV as the feed's definition says. A corrected file replaces the rows it repeats; nothing counts twice.</p>
    </div>
  );
}

function Outcome({ upload, onRetry }: { readonly upload: Upload; readonly onRetry: (file: File) => void }): React.JSX.Element | null {
  switch (upload.state) {
    case "idle":
      return null;
    case "sending":
      return (
        <div className="sending">
          <p>
            <b>{upload.file.name}</b>{" "}
            <span className="quiet">
              {bytesWords(upload.sent)} of {bytesWords(upload.total)} sent
            </span>
          </p>
          <progress value={upload.sent} max={Math.max(1, upload.total)} aria-label={`Sending ${upload.file.name}`} />
          <button className="btn" type="button" onClick={upload.stop}>
            Stop
          </button>
        </div>
      );
    case "done":
      return (
        <p className="small" role="status">
          <b>{upload.file.name}</b> is{" "}
          {upload.isKnown
            ? `identical to receipt ${upload.receipt.number}, which Accord already has. Nothing counts twice.`
            : `accepted as receipt ${upload.receipt.number}.`}
        </p>
      );
    case "failed":
      return (
        <div className="stackv">
          <FieldError>
            {upload.file.name}: {upload.message}
          </FieldError>
          <button className="btn" type="button" onClick={() => onRetry(upload.file)}>
            Send again
          </button>
        </div>
      );
  }
}
