import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { FeedGroupView } from "../../../shared/protocol/archive-routes.ts";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import { agreementOf, type Receipt } from "../../../shared/protocol/receipt.ts";
import { paths } from "../../live/paths.ts";
import { Field } from "../../ui/field.tsx";
import { DropZone } from "./drop-zone.tsx";
import type { UploadTarget } from "./upload.ts";
import { UploadList } from "./upload-list.tsx";
import { useUploads } from "./use-uploads.ts";
import "./hand-in.css";

interface UploadPanelProps {
  readonly feeds: readonly { readonly feed: FeedHealth; readonly agreementName: string }[];
  /** Groups that this person may hand in for. */
  readonly groups: readonly FeedGroupView[];
  /** The receipt is shown before the stream tells of it. */
  readonly onReceipt: (receipt: Receipt) => void;
  readonly serverNowMs: () => number;
}

/** Hands in files by choosing or dropping them, with progress; the checks are the same as those of the API. */
export function UploadPanel({ feeds, groups, onReceipt, serverNowMs }: UploadPanelProps): React.JSX.Element {
  const [to, setTo] = useState<UploadTarget>({ kind: "feed", id: feeds[0]?.feed.feedId ?? "" });
  const navigate = useNavigate();
  const show = (receipt: Receipt) => {
    onReceipt(receipt);
    void navigate(paths.receipt(receipt.agreementId, receipt.id), { preventScrollReset: true });
  };
  const { uploads, add, retry, remove } = useUploads(serverNowMs, show);
  const group = to.kind === "group" ? groups.find(({ id }) => id === to.id) : undefined;
  return (
    <section className="block" id="hand-in" aria-labelledby="hand-in-title">
      <div className="head">
        <h2 id="hand-in-title">Hand in files</h2>
        <span className="small quiet">the same checks as the API</span>
      </div>
      <div className="form">
        <TargetField feeds={feeds} groups={groups} to={to} onChange={setTo} />
        <DropZone takesMany label="File to hand in" onFiles={(files) => add(to, files)}>
          <p className="small quiet">
            {group === undefined
              ? "Files as the feed's definition says, or a mended errors.csv, also packed with gzip or zip. A corrected file replaces the rows it repeats; nothing counts twice."
              : `Each agreement gets a receipt for its own rows, by the column “${group.column}”, and sees nothing of the others.`}
          </p>
        </DropZone>
        {group === undefined && (
          <p className="small">
            A file that no feed reads yet? <Link to={paths.newFeed(agreementOf(to.id))}>Set up a new feed from it</Link>
          </p>
        )}
        <UploadList uploads={uploads} onRetry={retry} onRemove={remove} />
      </div>
    </section>
  );
}

interface TargetFieldProps extends Pick<UploadPanelProps, "feeds" | "groups"> {
  readonly to: UploadTarget;
  readonly onChange: (to: UploadTarget) => void;
}

function TargetField({ feeds, groups, to, onChange }: TargetFieldProps): React.JSX.Element {
  const feedOptions = feeds.map(({ feed, agreementName }) => (
    <option key={feed.feedId} value={`feed ${feed.feedId}`}>
      {agreementName}: {feed.name}
    </option>
  ));
  const change = (value: string) =>
    onChange({ kind: value.startsWith("group ") ? "group" : "feed", id: value.slice(value.indexOf(" ") + 1) });
  return (
    <Field label={groups.length === 0 ? "Feed" : "Feed, or file of several agreements"}>
      {(control) => (
        <select {...control} value={`${to.kind} ${to.id}`} onChange={(event) => change(event.target.value)}>
          {groups.length === 0 ? (
            feedOptions
          ) : (
            <>
              <optgroup label="Feeds">{feedOptions}</optgroup>
              <optgroup label="Files of several agreements">
                {groups.map(({ id, name }) => (
                  <option key={id} value={`group ${id}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            </>
          )}
        </select>
      )}
    </Field>
  );
}
