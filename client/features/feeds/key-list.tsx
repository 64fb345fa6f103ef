import { useState } from "react";
import { z } from "zod";
import type { KeyView } from "../../../shared/protocol/routes.ts";
import { call } from "../../live/api.ts";
import { asAppError } from "../../live/use-request.ts";
import { FieldError } from "../../ui/field.tsx";
import { Empty } from "../../ui/panel-state.tsx";
import { stampIn } from "../../ui/zone-time.ts";

type Key = z.infer<typeof KeyView>;

interface KeyListProps {
  readonly keys: readonly Key[];
  readonly path: string;
  /** Names of the feeds by their id. */
  readonly feedNames: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly nowMs: number;
  readonly onRevoked: () => void;
}

/** The keys of an agreement; revoking asks once more, since a machine somewhere stops at that moment. */
export function KeyList({ keys, path, feedNames, zone, nowMs, onRevoked }: KeyListProps): React.JSX.Element {
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
  };
  return (
    <>
      {error !== null && <FieldError>{error}</FieldError>}
      <ul className="keys-list">
        {keys.map((key) => (
          <li key={key.id}>
            <div>
              <b>{key.name}</b> <span className="quiet">{key.feeds.map((feed) => feedNames.get(feed) ?? feed).join(", ")}</span>
              <p className="small quiet">
                made {stampIn(zone, key.createdAtMs, nowMs)},{" "}
                {key.lastUsedAtMs === null ? "never used" : `last used ${stampIn(zone, key.lastUsedAtMs, nowMs)}`}
              </p>
            </div>
            <RevokeButton name={key.name} onRevoke={() => void revoke(key)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function RevokeButton({ name, onRevoke }: { readonly name: string; readonly onRevoke: () => void }): React.JSX.Element {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button className="btn" type="button" onClick={() => setAsked(true)} aria-label={`Revoke ${name}`}>
        Revoke
      </button>
    );
  }
  return (
    <div className="row">
      <button className="btn grave" type="button" onClick={onRevoke}>
        Revoke for good
      </button>
      <button className="btn" type="button" onClick={() => setAsked(false)}>
        Keep
      </button>
    </div>
  );
}
