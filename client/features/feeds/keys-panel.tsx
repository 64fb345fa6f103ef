import { useCallback, useState } from "react";
import { z } from "zod";
import { KeyView, NewKeyView } from "../../../shared/protocol/routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { asAppError, useRequest } from "../../live/use-request.ts";
import { FieldError } from "../../ui/field.tsx";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { stampIn } from "../../ui/zone-time.ts";
import { NewKeyForm } from "./new-key-form.tsx";

type Key = z.infer<typeof KeyView>;
type FreshKey = z.infer<typeof NewKeyView>;

/** The machine keys of one agreement's feeds: made here, shown once, revoked here. */
export function KeysPanel({ state, nowMs }: { readonly state: AgreementState; readonly nowMs: number }): React.JSX.Element {
  const { agreement } = state;
  const path = `/api/v1/agreements/${encodeURIComponent(agreement.id)}/keys`;
  const read = useCallback(() => call({ path, answer: z.array(KeyView) }), [path]);
  const { request, again } = useRequest(read);
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
            <KeyTable keys={request.data} path={path} zone={agreement.timeZone} nowMs={nowMs} onRevoked={again} />
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

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly path: string;
  readonly zone: string;
  readonly nowMs: number;
  readonly onRevoked: () => void;
}

function KeyTable({ keys, path, zone, nowMs, onRevoked }: KeyTableProps): React.JSX.Element {
  const [asked, setAsked] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  if (keys.length === 0) return <Empty>No key yet. Make one to hand in files by a machine.</Empty>;
  const revoke = async (key: Key) => {
    try {
      await call({ method: "DELETE", path: `${path}/${encodeURIComponent(key.id)}`, answer: z.unknown() });
      setError(null);
      onRevoked();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
    setAsked(null);
  };
  return (
    <>
      {error !== null && <FieldError>{error}</FieldError>}
      <ul className="keys-list">
        {keys.map((key) => (
          <li key={key.id}>
            <div>
              <b>{key.name}</b> <span className="quiet">{key.feeds.join(", ")}</span>
              <p className="small quiet">
                made {stampIn(zone, key.createdAtMs, nowMs)},{" "}
                {key.lastUsedAtMs === null ? "never used" : `last used ${stampIn(zone, key.lastUsedAtMs, nowMs)}`}
              </p>
            </div>
            {asked === key.id ? (
              <div className="row">
                <button className="btn grave" type="button" onClick={() => void revoke(key)}>
                  Revoke for good
                </button>
                <button className="btn" type="button" onClick={() => setAsked(null)}>
                  Keep
                </button>
              </div>
            ) : (
              <button className="btn" type="button" onClick={() => setAsked(key.id)} aria-label={`Revoke ${key.name}`}>
                Revoke
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
