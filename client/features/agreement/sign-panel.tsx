import { useState } from "react";
import { otherParty, type Party } from "../../../shared/settlement/party.ts";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { NotPermitted } from "../../ui/panel-state.tsx";
import { dateWords } from "./clause-words.ts";
import { endVersion, signVersion } from "./version-calls.ts";
import { consequenceWords, daysBack, partyName, unsignedBy } from "./version-words.ts";
import type { VersionsProps } from "./versions-of.tsx";

interface SignPanelProps extends VersionsProps {
  readonly version: VersionView;
  readonly before: VersionView | null;
}

/** Signing a proposed version, or ending it: withdrawn by the side that proposed it, declined by the other. */
export function SignPanel(props: SignPanelProps): React.JSX.Element {
  const { version, mine } = props;
  return (
    <section className="block" aria-labelledby="sign">
      <div className="head">
        <h2 id="sign">{headingOf(version, mine)}</h2>
      </div>
      {mine === null ? (
        <NotPermitted>You may read everything here. Signing binds a company: a client manager or the provider does it.</NotPermitted>
      ) : (
        <div className="pair">
          {unsignedBy(version).includes(mine) ? <SignForm {...props} mine={mine} /> : <HasSigned version={version} mine={mine} />}
          <EndForm {...props} mine={mine} />
        </div>
      )}
    </section>
  );
}

function headingOf(version: VersionView, mine: Party | null): string {
  if (mine === null) return "Your role does not sign";
  if (!unsignedBy(version).includes(mine)) return `${partyName(version, mine)} has signed`;
  const isSecond = version.signatures.some(({ by }) => by.party === otherParty(mine));
  return isSecond ? "Your signature is the second and last" : "Sign it, and the other side is next";
}

function HasSigned({ version, mine }: { readonly version: VersionView; readonly mine: Party }): React.JSX.Element {
  return (
    <p className="mid">
      Nothing is left to do for {partyName(version, mine)}. {partyName(version, otherParty(mine))} signs or declines; you are told here.
    </p>
  );
}

type Acting = SignPanelProps & { readonly mine: Party };

/** What a signature covers, to the letter, and the box that must be ticked first. */
function SignForm({ agreementId, version, before, today, mine, again }: Acting): React.JSX.Element {
  const { isBusy, error, onSubmit } = useSubmit(async () => {
    await signVersion(agreementId, version);
    again();
  });
  const [hasRead, setRead] = useState(false);
  const back = daysBack(version, today);
  const name = partyName(version, mine);
  return (
    <form className="form boxed" aria-label={`Sign version ${version.version}`} onSubmit={onSubmit}>
      <dl className="covers">
        <dt>You sign for</dt>
        <dd>{name}</dd>
        <dt>The text with the SHA-256</dt>
        <dd>
          <code>{version.sha256}</code>
        </dd>
        <dt>Applies from</dt>
        <dd>
          <b>{dateWords(version.agreement.effectiveFrom)}</b>
          {back > 0 && <b>, which is {back === 1 ? "yesterday" : `${back} days ago`}</b>}
        </dd>
        <dt>What follows</dt>
        <dd>{consequenceWords(version, before, today)}</dd>
      </dl>
      <label className="check">
        <input type="checkbox" checked={hasRead} onChange={(event) => setRead(event.target.checked)} required />
        <span>
          I have read what changes{back > 0 ? ", and that days already judged are judged again," : ""} and may bind {name}.
        </span>
      </label>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          {isBusy ? "Signing…" : `Sign version ${version.version}`}
        </button>
      </div>
    </form>
  );
}

function EndForm({ agreementId, version, mine, again }: Acting): React.JSX.Element {
  const isOwn = version.proposedBy.party === mine;
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    await endVersion(agreementId, version.version, formText(data, "note"));
    again();
  });
  const verb = isOwn ? "Withdraw" : "Decline";
  return (
    <form className="form boxed" aria-label={`${verb} version ${version.version}`} onSubmit={onSubmit}>
      <Field label={isOwn ? "Why it is withdrawn" : "Why it is declined"} hint="Both sides read it; it stays in the list of versions">
        {(control) => <textarea {...control} name="note" required maxLength={1000} />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn" type="submit" disabled={isBusy}>
          {verb} version {version.version}
        </button>
      </div>
    </form>
  );
}
