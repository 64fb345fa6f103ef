import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { AppError } from "../../shared/protocol/errors.ts";
import { readDocuments } from "../documents/read-documents.ts";

/**
 * Reads an agreement and its feeds from their texts, as `accord check` does; warnings do not refuse.
 *
 * @throws AppError bad-request that names every problem, one a line.
 */
export function readAgreementFiles(texts: { readonly agreement: string; readonly feeds: readonly string[] }): {
  agreement: Agreement;
  feeds: readonly FeedDefinition[];
} {
  const { agreement, feeds, problems } = readDocuments(
    { name: "agreement", text: texts.agreement },
    texts.feeds.map((text, i) => ({ name: `feeds.${i}`, text })),
  );
  const errors = problems.filter(({ severity }) => severity === "error");
  if (agreement === null || errors.length > 0) {
    const lines = errors.map(({ path, message, remedy }) => `${path}: ${message} ${remedy}`);
    throw new AppError("bad-request", lines.join("\n"), "Correct the files; `npm run accord -- check` names the same problems.");
  }
  return { agreement, feeds };
}
