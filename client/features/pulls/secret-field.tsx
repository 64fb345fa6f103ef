import { Field } from "../../ui/field.tsx";

interface SecretFieldProps {
  readonly label: string;
  /** One is stored and stays if this is left blank. */
  readonly isKept: boolean;
  readonly isLong?: boolean;
}

/** A secret goes in and never comes out again. */
export function SecretField({ label, isKept, isLong = false }: SecretFieldProps): React.JSX.Element {
  const hint = isKept
    ? "Stored encrypted; leave it blank to keep it, unless host or user change"
    : "Stored encrypted and never shown again";
  return (
    <Field label={label} hint={hint}>
      {(control) =>
        isLong ? (
          <textarea {...control} name="secret" rows={4} maxLength={20_000} spellCheck={false} autoComplete="off" required={!isKept} />
        ) : (
          <input {...control} name="secret" type="password" maxLength={2000} autoComplete="new-password" required={!isKept} />
        )
      }
    </Field>
  );
}

/** Which of the files that lie there. */
export function FilesFields({
  pattern,
  take,
}: {
  readonly pattern: string | undefined;
  readonly take: "newest" | "all-new" | undefined;
}): React.JSX.Element {
  return (
    <div className="pull-two">
      <Field label="Files named" hint="* stands for any characters">
        {(control) => <input {...control} name="pattern" defaultValue={pattern ?? "*.csv"} maxLength={100} required />}
      </Field>
      <Field label="Of these">
        {(control) => (
          <select {...control} name="take" defaultValue={take ?? "all-new"}>
            <option value="all-new">every new one</option>
            <option value="newest">the newest</option>
          </select>
        )}
      </Field>
    </div>
  );
}
