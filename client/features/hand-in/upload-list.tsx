import { Link } from "react-router";
import { paths } from "../../live/paths.ts";
import { bytesWords } from "../../ui/bytes-words.ts";
import { FieldError } from "../../ui/field.tsx";
import { GroupOutcome } from "./group-outcome.tsx";
import { ReceiptOutcome } from "./receipt-outcome.tsx";
import type { Upload } from "./upload.ts";

interface UploadListProps {
  readonly uploads: readonly Upload[];
  readonly onRetry: (upload: Upload) => void;
  readonly onRemove: (key: string) => void;
}

/** What became of the files that were given, newest first. */
export function UploadList({ uploads, onRetry, onRemove }: UploadListProps): React.JSX.Element | null {
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label="Files of this visit">
      {uploads.map((upload) => (
        <li key={upload.key}>
          <UploadItem upload={upload} onRetry={() => onRetry(upload)} onRemove={() => onRemove(upload.key)} />
        </li>
      ))}
    </ul>
  );
}

interface UploadItemProps {
  readonly upload: Upload;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
}

function UploadItem({ upload: { file, progress }, onRetry, onRemove }: UploadItemProps): React.JSX.Element {
  switch (progress.state) {
    case "waiting":
      return (
        <p className="row small">
          <b>{file.name}</b> <span className="quiet">waiting for the file before it</span>
          <button className="btn link" type="button" onClick={onRemove}>
            Remove<span className="sr"> {file.name}</span>
          </button>
        </p>
      );
    case "sending":
      return <Sending name={file.name} {...progress} />;
    case "done":
      return (
        <p className="small" role="status">
          <b>{file.name}</b> is{" "}
          {progress.isKnown
            ? `identical to receipt ${progress.receipt.number}, which Accord already has. Nothing counts twice. `
            : `accepted as receipt ${progress.receipt.number}. `}
          <ReceiptOutcome first={progress.receipt} />{" "}
          <Link to={paths.receipt(progress.receipt.agreementId, progress.receipt.id)} preventScrollReset>
            What came of it
          </Link>
        </p>
      );
    case "shared":
      return <GroupOutcome name={file.name} outcome={progress.outcome} onRetry={onRetry} />;
    case "failed":
      return (
        <div className="stackv">
          <FieldError>
            {file.name}: {progress.message}
          </FieldError>
          <p className="row">
            <button className="btn" type="button" onClick={onRetry}>
              Send again
            </button>
            <button className="btn bare" type="button" onClick={onRemove}>
              Remove
            </button>
          </p>
        </div>
      );
  }
}

interface SendingProps {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
  readonly stop: () => void;
}

function Sending({ name, sent, total, stop }: SendingProps): React.JSX.Element {
  return (
    <div className="sending">
      <p>
        <b>{name}</b>{" "}
        <span className="quiet">
          {bytesWords(sent)} of {bytesWords(total)} sent
        </span>
      </p>
      <progress value={sent} max={Math.max(1, total)} aria-label={`Sending ${name}`} />
      <button className="btn" type="button" onClick={stop}>
        Stop
      </button>
    </div>
  );
}
