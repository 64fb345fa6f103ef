import { parse } from "yaml";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { type Bundle, BundleError, openBundle } from "../../shared/ledger/bundle.ts";
import { PureSha256, pureSha256 } from "../../shared/ledger/pure-sha256.ts";
import { type Verification, type Verified, verifyBundle } from "../../shared/ledger/verify-bundle.ts";
import { blobAccess } from "./blob-access.ts";
import { verifySignature } from "../live/verify-signature.ts";

/** A browser without Temporal cannot tell local days; it checks everything but the verdicts. */
function documentsOf({ versions, feeds }: Bundle): Verification["documents"] {
  if (!("Temporal" in globalThis)) return null;
  try {
    return {
      agreements: versions.map(({ text }) => Agreement.parse(parse(text))),
      feeds: feeds.map(({ text }) => FeedDefinition.parse(parse(text))),
    };
  } catch (thrown) {
    throw new BundleError("The bundle's documents cannot be read.", thrown);
  }
}

/** Checks a record as `accord verify` does. @throws BundleError when the file is no bundle. */
export async function verifyFile(file: Blob, held: readonly string[]): Promise<Verified> {
  const bundle = await openBundle(blobAccess(file));
  const startHash = () => new PureSha256();
  return await verifyBundle({ bundle, held, documents: documentsOf(bundle), sha256: pureSha256, startHash, verify: verifySignature });
}
