import { useCallback } from "react";
import { useParams } from "react-router";
import { LedgerCheckpoint, LedgerEntries } from "../../../shared/protocol/ledger-routes.ts";
import { call } from "../../live/api.ts";
import { useAgreement, useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { TableHead } from "../../ui/table-head.tsx";
import { bothClocks, viewerZone } from "../../ui/zone-time.ts";
import { entryWords } from "./entry-words.ts";
import "./record.css";

interface Shown {
  readonly checkpoint: LedgerCheckpoint;
  readonly latest: LedgerEntries;
}

async function readRecord(agreementId: string): Promise<Shown> {
  const base = `/api/v1/agreements/${encodeURIComponent(agreementId)}/ledger`;
  const [checkpoint, latest] = await Promise.all([
    call({ path: `${base}/checkpoint`, answer: LedgerCheckpoint }),
    call({ path: `${base}/entries?limit=20`, answer: LedgerEntries }),
  ]);
  return { checkpoint, latest };
}

/** What can never be changed unseen: how much there is, how to take it along and check it, and what came last. */
export function RecordPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const { cards } = useLive();
  const card = cards.find(({ id }) => id === agreementId);
  const { request, again } = useRequest(useCallback(() => readRecord(agreementId), [agreementId]));
  return (
    <>
      <title>{`Record · ${card?.name ?? agreementId} · Accord`}</title>
      {request.state === "loading" && <Loading what="the record" />}
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && <Record agreementId={agreementId} canTake={card?.role !== "qa-lead"} {...request.data} />}
    </>
  );
}

function Record({
  agreementId,
  canTake,
  checkpoint,
  latest,
}: Shown & { readonly agreementId: string; readonly canTake: boolean }): React.JSX.Element {
  const state = useAgreement(agreementId);
  const zone = state?.agreement.timeZone ?? viewerZone();
  const nowMs = useNowMinute();
  const { size, root, kept } = checkpoint;
  const last =
    kept === null
      ? "No checkpoint has been kept yet; one follows within a minute."
      : `Last checkpoint ${bothClocks(zone, kept.atMs, nowMs)}.`;
  return (
    <>
      <div className="head">
        <h1>
          {size === 1 ? "1 entry that nobody can change unseen" : `${size.toLocaleString("en-GB")} entries that nobody can change unseen`}
        </h1>
      </div>
      <p className="record-facts">
        {last} Root <code title={root}>{root.slice(0, 16)}</code>. This browser keeps the last checkpoint it saw and asks for proof each
        time it connects.
      </p>
      {canTake && (
        <p className="record-take">
          <a className="btn main" href={paths.bundle(agreementId)} download>
            Download the record
          </a>
          <a className="btn" href="/verify.html" download="accord-verifier.html">
            Download the verifier
          </a>
          <span className="quiet">The verifier is one page that works without a network: open it and give it the record.</span>
        </p>
      )}
      <Entries
        zone={zone}
        nowMs={nowMs}
        latest={latest}
        nameOf={(id) => state?.agreement.targets.find((target) => target.id === id)?.name ?? id}
      />
    </>
  );
}

interface EntriesProps {
  readonly zone: string;
  readonly nowMs: number;
  readonly latest: LedgerEntries;
  readonly nameOf: (targetId: string) => string;
}

const COLUMNS = ["Entry", "What happened", "When", "Hash"].map((name) => ({ name }));

function Entries({ zone, nowMs, latest, nameOf }: EntriesProps): React.JSX.Element {
  return (
    <table className="t stack record block" role="table" aria-label="Latest entries">
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {latest.entries.toReversed().map(({ index, leaf, entry }) => (
          <tr key={index} role="row">
            <th role="rowheader" scope="row">
              {index}
            </th>
            <td role="cell" className="two">
              {entryWords(entry, nameOf)}
            </td>
            <td role="cell">{bothClocks(zone, entry.atMs, nowMs)}</td>
            <td role="cell">
              <code>{leaf.slice(0, 8)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
