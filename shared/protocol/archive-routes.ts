import { z } from "zod";
import { FeedGroup, NewFeedGroup } from "../feeds/group.ts";
import { WireError } from "./errors.ts";
import { Receipt } from "./receipt.ts";

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

/** A group, and whether whoever asks may hand in files for it; others only look on. */
export const FeedGroupView = FeedGroup.extend({ mayHandIn: z.boolean() });
export type FeedGroupView = z.infer<typeof FeedGroupView>;

/** What became of a group's file: a receipt for each feed with rows in it, or why there is none yet. */
export const GroupUpload = z.strictObject({
  receipts: z.array(z.strictObject({ feedId: z.string(), receipt: Receipt.nullable(), error: WireError.nullable() })),
  /** Rows that go to nobody, where the group leaves them out; of the first of them, in pairs, the line and what the deciding column says there. */
  ignored: z.strictObject({ rows: z.int(), lines: z.array(z.int()), values: z.array(z.string()) }),
});
export type GroupUpload = z.infer<typeof GroupUpload>;

/** What leaves as streams, and files that cover several agreements. */
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
  feedGroups: {
    method: "get",
    path: "/api/v1/feed-groups",
    policy: { access: "group" },
    body: null,
    response: z.array(FeedGroupView),
    summary: "Groups of whose every agreement the caller is a member, or for whose every feed its keys may hand in",
  },
  putFeedGroup: {
    method: "put",
    path: "/api/v1/feed-groups/:groupId",
    policy: { access: "administrator" },
    body: NewFeedGroup,
    response: FeedGroup,
    summary: "Say how a file that covers several agreements is taken apart",
  },
  endFeedGroup: {
    method: "delete",
    path: "/api/v1/feed-groups/:groupId",
    policy: { access: "administrator" },
    body: null,
    response: null,
    summary: "Take such files no longer; receipts stay",
  },
  groupUpload: {
    method: "put",
    path: "/api/v1/feed-groups/:groupId/uploads",
    policy: { access: "group" },
    body: null,
    response: GroupUpload,
    summary: "Hand in a file that covers several agreements: raw body, Idempotency-Key header",
  },
} as const;
