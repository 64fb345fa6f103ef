import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { FieldError } from "../../ui/field.tsx";
import { bytesWords } from "./bytes-words.ts";

export type Upload =
  | { readonly state: "idle" }
  | { readonly state: "sending"; readonly file: File; readonly sent: number; readonly total: number; readonly stop: () => void }
  | { readonly state: "done"; readonly file: File; readonly receipt: Receipt; readonly isKnown: boolean }
  | { readonly state: "failed"; readonly file: File; readonly message: string };

interface UploadOutcomeProps {
  readonly upload: Upload;
  readonly onRetry: (file: File) => void;
}

/** What became of the last file. */
export function UploadOutcome({ upload, onRetry }: UploadOutcomeProps): React.JSX.Element | null {
  switch (upload.state) {
    case "idle":
      return null;
    case "sending":
      return <Sending {...upload} />;
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

function Sending({ file, sent, total, stop }: Extract<Upload, { state: "sending" }>): React.JSX.Element {
  return (
    <div className="sending">
      <p>
        <b>{file.name}</b>{" "}
        <span className="quiet">
          {bytesWords(sent)} of {bytesWords(total)} sent
        </span>
      </p>
      <progress value={sent} max={Math.max(1, total)} aria-label={`Sending ${file.name}`} />
      <button className="btn" type="button" onClick={stop}>
        Stop
      </button>
    </div>
  );
}
