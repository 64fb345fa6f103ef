import { agreementOf, type Receipt } from "../../../shared/protocol/receipt.ts";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import { Link } from "react-router";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { Chip, Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { lengthWords, stampIn, zoneCity } from "../../ui/zone-time.ts";
import { Beats, BeatsLegend } from "./beats.tsx";
import { feedWords, rowsToMend } from "./feed-words.ts";

interface FeedTableProps {
  readonly state: AgreementState;
  readonly receipts: readonly Receipt[];
  readonly nowMs: number;
}

const COLUMNS: readonly Column[] = [
  { name: "Feed" },
  { name: "Now" },
  { name: "Last 32 due" },
  { name: "Last receipt", className: "num" },
  { name: "Due", className: "num" },
  { name: "To mend", className: "num" },
];

/** The feeds of one agreement: state, last receipt, next due, rows to mend. */
export function FeedTable({ state, receipts, nowMs }: FeedTableProps): React.JSX.Element {
  const { agreement } = state;
  const role = useRole(agreement.id);
  const isProvider = role === "provider" || role === "administrator";
  const feeds = [...state.feeds.values()];
  return (
    <section className="block first" aria-labelledby={`feeds-${agreement.id}`}>
      <div className="head open">
        <h2 id={`feeds-${agreement.id}`}>
          Feeds of {agreement.name}{" "}
          <small className="quiet">
            {agreement.provider}, times in {zoneCity(agreement.timeZone)}
          </small>
        </h2>
        <BeatsLegend of={feeds.map(({ beats }) => beats ?? "").join("")} />
      </div>
      {feeds.length === 0 ? (
        <Empty>This agreement has no feed yet.</Empty>
      ) : (
        <table className="t stack feeds" role="table" aria-label={`Feeds of ${agreement.name}`}>
          <TableHead columns={COLUMNS} />
          <tbody role="rowgroup">
            {feeds.map((feed) => (
              <FeedRow
                key={feed.feedId}
                feed={feed}
                zone={agreement.timeZone}
                toMend={rowsToMend(feed, receipts)}
                nowMs={nowMs}
                pullPath={isProvider ? paths.pull(agreement.id, feed.feed) : null}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const KINDS = {
  contact: "call by call",
  interval: "by interval",
  daily: "by day",
  monthly: "by month",
  survey: "survey answers",
  qa: "quality evaluations",
  roster: "agents employed",
  schedule: "schedules",
  forecast: "forecasts",
} as const;

function rhythmWords({ kind, everyMs, schedule }: FeedHealth): string {
  if (typeof schedule === "string") return `${KINDS[kind]}, ${schedule}`;
  return everyMs === null ? KINDS[kind] : `${KINDS[kind]}, every ${lengthWords(everyMs)}`;
}

function FeedRow({
  feed,
  zone,
  toMend,
  nowMs,
  pullPath,
}: {
  readonly feed: FeedHealth;
  /** Where its provider sets how it is fetched; null for everybody else. */
  readonly pullPath: string | null;
  readonly zone: string;
  readonly toMend: number;
  readonly nowMs: number;
}): React.JSX.Element {
  const { mark, word, stands } = feedWords(feed, nowMs);
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="wide">
        <Link to={paths.feed(agreementOf(feed.feedId), feed.feed)}>{feed.name}</Link> <small>{rhythmWords(feed)}</small>
        {pullPath !== null && (
          <Link className="fetching" to={pullPath} aria-label={`Fetching ${feed.name}`}>
            Fetching
          </Link>
        )}
      </th>
      <td role="cell" className="wide">
        {stands ? <Chip kind={mark}>{word}</Chip> : <Status kind={mark}>{word}</Status>}
      </td>
      <td role="cell" className={feed.beats === undefined || feed.beats === "" ? "wide opt" : "wide"}>
        <Beats beats={feed.beats ?? ""} />
      </td>
      <td role="cell" className="num" data-l="Last receipt">
        {feed.lastReceiptAtMs === null ? <span className="dash">—</span> : stampIn(zone, feed.lastReceiptAtMs, nowMs)}
      </td>
      <td role="cell" className="num" data-l="Due">
        {feed.dueAtMs === null ? (
          <span className="dash">—</span>
        ) : (
          <span className={feed.state === "silent" || feed.state === "late" ? "due" : undefined}>{stampIn(zone, feed.dueAtMs, nowMs)}</span>
        )}
      </td>
      <td role="cell" className="num" data-l="To mend">
        {toMend > 0 ? <b>{toMend}</b> : 0}
      </td>
    </tr>
  );
}
