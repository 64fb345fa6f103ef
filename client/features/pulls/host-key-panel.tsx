import { useState } from "react";
import { PullView } from "../../../shared/protocol/pull.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { asAppError } from "../../live/use-request.ts";
import { FieldError } from "../../ui/field.tsx";

interface HostKeyPanelProps {
  readonly path: string;
  readonly pull: PullView;
  readonly onConfirmed: () => void;
}

/** The key an SFTP server has shown, for a person to compare: who confirms it unread could be fetching from anybody. */
export function HostKeyPanel({ path, pull, onConfirmed }: HostKeyPanelProps): React.JSX.Element | null {
  const operationFor = useOperation();
  const [error, setError] = useState<string | null>(null);
  const { source, schedule, offeredHostKey } = pull;
  if (source.kind !== "sftp" || offeredHostKey === null) return null;
  const confirm = async () => {
    try {
      const content = { source: { ...source, hostKey: offeredHostKey }, schedule };
      await call({ method: "PUT", path, body: { ...content, operationId: operationFor([content, pull.changedAtMs]) }, answer: PullView });
      onConfirmed();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  const isOther = source.hostKey !== null;
  return (
    <section className="form boxed host-key" aria-labelledby="host-key">
      <h2 id="host-key">{isOther ? "The server shows another key than before" : "Is this the right server?"}</h2>
      <p>
        {source.host} shows this host key:
        <br />
        <code>{offeredHostKey}</code>
      </p>
      {source.hostKey !== null && (
        <p>
          Confirmed was:
          <br />
          <code>{source.hostKey}</code>
        </p>
      )}
      <p className="small quiet">
        Ask the server's administrator for the fingerprint, not the server itself (<code>ssh-keygen -lf</code> prints it there). No user
        name and no secret was sent to it.
      </p>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className={isOther ? "btn grave" : "btn main"} type="button" onClick={() => void confirm()}>
          It is the same: confirm this key
        </button>
      </div>
    </section>
  );
}
