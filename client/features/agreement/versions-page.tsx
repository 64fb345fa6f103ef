import { Link, useSearchParams } from "react-router";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { paths } from "../../live/paths.ts";
import { Field } from "../../ui/field.tsx";
import { TableHead } from "../../ui/table-head.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { DiffView } from "./diff-view.tsx";
import { openVersion, partyName, signatureWords, stateWords, termWordsOf, versionBefore, versionFinding } from "./version-words.ts";
import { type VersionsProps, VersionsOf } from "./versions-of.tsx";
import "./agreement.css";

/** Every version there ever was, who signed it, and what any two of them do not have in common. */
export function VersionsPage(): React.JSX.Element {
  return <VersionsOf>{(props) => <Versions {...props} />}</VersionsOf>;
}

function Versions(props: VersionsProps): React.JSX.Element {
  const { agreementId, name, versions, today, mine } = props;
  const [newest] = versions;
  const open = openVersion(versions);
  return (
    <>
      <title>{`Versions · ${name} · Accord`}</title>
      <div className="head">
        <h1>{newest === undefined ? "There is no version" : versionFinding(open ?? newest, today, mine)}</h1>
        {mine !== null && open === null && (
          <Link className="btn main" to={paths.proposal(agreementId)}>
            Propose a change
          </Link>
        )}
      </div>
      <VersionTable {...props} />
      {versions.length > 1 && <Comparison versions={versions} />}
    </>
  );
}

const COLUMNS = ["Version", "State", "Days it governs", "Reason", "Proposed", "Signed", "SHA-256"].map((name) => ({ name }));

function VersionTable({ agreementId, versions, nowMs, today }: VersionsProps): React.JSX.Element {
  return (
    <table className="t stack versions block first" role="table" aria-label="Versions">
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {versions.map((version) => (
          <tr key={version.version} role="row">
            <th role="rowheader" scope="row">
              <Link to={paths.version(agreementId, version.version)}>Version {version.version}</Link>
            </th>
            <td role="cell" className="two">
              <b>{stateWords(version, today)}</b>
            </td>
            <td role="cell" className="wide" data-l="Days it governs">
              {termWordsOf(version)}
            </td>
            <td role="cell" className="wide" data-l="Reason">
              {version.agreement.reason ?? <span className="quiet">none given</span>}
              {version.ended !== null && <Ended version={version} nowMs={nowMs} />}
            </td>
            <td role="cell" className="wide" data-l="Proposed">
              {version.proposedBy.name} of {partyName(version, version.proposedBy.party)},{" "}
              {bothClocks(version.agreement.timeZone, version.proposedAtMs, nowMs)}
            </td>
            <td role="cell" className="wide" data-l="Signed">
              {version.signatures.length === 0 && <span className="quiet">by nobody</span>}
              {version.signatures.map((signature) => (
                <span key={signature.by.party} className="each">
                  {signatureWords(version, signature, nowMs)}
                </span>
              ))}
            </td>
            <td role="cell" className="wide" data-l="SHA-256">
              <code>{version.sha256.slice(0, 8)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ended({ version, nowMs }: { readonly version: VersionView; readonly nowMs: number }): React.JSX.Element | null {
  if (version.ended === null) return null;
  const { by, atMs, note } = version.ended;
  return (
    <span className="each quiet">
      {by.name}, {bothClocks(version.agreement.timeZone, atMs, nowMs)}: “{note}”
    </span>
  );
}

/** The two versions stand in the address, so that a comparison can be sent to somebody. */
function Comparison({ versions }: { readonly versions: readonly VersionView[] }): React.JSX.Element | null {
  const [search, setSearch] = useSearchParams();
  const named = (key: string) => versions.find(({ version }) => String(version) === search.get(key)) ?? null;
  const to = named("to") ?? versions[0] ?? null;
  const from = named("from") ?? (to === null ? null : (versionBefore(versions, to) ?? versions.at(-1) ?? null));
  if (from === null || to === null) return null;
  const choose = (key: "from" | "to", value: string) => {
    const both = { from: String(from.version), to: String(to.version) };
    setSearch({ ...both, [key]: value }, { replace: true, preventScrollReset: true });
  };
  return (
    <>
      <div className="compare" role="group" aria-label="Versions to compare">
        <VersionField label="Compare" value={from} versions={versions} onChoose={(value) => choose("from", value)} />
        <VersionField label="with" value={to} versions={versions} onChoose={(value) => choose("to", value)} />
      </div>
      <DiffView from={{ ...from, name: `version ${from.version}` }} to={{ ...to, name: `version ${to.version}` }} />
    </>
  );
}

interface VersionFieldProps {
  readonly label: string;
  readonly value: VersionView;
  readonly versions: readonly VersionView[];
  readonly onChoose: (value: string) => void;
}

function VersionField({ label, value, versions, onChoose }: VersionFieldProps): React.JSX.Element {
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} value={value.version} onChange={(event) => onChoose(event.target.value)}>
          {versions.map(({ version, state }) => (
            <option key={version} value={version}>
              Version {version}
              {state === "in-force" ? "" : `, ${state}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
