import { Agreement } from "../../shared/agreement/agreement.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { IntervalFeed } from "../../shared/feeds/feed-kinds.ts";

/** An interval feed with everything that a service level needs. */
export function buildFeed(overrides: { id?: string; name?: string } = {}): IntervalFeed {
  return {
    accord: "feed/1",
    id: "calls",
    name: "Calls",
    timeZone: "Europe/Berlin",
    format: { type: "delimited", delimiter: "comma", encoding: "utf-8" },
    start: { date: { column: "date", format: "yyyy-mm-dd" }, time: { column: "time", format: "h:mm" } },
    queue: { constant: "main" },
    missing: [],
    ignore: [],
    checks: [],
    kind: "interval",
    intervalMinutes: 15,
    counters: {
      offered: { column: "offered", required: true },
      answered: { column: "answered", required: true },
      abandoned: { column: "abandoned", required: true },
      "answered-within-20000": { column: "in20", required: true },
    },
    claims: {},
    ...overrides,
  };
}

export const FEED_HEADER = "date,time,offered,answered,abandoned,in20\n";

/** An agreement with one service-level target on the feed `calls`. */
export function buildAgreement(
  overrides: Partial<Pick<Agreement, "id" | "name" | "exclusions" | "volume">> & { client?: string; provider?: string } = {},
): Agreement {
  const { client = "Acme Insurance", provider = "Norcall", ...rest } = overrides;
  return Agreement.parse({
    accord: "agreement/1",
    id: "north",
    name: "Claims line",
    version: 1,
    parties: { client, provider },
    timeZone: "Europe/Berlin",
    effectiveFrom: "2026-01-01",
    serviceHours: "always",
    holidays: [],
    intervalMinutes: 15,
    targets: [
      {
        id: "service-level",
        name: "Service level",
        feed: "calls",
        queues: "all",
        measure: { metric: "service-level", variant: "positive", withinSeconds: 20 },
        direction: "at-least",
        expected: "80 %",
        windows: ["day", "month"],
        minimumSample: 0,
      },
    ],
    ...rest,
  });
}

/** Who puts agreements in force for the client. */
export const ADMINISTRATOR = { id: "test", name: "Admin", party: "client" } as const;

/** What an administrator attests of an agreement that was signed before it came here. */
export const ON_PAPER = { client: "C. Lient", provider: "P. Rovider", date: "2025-12-01" };

/** The body of `POST /api/v1/agreements`, signed on paper, so that it is in force at once. */
export function agreementTexts(agreement: Agreement, feeds: readonly FeedDefinition[]) {
  return { agreement: JSON.stringify(agreement), feeds: feeds.map((feed) => JSON.stringify(feed)), signedOnPaper: ON_PAPER };
}
