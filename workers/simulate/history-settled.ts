import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { ProviderClient } from "./provider-client.ts";

export interface Sent {
  readonly feedId: string;
  readonly receipt: Receipt;
}

interface SettledParts {
  readonly client: ProviderClient;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = 500;
const SETTLED: readonly Receipt["state"][] = ["applied", "rejected", "superseded"];

function report(log: Logger, { feedId, receipt }: Sent): void {
  if (receipt.state === "rejected") {
    log.error(
      { event: "rejected", feedId, receipt: receipt.id, problems: receipt.fileProblems },
      `${feedId}: the server rejected ${receipt.filename}`,
    );
  } else if (receipt.counts.rejected + receipt.counts.warnings > 0) {
    log.warn(
      { event: "row-problems", feedId, receipt: receipt.id, counts: receipt.counts, problems: receipt.problems.slice(0, 3) },
      `${feedId}: ${receipt.filename} has rows with problems`,
    );
  }
}

/** Waits until the server has worked through every file, and tells of those it did not take as they were. */
export async function awaitSettled({ client, log, signal }: SettledParts, sent: readonly Sent[]): Promise<void> {
  let open = [...sent];
  while (open.length > 0) {
    open = await Promise.all(open.map(async ({ feedId, receipt }) => ({ feedId, receipt: await client.receipt(feedId, receipt.id) })));
    for (const one of open) if (SETTLED.includes(one.receipt.state)) report(log, one);
    open = open.filter(({ receipt }) => !SETTLED.includes(receipt.state));
    if (open.length === 0) return;
    log.info(
      { event: "history-settling", open: open.length, of: sent.length },
      `loading history: ${sent.length - open.length} of ${sent.length} files counted`,
    );
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}
