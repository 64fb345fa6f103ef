import type { WhatIf } from "../../../shared/protocol/compare.ts";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { DiffView } from "./diff-view.tsx";
import type { ReadDocument } from "./read-document.ts";
import { WhatIfView } from "./what-if-view.tsx";

interface DraftOutcomeProps {
  readonly base: VersionView;
  readonly number: number;
  readonly document: ReadDocument;
  readonly text: string;
  readonly whatIf: WhatIf | null;
  /** The text has changed since `whatIf` was asked. */
  readonly isStale: boolean;
}

/** What a draft changes and what it would have meant. */
export function DraftOutcome({ base, number, document, text, whatIf, isStale }: DraftOutcomeProps): React.JSX.Element {
  const { agreement } = document;
  const hasErrors = whatIf?.findings.some(({ severity }) => severity === "error") ?? false;
  return (
    <>
      {whatIf !== null && (
        <section className={isStale ? "block dimmed" : "block"} aria-labelledby="what-if">
          <div className="head open">
            <h2 id="what-if">What it would have meant over the last 12 months</h2>
            {isStale && <small>for the text before the latest change</small>}
          </div>
          {hasErrors ? (
            <p className="says">Nothing was judged: the text has errors that must be mended first.</p>
          ) : (
            <WhatIfView whatIf={whatIf} zone={base.agreement.timeZone} draft="the draft" />
          )}
        </section>
      )}
      {agreement !== null && (
        <DiffView from={{ ...base, name: `version ${base.version}` }} to={{ agreement, text, name: `the draft of version ${number}` }} />
      )}
    </>
  );
}
