import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../shared/protocol/errors.ts";
import { errorsCsv } from "../../shared/feeds/errors-csv.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { readReceipt } from "../../shared/store/receipts.ts";
import { readTableApart } from "../../shared/store/table-thread.ts";
import { notFound } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import { readFeed } from "./read-feed.ts";
import type { Handlers } from "./route-types.ts";
import { withProof } from "./with-proof.ts";

/** Letters that no file system and no header gives a meaning to. */
function safeFilename(text: string): string {
  return text.replaceAll(/[^\w.-]+/gu, "-").slice(0, 100);
}

function unlessReaderLeft(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE") return;
  throw error;
}

/** Receipts and their refused rows. */
export function receiptRoutes(parts: ServerParts): Pick<Handlers, "receipt" | "receiptErrors"> {
  const { redis, rawFiles } = parts;
  async function find(id: string): Promise<Receipt> {
    const receipt = await readReceipt(redis, id);
    if (receipt === null) throw notFound();
    return receipt;
  }
  return {
    receipt: async ({ params }) => await withProof(parts, await find(params.receiptId)),
    /** Streamed from reading the raw file again: the receipt keeps only the first problems. */
    async receiptErrors({ params, response }) {
      const receipt = await find(params.receiptId);
      const feed = await readFeed(redis, receipt.agreementId, receipt.feedId);
      if (receipt.condensed !== undefined)
        throw new AppError(
          "not-found",
          "The file was erased when its time was over; its refused rows went with it.",
          "Ask the provider for it.",
        );
      if (!(await rawFiles.has(receipt))) throw new Error(`the raw file of receipt ${receipt.id} is missing`);
      response.setHeader("Content-Type", "text/csv; charset=utf-8");
      response.setHeader("Content-Disposition", `attachment; filename="${safeFilename(receipt.id)}-errors.csv"`);
      await pipeline(
        Readable.from(errorsCsv(feed, rawFiles.open(receipt), { handedInMs: receipt.acceptedAtMs, table: readTableApart })),
        response,
      ).catch(unlessReaderLeft);
    },
  };
}
