import { Link, useSearchParams } from "react-router";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { paths } from "../../live/paths.ts";
import { ClauseView } from "./clause-view.tsx";
import { listWords } from "./clause-words.ts";
import { downloadText } from "../../live/download-text.ts";
import { openVersion, signatureWords, versionFinding, versionOn } from "./version-words.ts";
import { type VersionsProps, VersionsOf } from "./versions-of.tsx";
import { WaitingNote } from "./waiting-note.tsx";
import "./agreement.css";

/** What was promised: the version in force in plain sentences, beside its text. */
export function AgreementPage(): React.JSX.Element {
  return <VersionsOf>{(props) => <InForce {...props} />}</VersionsOf>;
}

function InForce(props: VersionsProps): React.JSX.Element {
  const { agreementId, name, versions, today, mine } = props;
  const [search, setSearch] = useSearchParams();
  const inForce = versionOn(versions, today);
  const shown = inForce ?? versions[0];
  if (shown === undefined) return <h1>There is no version</h1>;
  const open = openVersion(versions);
  return (
    <>
      <title>{`Agreement · ${name} · Accord`}</title>
      {open !== null && <WaitingNote version={open} agreementId={agreementId} mine={mine} />}
      <div className="head">
        <h1>{inForce === null ? `${name}: no version is in force today` : versionFinding(shown, today, null)}</h1>
        <div className="row">
          {mine !== null && open === null && (
            <Link className="btn main" to={paths.proposal(agreementId)}>
              Propose a change
            </Link>
          )}
          <button className="btn" type="button" onClick={() => downloadText(`${agreementId}-v${shown.version}.yaml`, shown.text)}>
            Download as YAML
          </button>
        </div>
      </div>
      <Signed version={shown} nowMs={props.nowMs} />
      <ClauseView
        agreement={shown.agreement}
        text={shown.text}
        selected={search.get("clause")}
        onSelect={(path) => setSearch(path === null ? {} : { clause: path }, { replace: true, preventScrollReset: true })}
      />
    </>
  );
}

/** Who signed it and when, and the hash that both signed. */
export function Signed({ version, nowMs }: { readonly version: VersionView; readonly nowMs: number }): React.JSX.Element {
  const signatures = version.signatures.map((signature) => signatureWords(version, signature, nowMs));
  return (
    <p className="mid lede">
      {signatures.length === 0 ? "Nobody has signed it yet." : `Signed by ${listWords(signatures)}.`}{" "}
      <span className="nb">
        SHA-256 of the text <code title={version.sha256}>{version.sha256.slice(0, 12)}</code>
      </span>
    </p>
  );
}
