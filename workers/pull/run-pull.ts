import { toError } from "../../shared/protocol/errors.ts";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { agreementOf } from "../../shared/protocol/receipt.ts";
import { PullAttempt, type PullOutcome } from "../../shared/store/pull-runs.ts";
import { localFeed, openSecret } from "../../shared/store/pulls.ts";
import { acceptReceipt } from "../../shared/store/receipts.ts";
import { drive } from "../ingest/drive.ts";
import type { WorkerParts } from "../parts.ts";
import { fetchHttp } from "./fetch-http.ts";
import { fetchS3 } from "./fetch-s3.ts";
import { fetchSftp } from "./fetch-sftp.ts";
import { toPullFailure } from "./pull-failure.ts";
import type { Fetching, RemoteFile } from "./remote-file.ts";

function hostOf(source: PullSource): string {
  if (source.kind === "sftp") return source.host;
  return new URL(source.kind === "http" ? source.url : source.endpoint).hostname;
}

function remoteFiles(source: PullSource, fetching: Fetching): AsyncGenerator<RemoteFile> {
  switch (source.kind) {
    case "http":
      return fetchHttp(source, fetching);
    case "sftp":
      return fetchSftp(source, fetching);
    case "s3":
      return fetchS3(source, fetching);
  }
}

interface Taken {
  readonly receipts: string[];
  bytes: number;
}

/** The same road as an upload: bytes on disk, then the receipt; only then is the file remembered as fetched. */
async function takeIn(parts: WorkerParts, attempt: PullAttempt, file: RemoteFile, taken: Taken): Promise<void> {
  const { feedId, settings } = attempt.pull;
  const agreementId = agreementOf(feedId);
  const nowMs = parts.clock();
  const { maxBytes } = parts.outbound.limits;
  const received = await parts.rawFiles.receive(file.bytes, { agreementId, nowMs, maxBytes });
  const { receipt, created } = await acceptReceipt(parts.redis, {
    agreementId,
    feed: localFeed(feedId),
    ...received,
    filename: file.filename,
    idempotencyKey: `pull-${received.sha256}`,
    actor: `pull:${feedId}`,
    acceptedFrom: `Fetched from ${hostOf(settings.source)}`,
    nowMs,
  });
  await attempt.remember(file.id, file.mark);
  if (!created) return;
  taken.receipts.push(receipt.id);
  taken.bytes += received.bytes;
}

function told({ receipts, bytes }: Taken): PullOutcome {
  const files = receipts.length;
  const common = { remedy: "", files, bytes, receipts, temporary: false, offeredHostKey: null };
  if (files === 0) return { ...common, result: "unchanged", message: "Nothing new is there." };
  return { ...common, result: "fetched", message: files === 1 ? "One new file is fetched." : `${files} new files are fetched.` };
}

function failed(parts: WorkerParts, attempt: PullAttempt, thrown: unknown, { receipts, bytes }: Taken): PullOutcome {
  const failure = toPullFailure(thrown);
  const common = { files: receipts.length, bytes, receipts };
  if (failure !== null) {
    const { message, remedy, temporary, offeredHostKey } = failure;
    return { ...common, result: offeredHostKey === null ? "failed" : "unconfirmed", message, remedy, temporary, offeredHostKey };
  }
  parts.logger.error({ err: toError(thrown), feedId: attempt.pull.feedId }, "a pull failed by a fault of the program or of the store");
  const message = "Accord itself could not fetch.";
  return {
    ...common,
    result: "failed",
    message,
    remedy: "It is tried again; if it stays, tell the operator.",
    temporary: true,
    offeredHostKey: null,
  };
}

async function fetchAll(parts: WorkerParts, attempt: PullAttempt): Promise<PullOutcome> {
  const taken: Taken = { receipts: [], bytes: 0 };
  try {
    const secret = openSecret(parts.keyRing, attempt.pull);
    const fetching = { outbound: parts.outbound, secret, seen: await attempt.seen() };
    for await (const file of remoteFiles(attempt.pull.settings.source, fetching)) await takeIn(parts, attempt, file, taken);
    return told(taken);
  } catch (thrown) {
    return failed(parts, attempt, thrown, taken);
  }
}

/**
 * One attempt to fetch a feed. Idempotent: while another attempt runs it does nothing, and bytes that Accord has make no
 * new receipt, so that it may run twice, late or after a crash.
 */
export async function runPull(parts: WorkerParts, feedId: string): Promise<void> {
  const attempt = await PullAttempt.begin(parts.redis, feedId, parts.clock());
  if (attempt === null) return;
  const outcome = await fetchAll(parts, attempt);
  await attempt.end(outcome, parts.clock());
  const { result, message, files, bytes } = outcome;
  parts.logger.info({ event: "pulled", feedId, result, message, files, bytes });
  if (outcome.receipts.length > 0) await drive(parts, agreementOf(feedId));
}
