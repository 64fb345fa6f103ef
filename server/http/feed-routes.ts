import { agreementOf } from "../../shared/protocol/receipt.ts";
import { listReceipts } from "../../shared/store/receipts.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { notFound } from "../access/decide.ts";
import { readFeedReport } from "../../shared/store/feed-report.ts";
import type { ServerParts } from "../parts.ts";
import { readFeed } from "./read-feed.ts";
import type { Handlers } from "./route-types.ts";

const RECEIPTS_SHOWN = 50;

/** Feeds of an agreement and what was handed in. */
export function feedRoutes({ redis, clock }: ServerParts): Pick<Handlers, "feeds" | "receipts" | "feedReport"> {
  return {
    async feeds({ params: { agreementId } }) {
      const snapshot = await readSnapshot(redis, agreementId, clock());
      if (snapshot === null) throw notFound();
      return snapshot.feeds;
    },
    async receipts({ params: { feedId } }) {
      await readFeed(redis, agreementOf(feedId), feedId);
      return listReceipts(redis, feedId, RECEIPTS_SHOWN);
    },
    async feedReport({ params: { feedId } }) {
      const report = await readFeedReport(redis, feedId, clock());
      if (report === null) throw notFound();
      return report;
    },
  };
}
