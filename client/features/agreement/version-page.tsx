import { useCallback, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { paths } from "../../live/paths.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { Signed } from "./agreement-page.tsx";
import { ClauseView } from "./clause-view.tsx";
import { DiffView } from "./diff-view.tsx";
import { downloadText } from "../../live/download-text.ts";
import { FindingList, findingsWords } from "./finding-list.tsx";
import { SignPanel } from "./sign-panel.tsx";
import { useDocumentReader } from "./use-read-document.ts";
import { askWhatIf } from "./version-calls.ts";
import { consequenceWords, daysBack, unsignedBy, versionBefore, versionFinding } from "./version-words.ts";
import { type VersionsProps, VersionsOf } from "./versions-of.tsx";
import { WhatIfView } from "./what-if-view.tsx";
import "./agreement.css";

/** One version: what it changes, what it would have meant, who signed it, and signing it. */
export function VersionPage(): React.JSX.Element {
  const { version } = useParams();
  return (
    <VersionsOf>
      {(props) => {
        const found = props.versions.find((each) => String(each.version) === version);
        return found === undefined ? (
          <Missing agreementId={props.agreementId} />
        ) : (
          <Version key={found.version} {...props} version={found} />
        );
      }}
    </VersionsOf>
  );
}

function Missing({ agreementId }: { readonly agreementId: string }): React.JSX.Element {
  return (
    <>
      <h1>There is no such version</h1>
      <NotPermitted>
        The agreement has no version of this number. <Link to={paths.versions(agreementId)}>See all versions</Link>
      </NotPermitted>
    </>
  );
}

function Version(props: VersionsProps & { readonly version: VersionView }): React.JSX.Element {
  const { agreementId, name, version, versions, nowMs, today, mine } = props;
  const [selected, setSelected] = useState<string | null>(null);
  const before = versionBefore(versions, version);
  const isOpen = version.state === "proposed" || version.state === "signed";
  return (
    <>
      <title>{`Version ${version.version} · ${name} · Accord`}</title>
      <div className="head">
        <h1>{versionFinding(version, today, mine)}</h1>
        <div className="row">
          {mine !== null && unsignedBy(version).includes(mine) && (
            <a className="btn main" href="#sign">
              Sign or {version.proposedBy.party === mine ? "withdraw" : "decline"}
            </a>
          )}
          <button className="btn" type="button" onClick={() => downloadText(`${agreementId}-v${version.version}.yaml`, version.text)}>
            Download as YAML
          </button>
        </div>
      </div>
      {version.agreement.reason !== undefined && version.agreement.reason !== "" && <p className="lede">Why: {version.agreement.reason}</p>}
      <Signed version={version} nowMs={nowMs} />
      {version.ended !== null && (
        <p className="mid lede">
          {version.ended.by.name}: “{version.ended.note}”
        </p>
      )}
      {isOpen && <Consequence version={version} before={before} today={today} />}
      {before !== null && (
        <DiffView from={{ ...before, name: `version ${before.version}` }} to={{ ...version, name: `version ${version.version}` }} />
      )}
      {isOpen && <Doubts version={version} />}
      {version.state === "proposed" && <WhatItMeant {...props} />}
      {version.state === "proposed" && <SignPanel {...props} version={version} before={before} />}
      <section className="block" aria-label="All clauses">
        {before === null ? (
          <ClauseView {...version} selected={selected} onSelect={setSelected} />
        ) : (
          <details className="more">
            <summary>All clauses of version {version.version} beside its text</summary>
            <ClauseView {...version} selected={selected} onSelect={setSelected} />
          </details>
        )}
      </section>
    </>
  );
}

function Consequence({
  version,
  before,
  today,
}: {
  readonly version: VersionView;
  readonly before: VersionView | null;
  readonly today: string;
}): React.JSX.Element {
  const isBack = daysBack(version, today) > 0;
  return (
    <p className={isBack ? "consequence loud" : "consequence"}>
      {isBack && <b>It reaches back. </b>}
      {consequenceWords(version, before, today)}
    </p>
  );
}

function Doubts({ version }: { readonly version: VersionView }): React.JSX.Element | null {
  const read = useDocumentReader();
  const document = useMemo(() => read?.(version.text) ?? null, [read, version.text]);
  const { findings } = version;
  if (findings.length === 0) return null;
  return (
    <section className="block" aria-labelledby="doubts">
      <div className="head">
        <h2 id="doubts">{findingsWords(findings)}</h2>
      </div>
      <FindingList findings={findings} linesOf={document?.linesOf ?? (() => null)} />
    </section>
  );
}

function WhatItMeant({ agreementId, version, mine, isJudged }: VersionsProps & { readonly version: VersionView }): React.JSX.Element {
  return (
    <section className="block" aria-labelledby="what-if">
      <div className="head open">
        <h2 id="what-if">What it would have meant over the last 12 months</h2>
      </div>
      {!isJudged ? (
        <p className="mid">No version was ever in force, so that there is nothing to judge again.</p>
      ) : mine === null ? (
        <NotPermitted>Only those who may sign can have the last months judged again under a draft.</NotPermitted>
      ) : (
        <Replayed agreementId={agreementId} version={version} />
      )}
    </section>
  );
}

function Replayed({ agreementId, version }: { readonly agreementId: string; readonly version: VersionView }): React.JSX.Element {
  const { text, agreement } = version;
  const { request, again } = useRequest(useCallback(() => askWhatIf(agreementId, text), [agreementId, text]));
  if (request.state === "loading") return <Loading what="the last 12 months under this version" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  return <WhatIfView whatIf={request.data} zone={agreement.timeZone} draft={`version ${version.version}`} />;
}
