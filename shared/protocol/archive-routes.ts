const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** Exports of an agreement's records. */
export const EXPORTS = [
  "verdicts.csv",
  "receipts.csv",
  "restatements.csv",
  "alerts.csv",
  "claims.csv",
  "forecasts.csv",
  "ledger.csv",
  "agents.csv",
] as const;
/** Exports of one feed; `definition.yaml` is the definition under which `facts.csv` is read again. */
export const FEED_EXPORTS = ["facts.csv", "definition.yaml", "counters.csv"] as const;

/** What leaves: exports of everything, as streams. */
export const ARCHIVE_ROUTES = {
  exports: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/exports/:what",
    policy: { access: "member", roles: ALL },
    body: null,
    response: null,
    summary: "One kind of record of an agreement, as CSV",
  },
  feedExports: {
    method: "get",
    path: "/api/v1/feeds/:feedId/exports/:what",
    policy: { access: "member", roles: ALL },
    body: null,
    response: null,
    summary: "The facts of a feed as CSV, the definition that reads them again, or its counters",
  },
} as const;
