import { EXPORTS, FEED_EXPORTS } from "../../../shared/protocol/archive-routes.ts";

const RECORDS: Readonly<Record<(typeof EXPORTS)[number], string>> = {
  "verdicts.csv": "Verdicts",
  "receipts.csv": "Receipts",
  "restatements.csv": "Corrections",
  "alerts.csv": "Alerts",
  "claims.csv": "Claims",
  "forecasts.csv": "Forecasts",
  "ledger.csv": "Record",
  "agents.csv": "Agents, by pseudonym",
};

const OF_FEED: Readonly<Record<(typeof FEED_EXPORTS)[number], string>> = {
  "facts.csv": "Facts",
  "definition.yaml": "Definition that reads them",
  "counters.csv": "Counters",
};

/** A file to download. */
export interface ExportFile {
  readonly label: string;
  readonly href: string;
}

/** Everything that is not by feed. */
export function recordFiles(agreementId: string): readonly ExportFile[] {
  const base = `/api/v1/agreements/${encodeURIComponent(agreementId)}/exports`;
  return EXPORTS.map((what) => ({ label: RECORDS[what], href: `${base}/${what}` }));
}

export function feedFiles(feedId: string): readonly ExportFile[] {
  const base = `/api/v1/feeds/${encodeURIComponent(feedId)}/exports`;
  return FEED_EXPORTS.map((what) => ({ label: OF_FEED[what], href: `${base}/${what}` }));
}
