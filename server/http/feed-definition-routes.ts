import { AppError } from "../../shared/protocol/errors.ts";
import { agreementOf } from "../../shared/protocol/receipt.ts";
import { addFeed, readFeedText } from "../../shared/store/add-feed.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { callerId } from "../access/caller.ts";
import { notFound } from "../access/decide.ts";
import { readVersions } from "../documents/read-documents.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

/** @throws AppError bad-request that names every problem of the text, one a line. */
function readDefinition(text: string): FeedDefinition {
  const { feeds, problems } = readVersions([], [{ name: "definition", text }]);
  const errors = problems.filter(({ severity }) => severity === "error");
  const [feed] = feeds;
  if (feed !== undefined && errors.length === 0) return feed;
  const lines = errors.map(({ path, message, remedy }) => `${path}: ${message} ${remedy}`);
  throw new AppError("bad-request", lines.join("\n"), "Correct the definition; `npm run accord -- check` names the same problems.");
}

/** What a feed's files look like: added once, never changed, readable by both parties. */
export function feedDefinitionRoutes({ redis, clock }: ServerParts): Pick<Handlers, "addFeed" | "feedDefinition"> {
  return {
    async addFeed({ params: { agreementId }, body, caller, response }) {
      const feed = readDefinition(body.definition);
      const health = await addFeed(redis, { agreementId, feed, text: body.definition, actor: callerId(caller), nowMs: clock() });
      response.status(201);
      return health;
    },
    async feedDefinition({ params: { feedId } }) {
      const agreementId = agreementOf(feedId);
      const feed = feedId.slice(agreementId.length + 1);
      const text = await readFeedText(redis, agreementId, feed);
      if (text === null) throw notFound();
      return { feed, text, sha256: sha256Hex(text) };
    },
  };
}
