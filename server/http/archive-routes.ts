import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { BYTE_ORDER_MARK } from "../../shared/feeds/csv-out.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { EXPORTS, FEED_EXPORTS } from "../../shared/protocol/archive-routes.ts";
import { agreementOf, feedKey } from "../../shared/protocol/receipt.ts";
import { readAgreement, readListed, type StoredAgreement } from "../../shared/store/agreements.ts";
import { checkpointOf } from "../../shared/store/checkpoints.ts";
import { exportTable } from "../../shared/store/exports.ts";
import { exportCounters, exportFacts } from "../../shared/store/exports-facts.ts";
import { readLedgerTree } from "../../shared/store/ledger-tree.ts";
import { notFound } from "../access/decide.ts";
import { sightOf } from "../access/sight.ts";
import { exportDefinitionText } from "../documents/export-definition-text.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

function unlessReaderLeft(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE") return;
  throw error;
}

async function* marked(text: AsyncIterable<string>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK;
  yield* text;
}

/** What leaves Accord, as streams; each answer names the state of the ledger that it belongs to. */
export function archiveRoutes(parts: ServerParts): Pick<Handlers, "exports" | "feedExports"> {
  const { redis, keyRing, clock } = parts;

  async function send(response: Response, { agreementId, name, type }: Sent, text: AsyncIterable<string>): Promise<void> {
    const { tree } = await readLedgerTree(redis, agreementId);
    response.setHeader("Content-Type", `${type}; charset=utf-8`);
    response.setHeader("Content-Disposition", `attachment; filename="accord-${name}"`);
    response.setHeader("X-Accord-Checkpoint", Buffer.from(checkpointOf(keyRing, agreementId, tree)).toString("base64"));
    await pipeline(Readable.from(text), response).catch(unlessReaderLeft);
  }
  function textOf(what: (typeof FEED_EXPORTS)[number], stored: StoredAgreement, feed: FeedDefinition): AsyncIterable<string> {
    if (what === "definition.yaml") return Readable.from([exportDefinitionText(feed)]);
    const exported = { redis, stored, feed, nowMs: clock() };
    return marked(what === "facts.csv" ? exportFacts(exported) : exportCounters(exported));
  }

  return {
    async exports({ params, caller, response }) {
      const { agreementId } = params;
      const what = EXPORTS.find((one) => one === params.what);
      const listed = await readListed(redis, agreementId, clock());
      if (what === undefined || listed === null) throw notFound();
      const sharedOnly = sightOf(caller, agreementId) === "shared";
      const text = exportTable(redis, { agreementId, timeZone: listed.agreement.timeZone, what, sharedOnly });
      await send(response, { agreementId, name: `${agreementId}-${what}`, type: "text/csv" }, text);
    },
    async feedExports({ params, response }) {
      const agreementId = agreementOf(params.feedId);
      const what = FEED_EXPORTS.find((one) => one === params.what);
      const stored = await readAgreement(redis, agreementId, clock());
      const feed = stored?.feeds.find(({ id }) => feedKey(agreementId, id) === params.feedId);
      if (what === undefined || stored === null || feed === undefined) throw notFound();
      const type = what === "definition.yaml" ? "application/yaml" : "text/csv";
      await send(response, { agreementId, name: `${params.feedId}-${what}`, type }, textOf(what, stored, feed));
    },
  };
}

interface Sent {
  readonly agreementId: string;
  readonly name: string;
  readonly type: string;
}
