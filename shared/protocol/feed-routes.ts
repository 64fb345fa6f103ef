import { z } from "zod";
import { FeedReport } from "./feed-report.ts";
import { FeedHealth } from "./live.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** The text of a feed definition, YAML or JSON, checked exactly as `accord check` does. */
export const NewFeed = z.strictObject({ definition: z.string().min(1).max(200_000) });
/** The definition of a feed as it was handed in. `sha256`: of the text, as the ledger has it. */
export const FeedText = z.strictObject({ feed: z.string(), text: z.string(), sha256: z.string() });

/** Feeds: their definitions, and how they keep their cadence. */
export const FEED_ROUTES = {
  feedReport: {
    method: "get",
    path: "/api/v1/feeds/:feedId/report",
    policy: { access: "member", roles: ALL, key: true },
    body: null,
    response: FeedReport,
    summary: "How a feed has kept its word: beats, completeness, lag, errors, gaps, questions",
  },
  addFeed: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/feeds",
    policy: { access: "member", roles: ["provider"] },
    body: NewFeed,
    response: FeedHealth,
    summary: "Add a feed to an agreement; no target reads it until a version names it",
  },
  feedDefinition: {
    method: "get",
    path: "/api/v1/feeds/:feedId/definition",
    policy: { access: "member", roles: ALL },
    body: null,
    response: FeedText,
    summary: "The definition of a feed, as it was handed in",
  },
} as const;
