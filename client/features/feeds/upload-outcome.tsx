import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { FieldError } from "../../ui/field.tsx";
import { bytesWords } from "./bytes-words.ts";

export type Upload =
  | { readonly state: "idle" }
  | { readonly state: "sending"; readonly file: File; readonly sent: number; readonly total: number; readonly stop: () => void }
  | { readonly state: "done"; readonly file: File; readonly receipt: Receipt; readonly isKnown: boolean }
  | { readonly state: "failed"; readonly file: File; readonly message: string };

/** What became of the last file. */
export function UploadOutcome({
  upload,
  onRetry,
}: {
  readonly upload: Upload;
  readonly onRetry: (file: File) => void;
}): React.JSX.Element | null {
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
