import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { type PullStage, rowOf, startPullStage } from "../support/pull-stage.ts";
import { type S3Peer, startS3Peer } from "../support/pull-peers.ts";

const SECRET = "CANARY-S3-SECRET";
const ACCOUNT = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET, region: "eu-central-1" };
let stage: PullStage;
let peer: S3Peer;

beforeAll(async () => {
  stage = await startPullStage();
  peer = await startS3Peer("exports", ACCOUNT);
});
afterAll(async () => {
  await peer.close();
  await stage.worker.stop();
});

function put(key: string, body: string, day: number): void {
  peer.objects.set(key, { body, changedMs: Date.UTC(2026, 10, day) });
}

type S3Source = Extract<PullSource, { kind: "s3" }>;
async function set(overrides: Partial<S3Source> = {}, secret?: string): Promise<void> {
  const { accessKeyId, region } = ACCOUNT;
  const place = { kind: "s3", endpoint: peer.endpoint, region, bucket: "exports", accessKeyId } as const;
  await stage.set({ ...place, prefix: "voice/", pattern: "*.csv", take: "all-new", ...overrides }, secret);
}

async function newest(count: number): Promise<string[]> {
  return (await latestReceipts(stage.worker.redis, "north", count)).map(({ filename }) => filename);
}

describe("a feed fetched from an S3-compatible store", () => {
  it("takes in every new object under the prefix, over several pages, with a signature that the store verifies", async () => {
    peer.pageSize = 2;
    for (const day of [11, 12, 13, 14]) put(`voice/day-${day}.csv`, rowOf(day, day), day);
    put("voice/über & größe (1)+2.csv", rowOf(15, 15), 15);
    put("voice/readme.txt", "no", 16);
    put("chat/day-11.csv", "no", 17);
    await set({}, SECRET);
    expect((await stage.run()).runs[0]).toMatchObject({ result: "fetched", files: 5 });
    expect(await newest(5)).toEqual(["über & größe (1)+2.csv", "day-14.csv", "day-13.csv", "day-12.csv", "day-11.csv"]);
    expect(peer.signatures.wrong).toBe(0);
    expect(peer.signatures.right).toBe(3 + 5);
  });

  it("lists and fetches nothing when no object changed, and one that changed once more", async () => {
    expect((await stage.run()).runs[0]).toMatchObject({ result: "unchanged" });
    put("voice/day-12.csv", rowOf(12, 120), 18);
    expect((await stage.run()).runs[0]).toMatchObject({ result: "fetched", files: 1 });
    expect(await newest(1)).toEqual(["day-12.csv"]);
  });

  it("takes the newest object alone where that is asked for", async () => {
    put("voice/day-20.csv", rowOf(20, 20), 20);
    put("voice/day-19.csv", rowOf(19, 19), 19);
    await set({ take: "newest" });
    expect((await stage.run()).runs[0]).toMatchObject({ files: 1 });
    expect(await newest(1)).toEqual(["day-20.csv"]);
  });

  it("tells a wrong secret in words", async () => {
    await set({}, "WRONG");
    const [run] = (await stage.run()).runs;
    expect(run?.message).toBe("127.0.0.1 (bucket exports) does not accept the credentials (403).");
    expect(peer.signatures.wrong).toBe(1);
  });

  it("tells a bucket that is not there", async () => {
    await set({ bucket: "elsewhere" }, SECRET);
    expect((await stage.run()).runs[0]?.message).toMatch(/bucket elsewhere\) has nothing there \(404\)/u);
  });
});
