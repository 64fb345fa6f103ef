import type { Redis } from "ioredis";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import { checkVersions } from "../../shared/agreement/lint/versions.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { Finding } from "../../shared/protocol/version.ts";
import { readFeeds } from "../../shared/store/agreements.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { notFound } from "../access/decide.ts";
import { readDocuments } from "./read-documents.ts";

export interface Draft {
  readonly agreement: Agreement | null;
  /** The feeds of the agreement: they do not change with a version. */
  readonly feeds: readonly FeedDefinition[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the text of a next version and checks it with the agreement's feeds, as `accord check` does.
 *
 * @throws AppError not-found when there is no such agreement.
 */
export async function readDraft(redis: Redis, agreementId: string, text: string): Promise<Draft> {
  const feeds = await readFeeds(redis, agreementId);
  if (feeds === null) throw notFound();
  const feedTexts = feeds.map((feed) => ({ name: `feeds.${feed.id}`, text: JSON.stringify(feed) }));
  const { agreement, problems } = readDocuments({ name: "agreement", text }, feedTexts);
  const replaced = (await readVersions(redis, agreementId)).filter(({ state }) => state === "in-force").map((version) => version.agreement);
  const found = agreement === null ? problems : [...problems, ...checkVersions([...replaced, agreement])];
  const findings = found.map(({ severity, path, message, dispute, remedy }) => ({ severity, path, message, dispute, remedy }));
  return { agreement, feeds, findings };
}
