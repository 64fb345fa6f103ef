import type { z } from "zod";
import { z as zod } from "zod";
import {
  BUNDLE,
  type BundleAbout,
  ENTRIES_PER_PART,
  type BundleFeeds,
  type BundleForecasts,
  type BundlePeople,
  type BundleVersions,
} from "../../shared/ledger/bundle.ts";
import { tarEnd, tarHeader, tarPadding } from "../../shared/ledger/tar.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { receiptId } from "../../shared/protocol/receipt.ts";
import { readAllAgentNames } from "../../shared/store/agent-names.ts";
import { readFeeds } from "../../shared/store/agreements.ts";
import { checkpointOf, rawPublicKey, readCheckpoints } from "../../shared/store/checkpoints.ts";
import { readClaims } from "../../shared/store/claims.ts";
import { readForecasts } from "../../shared/store/forecasts.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readLedgerItems, readLedgerTree } from "../../shared/store/ledger-tree.ts";
import { readReceipt } from "../../shared/store/receipts.ts";
import { readStoredVersions } from "../../shared/store/stored-version.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import type { ServerParts } from "../parts.ts";

type Parts = Pick<ServerParts, "redis" | "keyRing" | "rawFiles">;
type Json<T extends z.ZodType> = z.infer<T>;

function* small(name: string, text: string): Generator<Uint8Array> {
  const bytes = Buffer.from(text, "utf8");
  yield tarHeader({ name, bytes: bytes.length });
  yield bytes;
  yield tarPadding(bytes.length);
}

function lineOf(item: Buffer): string {
  return `${item.subarray(0, 32).toString("hex")} ${item.subarray(32).toString("utf8")}\n`;
}

async function* entryFiles({ redis }: Parts, agreementId: string, size: number): AsyncGenerator<Uint8Array> {
  for (let part = 0; part * ENTRIES_PER_PART < size; part++) {
    const from = part * ENTRIES_PER_PART;
    const items = await readLedgerItems(redis, agreementId, from, Math.min(ENTRIES_PER_PART, size - from));
    yield* small(BUNDLE.entries(part), items.map(lineOf).join(""));
  }
}

async function* documentFiles({ redis }: Parts, agreementId: string): AsyncGenerator<Uint8Array> {
  const [versions, feeds, texts, claims, forecasts] = await Promise.all([
    readStoredVersions(redis, agreementId),
    readFeeds(redis, agreementId),
    redis.hget(agreementKeys(agreementId).doc, "feed-texts"),
    readClaims(redis, agreementId),
    readForecasts(redis, agreementId),
  ]);
  const feedTexts = texts === null ? [] : zod.array(zod.string()).parse(JSON.parse(texts));
  const documents: Json<typeof BundleVersions> = versions.map(({ version, text }) => ({ version, text }));
  const defined: Json<typeof BundleFeeds> = (feeds ?? []).map((feed, i) => ({ feed: feed.id, text: feedTexts[i] ?? JSON.stringify(feed) }));
  const foretold: Json<typeof BundleForecasts> = [...forecasts];
  yield* small(BUNDLE.versions, JSON.stringify(documents));
  yield* small(BUNDLE.feeds, JSON.stringify(defined));
  yield* small(BUNDLE.claims, JSON.stringify(claims));
  yield* small(BUNDLE.forecasts, JSON.stringify(foretold));
}

async function* rawFile({ rawFiles }: Parts, receipt: Receipt): AsyncGenerator<Uint8Array> {
  if (!(await rawFiles.has(receipt))) return;
  if (receipt.condensed !== undefined) {
    // Their length stands nowhere, and an archive says it first.
    let bytes = 0;
    for await (const piece of rawFiles.open(receipt)) bytes += piece.length;
    yield tarHeader({ name: BUNDLE.rows(receipt.condensed.sha256), bytes });
    yield* rawFiles.open(receipt);
    yield tarPadding(bytes);
    return;
  }
  const bytes = await rawFiles.reader(receipt);
  yield tarHeader({ name: BUNDLE.raw(receipt.sha256), bytes: receipt.bytes });
  yield* bytes();
  yield tarPadding(receipt.bytes);
}

/** Only who holds a file with the name can tell whom a pseudonym means; who is forgotten is not among them. */
async function* peopleFile({ redis, keyRing }: Parts, agreementId: string): AsyncGenerator<Uint8Array> {
  const names = await readAllAgentNames(redis, keyRing, agreementId);
  const people: Json<typeof BundlePeople> = [...names].map(([pseudonym, name]) => ({
    nameSha256: sha256Hex(name.normalize("NFC")),
    pseudonym,
  }));
  yield* small(BUNDLE.people, JSON.stringify(people));
}

/**
 * Everything that a party needs to check an agreement's record without Accord, as a tar archive in pieces: entries and
 * signed checkpoints up to the present one, the documents whose hashes stand in them, and the files as they were handed in.
 */
export async function* bundleOf(parts: Parts, agreementId: string): AsyncGenerator<Uint8Array> {
  const { redis, keyRing } = parts;
  // The size is fixed first: what is read later may know more than the entries, never less.
  const { tree, accepted } = await readLedgerTree(redis, agreementId);
  const [size, receipts] = [tree.size, [...accepted.keys()].toSorted((a, b) => a - b)];
  const kept = (await readCheckpoints(redis, agreementId)).filter((checkpoint) => checkpoint.size <= size).map(({ note }) => note);
  const about: Json<typeof BundleAbout> = {
    accord: "record/1",
    agreement: agreementId,
    entries: size,
    publicKeys: [...keyRing.former.map(({ publicKey }) => publicKey), rawPublicKey(keyRing).toBase64()],
    certificates: keyRing.former.map(({ certificate }) => certificate),
  };
  yield* small(BUNDLE.about, JSON.stringify(about));
  yield* small(BUNDLE.checkpoints, JSON.stringify([...kept, checkpointOf(keyRing, agreementId, tree, size)]));
  yield* documentFiles(parts, agreementId);
  yield* peopleFile(parts, agreementId);
  yield* entryFiles(parts, agreementId, size);
  const sent = new Set<string>();
  for (const number of receipts) {
    const receipt = await readReceipt(redis, receiptId(agreementId, number));
    const name = receipt?.condensed === undefined ? receipt?.sha256 : `rows ${receipt.condensed.sha256}`;
    if (receipt === null || name === undefined || sent.has(name)) continue;
    sent.add(name);
    yield* rawFile(parts, receipt);
  }
  yield tarEnd();
}
