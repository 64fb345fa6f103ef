import { useCallback, useState } from "react";
import { z } from "zod";
import { KeyView, NewKeyView } from "../../../shared/protocol/routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { KeyList } from "./key-list.tsx";
import { NewKeyForm } from "./new-key-form.tsx";

type FreshKey = z.infer<typeof NewKeyView>;

/** The machine keys of one agreement's feeds: made here, shown once, revoked here. */
export function KeysPanel({ state, nowMs }: { readonly state: AgreementState; readonly nowMs: number }): React.JSX.Element {
  const { agreement } = state;
  const path = `/api/v1/agreements/${encodeURIComponent(agreement.id)}/keys`;
  const read = useCallback(() => call({ path, answer: z.array(KeyView) }), [path]);
  const { request, again } = useRequest(read);
  const feedNames = new Map([...state.feeds.values()].map((feed) => [feed.feedId, feed.name]));
  const [fresh, setFresh] = useState<FreshKey | null>(null);
  return (
    <section className="block" aria-labelledby={`keys-${agreement.id}`}>
      <div className="head">
        <h2 id={`keys-${agreement.id}`}>
          API keys <small className="quiet">{agreement.name}</small>
        </h2>
        <span className="small quiet">for machines that hand in files</span>
      </div>
      <div className="pair">
        <div>
          {request.state === "loading" && <Loading what="the keys" />}
          {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
          {request.state === "ready" && (
            <KeyList feedNames={feedNames} keys={request.data} path={path} zone={agreement.timeZone} nowMs={nowMs} onRevoked={again} />
          )}
        </div>
        <div>
          {fresh !== null && <FreshSecret fresh={fresh} />}
          <details className="new-key">
            <summary>Make a new key</summary>
            <NewKeyForm
              state={state}
              path={path}
              onMade={(made) => {
                setFresh(made);
                again();
              }}
            />
          </details>
        </div>
      </div>
    </section>
  );
}

function FreshSecret({ fresh }: { readonly fresh: FreshKey }): React.JSX.Element {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(fresh.secret);
    setCopied(true);
  };
  return (
    <div className="form boxed fresh" role="status">
      <p>
        <b>Key {fresh.name} is made.</b> It is shown only this once; keep it where your machine finds it.
      </p>
      <p>
        <code>{fresh.secret}</code>
      </p>
      <div className="row">
        <button className="btn" type="button" onClick={() => void copy().catch(() => setCopied(false))}>
          {isCopied ? "Copied" : "Copy"}
        </button>
      </div>
    </div>
  );
}
