import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { FeedHealth } from "../../../shared/protocol/live.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { call } from "../../live/api.ts";
import { downloadText } from "../../live/download-text.ts";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { FieldError } from "../../ui/field.tsx";
import { Status } from "../../ui/status/status.tsx";
import { UploadList } from "./upload-list.tsx";
import { useUploads } from "./use-uploads.ts";
import type { Wizard } from "./use-wizard.ts";

interface HandInStepProps {
  readonly wizard: Wizard;
  readonly agreementId: string;
}

/** Saves the definition as a feed and, if wished, hands in the file. */
export function HandInStep({ wizard, agreementId }: HandInStepProps): React.JSX.Element | null {
  const { store } = useLive();
  const navigate = useNavigate();
  const show = ({ id }: Receipt) => void navigate(paths.receipt(agreementId, id));
  const { uploads, isBusy: isSending, add, retry, remove } = useUploads(store.serverNowMs, show);
  // Once it is saved its id is taken, and the draft would give it another.
  const [saved, setSaved] = useState<{ readonly feed: FeedHealth; readonly text: string } | null>(null);
  const { outcome, file } = wizard;
  const save = async (data: FormData) => {
    if (!("text" in outcome)) return;
    const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/feeds`;
    const feed = await call({ method: "POST", path, body: { definition: outcome.text }, answer: FeedHealth });
    setSaved({ feed, text: outcome.text });
    if (data.get("hand-in") === "yes" && file !== null) add({ kind: "feed", id: feed.feedId }, [file]);
  };
  const { isBusy, error, onSubmit } = useSubmit(save);
  if (saved === null && !("text" in outcome)) return null;
  const text = saved?.text ?? ("text" in outcome ? outcome.text : "");
  const id = saved?.feed.feed ?? ("definition" in outcome ? outcome.definition.id : "");
  return (
    <section className="block" aria-label="Hand in">
      <p className="lede">
        The feed <b>{wizard.name}</b> (<code>{id}</code>) takes files as soon as it is saved. No target reads it before a version of the
        agreement names it, and its definition never changes: a different one is a feed of its own.
      </p>
      <details className="definition">
        <summary>The definition</summary>
        <pre className="code-block" role="region" tabIndex={0} aria-label="Definition as YAML">
          {text}
        </pre>
      </details>
      {saved === null ? (
        <form className="form" onSubmit={onSubmit}>
          <label className="check">
            <input type="checkbox" name="hand-in" value="yes" defaultChecked /> Hand in {file?.name ?? "the file"} as well
          </label>
          {error !== null && <FieldError>{error}</FieldError>}
          <div className="row end-row">
            <button className="btn" type="button" onClick={() => downloadText(`${id}-feed.yaml`, text)}>
              Download the definition
            </button>
            <span className="row">
              <button className="btn" type="button" onClick={() => wizard.go("check")}>
                Back
              </button>
              <button className="btn main" type="submit" disabled={isBusy}>
                Save the feed
              </button>
            </span>
          </div>
        </form>
      ) : (
        <>
          <p role="status">
            <Status kind="met">{saved.feed.name} is saved</Status>
          </p>
          <UploadList uploads={uploads} onRetry={retry} onRemove={remove} />
          {!isSending && (
            <p className="row">
              <Link className="btn" to={paths.feeds()}>
                To the feeds
              </Link>
              <button className="btn" type="button" onClick={() => downloadText(`${id}-feed.yaml`, text)}>
                Download the definition
              </button>
            </p>
          )}
        </>
      )}
    </section>
  );
}
