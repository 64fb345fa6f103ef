import { useId } from "react";
import { Mark } from "./status/mark.tsx";

interface FieldProps {
  /** Only where something else must find the control. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  /** Renders the control with the id and descriptions that tie it to its label. */
  readonly children: (control: {
    readonly id: string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": boolean | undefined;
  }) => React.ReactNode;
}

export function Field({ id: givenId, label, hint, error = null, children }: FieldProps): React.JSX.Element {
  const madeId = useId();
  const id = givenId ?? madeId;
  const described = [hint === undefined ? null : `${id}-hint`, error === null ? null : `${id}-error`]
    .filter((each) => each !== null)
    .join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": described === "" ? undefined : described, "aria-invalid": error === null ? undefined : true })}
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error !== null && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

export function FieldError({ id, children }: { readonly id?: string; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <span className="err" id={id} role="alert">
      <Mark kind="missed" />
      <span>{children}</span>
    </span>
  );
}
