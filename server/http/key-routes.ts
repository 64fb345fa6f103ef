import { AppError } from "../../shared/protocol/errors.ts";
import { feedKey } from "../../shared/protocol/receipt.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { addApiKey, type ApiKey, listApiKeys, revokeApiKey } from "../../shared/store/api-keys.ts";
import { newApiKeySecret } from "../access/api-key-secret.ts";
import { notFound } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

function view({ id, name, feeds, createdAtMs }: ApiKey, lastUsedAtMs: number | null) {
  return { id, name, feeds, createdAtMs, lastUsedAtMs };
}

/** API keys of an agreement's feeds. */
export function keyRoutes({ redis, clock }: ServerParts): Pick<Handlers, "keys" | "addKey" | "revokeKey"> {
  async function knownFeeds(agreementId: string): Promise<string[]> {
    const stored = await readAgreement(redis, agreementId);
    if (stored === null) throw notFound();
    return stored.feeds.map((feed) => feedKey(agreementId, feed.id));
  }
  return {
    async keys({ params: { agreementId } }) {
      await knownFeeds(agreementId);
      const keys = await listApiKeys(redis, agreementId);
      return keys.map(({ key, lastUsedAtMs }) => view(key, lastUsedAtMs));
    },
    async addKey({ params: { agreementId }, body, response }) {
      const known = await knownFeeds(agreementId);
      const feeds = [...new Set(body.feeds.map((feed) => (feed.includes(".") ? feed : feedKey(agreementId, feed))))];
      const unknown = feeds.filter((feed) => !known.includes(feed));
      if (unknown.length > 0)
        throw new AppError("bad-request", `There is no feed ${unknown.join(", ")}.`, `Choose among ${known.join(", ")}.`);
      const { id, secret, secretSha256 } = newApiKeySecret();
      const key = { id, name: body.name, agreementId, feeds, secretSha256, createdAtMs: clock() };
      await addApiKey(redis, key);
      response.status(201);
      return { ...view(key, null), secret };
    },
    async revokeKey({ params: { agreementId, keyId } }) {
      if (!(await revokeApiKey(redis, agreementId, keyId))) throw notFound();
    },
  };
}
