import { useNavigate, useSearchParams } from "react-router";
import { paths } from "../live/paths.ts";
import { useSubmit } from "../live/use-submit.ts";
import { Field, FieldError } from "../ui/field.tsx";
import { formText } from "../ui/form-text.ts";
import { EntryPage } from "./entry-page.tsx";
import { signIn } from "./session.ts";

const WELCOME = "Whether each agreed target is being met, live, the same for both sides.";
const ENDED = "Your session has ended. Sign in to go on where you were.";

/** Only an address of this very dashboard may be returned to. */
function backFrom(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/u.test(asked) ? asked : paths.home();
}

export function SignInPage(): React.JSX.Element {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { isBusy, error, onSubmit } = useSubmit(async (form) => {
    await signIn(formText(form, "email"), formText(form, "password"));
    await navigate(backFrom(query.get("back")), { replace: true });
  });
  return (
    <EntryPage title="Sign in" lede={query.has("ended") ? ENDED : WELCOME}>
      <form className="form" onSubmit={onSubmit}>
        <Field label="E-mail">{(control) => <input {...control} name="email" type="email" autoComplete="username" required />}</Field>
        <Field label="Password">
          {(control) => <input {...control} name="password" type="password" autoComplete="current-password" required />}
        </Field>
        {error !== null && <FieldError>{error}</FieldError>}
        <button className="btn main" type="submit" disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </EntryPage>
  );
}
