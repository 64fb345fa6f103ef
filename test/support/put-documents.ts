import type { Redis } from "ioredis";
import { readDocuments } from "../../server/documents/read-documents.ts";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { putAgreement } from "../../shared/store/put-agreement.ts";
import { ADMINISTRATOR, ON_PAPER } from "./sample-agreement.ts";

/** Puts an agreement in force whose documents are values, not files; refuses one that `accord check` refuses. */
export async function putDocuments(
  redis: Redis,
  documents: { agreement: Agreement; feeds: readonly FeedDefinition[]; nowMs: number },
): Promise<StoredAgreement> {
  const agreementText = JSON.stringify(documents.agreement);
  const feedTexts = documents.feeds.map((feed) => JSON.stringify(feed));
  const { agreement, feeds, problems } = readDocuments(
    { name: "agreement", text: agreementText },
    feedTexts.map((text, i) => ({ name: `feeds.${i}`, text })),
  );
  if (agreement === null || problems.some(({ severity }) => severity === "error")) throw new Error(JSON.stringify(problems));
  const texts = { agreementText, feedTexts };
  await putAgreement(redis, { agreement, feeds, ...texts, by: ADMINISTRATOR, signedOnPaper: ON_PAPER, nowMs: documents.nowMs });
  const stored = await readAgreement(redis, agreement.id, documents.nowMs);
  if (stored === null) throw new Error("the agreement was not stored");
  return stored;
}
