import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import type { Redis } from "ioredis";
import { readDocuments } from "../../server/documents/read-documents.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { putAgreement } from "../../shared/store/put-agreement.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { openOutbound } from "../../shared/store/outbound/outbound.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { acceptReceipt, readReceipt } from "../../shared/store/receipts.ts";
import { drive } from "../../workers/ingest/drive.ts";
import type { NotifyParts } from "../../workers/parts.ts";
import { startRedis, type TestRedis } from "./redis.ts";
import { ADMINISTRATOR, ON_PAPER } from "./sample-agreement.ts";

/** A worker on a Redis of its own with a clock that stands still until it is moved; no server, no queue. */
export interface WorkerStage {
  readonly redisServer: TestRedis;
  readonly redis: Redis;
  readonly parts: NotifyParts;
  readonly rawFiles: RawFiles;
  nowMs: number;
  /** Parts of one more worker on the same store. */
  anotherWorker(): NotifyParts;
  putAgreement(agreementFile: string, feedFiles: readonly string[]): Promise<void>;
  accept(agreementId: string, feed: string, bytes: AsyncIterable<Uint8Array>): Promise<Receipt>;
  settled(receiptId: string): Promise<Receipt>;
  /** Accepts and applies; returns the settled receipt. */
  handIn(agreementId: string, feed: string, content: string | Uint8Array | { file: string }): Promise<Receipt>;
  stop(): Promise<void>;
}

async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === "string" ? new TextEncoder().encode(content) : content;
}

export async function startWorkerStage(nowMs: number): Promise<WorkerStage> {
  const [redisServer, stateDir] = await Promise.all([startRedis(), mkdtemp(path.join(tmpdir(), "accord-state-"))]);
  const redis = redisServer.connect();
  const keyRing = await KeyRing.open(stateDir);
  const rawFiles = new RawFiles(stateDir, keyRing);
  const makeParts = (connection: Redis): NotifyParts => ({
    target: redisServer.target,
    redis: connection,
    rawFiles,
    keyRing,
    stateDir,
    outbound: openOutbound("127.0.0.1"),
    mail: null,
    publicUrl: "https://accord.test",
    clock: () => stage.nowMs,
    logger: pino({ level: "silent" }),
    owner: randomUUID(),
  });
  const stage: WorkerStage = {
    redisServer,
    redis,
    rawFiles,
    nowMs,
    get parts() {
      return parts;
    },
    anotherWorker: () => makeParts(redisServer.connect()),
    putAgreement: async (agreementFile, feedFiles) => {
      const texts = await Promise.all([agreementFile, ...feedFiles].map(async (name) => ({ name, text: await readFile(name, "utf8") })));
      const [agreementText, ...feedTexts] = texts;
      if (agreementText === undefined) throw new Error("name an agreement");
      const { agreement, feeds, problems } = readDocuments(agreementText, feedTexts);
      if (agreement === null) throw new Error(JSON.stringify(problems));
      await putAgreement(redis, {
        agreement,
        feeds,
        agreementText: agreementText.text,
        feedTexts: feedTexts.map(({ text }) => text),
        by: ADMINISTRATOR,
        signedOnPaper: ON_PAPER,
        nowMs: stage.nowMs,
      });
    },
    accept: async (agreementId, feed, bytes) => {
      const received = await rawFiles.receive(bytes, { agreementId, nowMs: stage.nowMs, maxBytes: 50_000_000 });
      const accepted = await acceptReceipt(redis, {
        agreementId,
        feed,
        ...received,
        filename: "file",
        idempotencyKey: randomUUID(),
        actor: "test",
        acceptedFrom: "test",
        nowMs: stage.nowMs,
      });
      return accepted.receipt;
    },
    handIn: async (agreementId, feed, content) => {
      const bytes = typeof content === "object" && "file" in content ? createReadStream(content.file) : once(content);
      const receipt = await stage.accept(agreementId, feed, bytes);
      await drive(parts, agreementId);
      return (await readReceipt(redis, receipt.id)) ?? receipt;
    },
    settled: async (receiptId) => {
      const receipt = await readReceipt(redis, receiptId);
      if (receipt === null) throw new Error(`no receipt ${receiptId}`);
      return receipt;
    },
    stop: async () => {
      await redisServer.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
  const parts = makeParts(redis);
  return stage;
}
