import { useLocation, useNavigate } from "react-router";
import { paths } from "../live/paths.ts";
import { useSubmit } from "../live/use-submit.ts";
import { Field, FieldError } from "../ui/field.tsx";
import { formText } from "../ui/form-text.ts";
import { NotPermitted } from "../ui/panel-state.tsx";
import { EntryPage } from "./entry-page.tsx";
import { setUp } from "./session.ts";

/** The one-time link of a new installation: its token stands behind the `#`, so that no server log ever sees it. */
export function SetupPage(): React.JSX.Element {
  const token = decodeURIComponent(useLocation().hash.slice(1));
  return (
    <EntryPage title="Set up Accord" lede="You become the first administrator. You can add agreements and people afterwards.">
      {token === "" ? (
        <NotPermitted>
          This page needs the one-time link that the server printed when it started for the first time. Open that link as a whole.
        </NotPermitted>
      ) : (
        <SetupForm token={token} />
      )}
    </EntryPage>
  );
}

function SetupForm({ token }: { readonly token: string }): React.JSX.Element {
  const navigate = useNavigate();
  const { isBusy, error, onSubmit } = useSubmit(async (form) => {
    const text = (name: string) => formText(form, name);
    await setUp({ token, workspace: text("workspace"), email: text("email"), name: text("name"), password: text("password") });
    await navigate(paths.home(), { replace: true });
  });
  return (
    <form className="form" onSubmit={onSubmit}>
      <Field label="Company" hint="Shown at the top of every page">
        {(control) => <input {...control} name="workspace" maxLength={80} autoComplete="organization" required />}
      </Field>
      <Field label="Your name">{(control) => <input {...control} name="name" maxLength={80} autoComplete="name" required />}</Field>
      <Field label="E-mail">
        {(control) => <input {...control} name="email" type="email" maxLength={200} autoComplete="username" required />}
      </Field>
      <Field label="Password" hint="At least 10 characters">
        {(control) => (
          <input {...control} name="password" type="password" minLength={10} maxLength={200} autoComplete="new-password" required />
        )}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <button className="btn main" type="submit" disabled={isBusy}>
        {isBusy ? "Setting up…" : "Create the administrator"}
      </button>
    </form>
  );
}
