import { useState } from "react";
import { z } from "zod";
import { PullView } from "../../../shared/protocol/pull.ts";
import { call } from "../../live/api.ts";
import { asAppError } from "../../live/use-request.ts";
import { AskTwice } from "../../ui/ask-twice.tsx";
import { FieldError } from "../../ui/field.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { credentialWords, filesWords, placeWords } from "./pull-words.ts";
import { scheduleWords } from "./schedule-words.ts";

interface PullFactsProps {
  readonly path: string;
  readonly pull: PullView;
  readonly zone: string;
  readonly nowMs: number;
  readonly onChange: () => void;
}

/** What is set, when it comes round, and the two things one does with it: fetch now, fetch no longer. */
export function PullFacts({ path, pull, zone, nowMs, onChange }: PullFactsProps): React.JSX.Element {
  const [error, setError] = useState<string | null>(null);
  const act = async (method: "POST" | "DELETE") => {
    try {
      if (method === "POST") await call({ method, path: `${path}/run`, answer: PullView });
      else await call({ method, path, answer: z.unknown() });
      setError(null);
      onChange();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  const clock = (ms: number | null): string => (ms === null ? "—" : bothClocks(zone, ms, nowMs));
  const files = filesWords(pull.source);
  return (
    <section className="block first" aria-label="What is set">
      <dl className="pull-facts">
        <dt>From</dt>
        <dd>{placeWords(pull.source)}</dd>
        {files !== null && <dt>Files</dt>}
        {files !== null && <dd>{files}</dd>}
        <dt>Signs in with</dt>
        <dd>{credentialWords(pull.source)}</dd>
        {pull.source.kind === "sftp" && <dt>Host key</dt>}
        {pull.source.kind === "sftp" && <dd>{pull.source.hostKey === null ? "not confirmed yet" : <code>{pull.source.hostKey}</code>}</dd>}
        <dt>When</dt>
        <dd>{scheduleWords(pull.schedule)}</dd>
        <dt>Next</dt>
        <dd>{pull.retryAtMs === null ? clock(pull.nextRunAtMs) : `${clock(pull.retryAtMs)}, because the last attempt failed`}</dd>
        <dt>Last success</dt>
        <dd>{clock(pull.lastSuccessAtMs)}</dd>
        <dt>Set by</dt>
        <dd>
          {pull.changedBy}, {clock(pull.changedAtMs)}
        </dd>
      </dl>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="button" disabled={pull.runningSinceMs !== null} onClick={() => void act("POST")}>
          Fetch now
        </button>
        <AskTwice sure="End it and forget the secret" onSure={() => void act("DELETE")}>
          Fetch no longer
        </AskTwice>
      </div>
    </section>
  );
}
