import type { Redis } from "ioredis";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { Finding } from "../../shared/protocol/version.ts";
import { readFeeds } from "../../shared/store/agreements.ts";
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
  const findings: Finding[] = problems.map(({ severity, path, message, dispute, remedy }) => ({
    severity,
    path,
    message,
    dispute,
    remedy,
  }));
  if (agreement !== null && agreement.id !== agreementId) {
    findings.unshift({
      severity: "error",
      path: "agreement.id",
      message: `This text is of agreement "${agreement.id}".`,
      dispute: "A version of another agreement cannot replace this one.",
      remedy: `Write "${agreementId}".`,
    });
  }
  return { agreement, feeds, findings };
}
