import type { ContactRow } from "../../shared/feeds/canonical.ts";

function seconds(ms: number | null): string {
  return ms === null ? "" : String(ms / 1000);
}

/** The file of `contactFeed`, with a version column where a row has one. */
export function contactFile(rows: readonly ContactRow[]): string {
  const lines = rows.map(({ contactId, startMs, queue, outcome, waitMs, handleMs, version }) =>
    [contactId, new Date(startMs).toISOString(), queue, outcome, seconds(waitMs), seconds(handleMs), version ?? ""].join(","),
  );
  return ["id,start,queue,outcome,wait,handle,version", ...lines, ""].join("\n");
}
