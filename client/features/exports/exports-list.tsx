import { useParams } from "react-router";
import { useAgreement } from "../../live/live-context.ts";
import { type ExportFile, feedFiles, recordFiles } from "./export-files.ts";
import "./exports.css";

function Files({ files }: { readonly files: readonly ExportFile[] }): React.JSX.Element {
  return (
    <ul className="exports-files">
      {files.map(({ label, href }) => (
        <li key={href}>
          <a href={href} download>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Everything that is known of an agreement, to take along. */
export function ExportsList(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  return (
    <section className="exports" aria-labelledby="exports-title">
      <h2 id="exports-title">Take everything along</h2>
      <p className="mid">
        Files for spreadsheets (CSV, UTF-8); times carry their offset from UTC. The facts of a feed, with the definition beside them, can be
        handed in again elsewhere and give the same verdicts.
      </p>
      <dl>
        <div>
          <dt>Agreement</dt>
          <dd>
            <Files files={recordFiles(agreementId)} />
          </dd>
        </div>
        {[...(state?.feeds.values() ?? [])].map(({ feedId, name }) => (
          <div key={feedId}>
            <dt>{name}</dt>
            <dd>
              <Files files={feedFiles(feedId)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
