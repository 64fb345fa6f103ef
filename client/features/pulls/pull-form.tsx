import { useState } from "react";
import { PullView } from "../../../shared/protocol/pull.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { readPullForm } from "./read-pull-form.ts";
import { ScheduleFields } from "./schedule-fields.tsx";
import { HttpFields, S3Fields, SftpFields } from "./source-fields.tsx";

interface PullFormProps {
  readonly path: string;
  readonly known: PullView | null;
  readonly zone: string;
  readonly onSaved: () => void;
}

/** Where, with what and when a feed is fetched; saving fetches once at once, which is the test. */
export function PullForm({ path, known, zone, onSaved }: PullFormProps): React.JSX.Element {
  const source = known?.source ?? null;
  const [kind, setKind] = useState(source?.kind ?? "sftp");
  const operationFor = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const content = readPullForm(data, known);
    await call({
      method: "PUT",
      path,
      body: { ...content, operationId: operationFor([content, known?.changedAtMs ?? 0]) },
      answer: PullView,
    });
    onSaved();
  });
  const hasSecret = known?.hasSecret ?? false;
  return (
    <form className="form boxed" aria-label="How it is fetched" onSubmit={onSubmit}>
      <h2>{known === null ? "Have it fetched" : "Change how it is fetched"}</h2>
      <Field label="The files lie">
        {(control) => (
          <select
            {...control}
            name="kind"
            value={kind}
            onChange={({ target: { value } }) => setKind(value === "http" || value === "s3" ? value : "sftp")}
          >
            <option value="sftp">on an SFTP server</option>
            <option value="http">at a web address (HTTPS)</option>
            <option value="s3">in an S3-compatible store</option>
          </select>
        )}
      </Field>
      {kind === "http" && <HttpFields known={source?.kind === "http" ? source : null} hasSecret={hasSecret && source?.kind === "http"} />}
      {kind === "sftp" && <SftpFields known={source?.kind === "sftp" ? source : null} hasSecret={hasSecret && source?.kind === "sftp"} />}
      {kind === "s3" && <S3Fields known={source?.kind === "s3" ? source : null} hasSecret={hasSecret && source?.kind === "s3"} />}
      <ScheduleFields known={known?.schedule ?? null} zone={zone} />
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Save and fetch once now
        </button>
      </div>
    </form>
  );
}
