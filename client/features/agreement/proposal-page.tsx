import { Link } from "react-router";
import { paths } from "../../live/paths.ts";
import { Boundary } from "../../ui/boundary.tsx";
import { Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { DraftDesk } from "./draft-desk.tsx";
import { useDocumentReader } from "./use-read-document.ts";
import { openVersion, versionBefore } from "./version-words.ts";
import { type VersionsProps, VersionsOf } from "./versions-of.tsx";
import { WaitingNote } from "./waiting-note.tsx";
import "./agreement.css";

/** Writing the next version: its text, what is wrong with it, what it would have meant, and proposing it. */
export function ProposalPage(): React.JSX.Element {
  return <VersionsOf>{(props) => <Proposal {...props} />}</VersionsOf>;
}

function Proposal(props: VersionsProps): React.JSX.Element {
  const { agreementId, name, versions, mine } = props;
  const read = useDocumentReader();
  const [newest] = versions;
  const open = openVersion(versions);
  const base = newest === undefined ? null : (versionBefore(versions, { ...newest, version: newest.version + 1 }) ?? newest);
  const title = <title>{`Propose a change · ${name} · Accord`}</title>;
  if (mine === null) {
    return (
      <>
        {title}
        <h1>Your role does not propose versions</h1>
        <NotPermitted>
          A client manager or the provider proposes a change. <Link to={paths.agreement(agreementId)}>Read the agreement</Link>
        </NotPermitted>
      </>
    );
  }
  if (open !== null) {
    return (
      <>
        {title}
        <h1>One version at a time</h1>
        <p className="mid lede">Before the next one is written, version {open.version} is signed, declined or withdrawn.</p>
        <WaitingNote version={open} agreementId={agreementId} mine={mine} />
      </>
    );
  }
  return (
    <>
      {title}
      {read === null || base === null || newest === undefined ? (
        <Loading what="the editor" />
      ) : (
        <Boundary instead={<p className="mid">The text could not be shown. Reload the page.</p>}>
          <DraftDesk {...props} read={read} base={base} number={newest.version + 1} />
        </Boundary>
      )}
    </>
  );
}
