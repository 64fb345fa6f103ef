import ssh2 from "ssh2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { PULL_NOW_MS, type PullStage, rowOf, startPullStage } from "../support/pull-stage.ts";
import { type SftpPeer, startSftpPeer } from "../support/sftp-peer.ts";

let stage: PullStage;
let peer: SftpPeer;
const key = ssh2.utils.generateKeyPairSync("ed25519");
const PASSWORD = "CANARY-SFTP-PASSWORD";

beforeAll(async () => {
  stage = await startPullStage({ connectMs: 3000, totalMs: 3000, maxBytes: 100_000 });
  peer = await startSftpPeer(PASSWORD, key.public);
  for (const day of [18, 19, 20]) put(`export-${day}.csv`, rowOf(day - 10, day), day);
  put("export-21.csv.part", "unfinished", 21);
  put(".export-22.csv", "hidden", 22);
  put("other.txt", "not meant", 23);
});
afterAll(async () => {
  await peer.close();
  await stage.worker.stop();
});

function put(name: string, body: string, day: number): void {
  peer.files.set(name, { body, changedMs: Date.UTC(2026, 10, day) });
}

type SftpSource = Extract<PullSource, { kind: "sftp" }>;
function source(overrides: Partial<SftpSource> = {}): SftpSource {
  const place = { kind: "sftp", host: "127.0.0.1", port: peer.port, user: "agent", auth: "password" } as const;
  return { ...place, folder: "out", pattern: "export-*.csv", take: "all-new", hostKey: peer.hostKey, ...overrides };
}

describe("a feed fetched by SFTP", () => {
  it("shows the host key for confirmation first, and sends the host nothing before", async () => {
    await stage.set(source({ hostKey: null }), PASSWORD);
    const state = await stage.run();
    expect(state).toMatchObject({ state: "unconfirmed", failuresInRow: 0, retryAtMs: null, offeredHostKey: peer.hostKey });
    expect(state.runs[0]?.message).toBe(`127.0.0.1 shows the host key ${peer.hostKey}.`);
    expect(peer.authentications()).toBe(0);
  });

  it("takes in every new file that the pattern means, oldest first, once the key is confirmed with the stored secret", async () => {
    await stage.set(source());
    expect(await stage.run()).toMatchObject({ state: "well", runs: [{ result: "fetched", files: 3 }, {}] });
    const names = (await latestReceipts(stage.worker.redis, "north", 10)).map(({ filename }) => filename);
    expect(names).toEqual(["export-20.csv", "export-19.csv", "export-18.csv"]);
  });

  it("fetches again only what changed, and nothing when nothing did", async () => {
    expect((await stage.run()).runs[0]).toMatchObject({ result: "unchanged", files: 0 });
    put("export-19.csv", rowOf(9, 99), 21);
    expect((await stage.run()).runs[0]).toMatchObject({ result: "fetched", files: 1 });
    expect((await latestReceipts(stage.worker.redis, "north", 1))[0]).toMatchObject({ filename: "export-19.csv", counts: { restated: 1 } });
  });

  it("takes the newest file alone where that is asked for", async () => {
    await stage.set(source({ take: "newest" }));
    put("export-25.csv", rowOf(15, 25), 25);
    put("export-24.csv", rowOf(14, 24), 24);
    expect((await stage.run()).runs[0]).toMatchObject({ result: "fetched", files: 1 });
    expect((await latestReceipts(stage.worker.redis, "north", 1))[0]?.filename).toBe("export-25.csv");
    peer.files.delete("export-24.csv");
  });

  it("signs in with a private key", async () => {
    await stage.set(source({ auth: "private-key" }), key.private);
    expect(await stage.run()).toMatchObject({ state: "well" });
  });

  it("does not speak with a host that shows another key than the confirmed one", async () => {
    await stage.set(source({ hostKey: `SHA256:${"A".repeat(43)}` }), PASSWORD);
    const before = peer.authentications();
    const state = await stage.run();
    expect(state).toMatchObject({ state: "unconfirmed", offeredHostKey: peer.hostKey });
    expect(state.runs[0]?.remedy).toMatch(/^Somebody may stand in between/u);
    expect(peer.authentications()).toBe(before);
  });

  it.each([
    ["a wrong password", {}, "wrong", /does not accept the user or its password\. Give the right one/u],
    ["a key that is none", { auth: "private-key" }, "no key", /The private key cannot be read\. Give it as text/u],
    ["a folder that is not there", { folder: "in" }, PASSWORD, /has no folder "in"/u],
  ] as const)("tells %s in words", async (_, overrides, secret, words) => {
    await stage.set(source(overrides), secret);
    const state = await stage.run();
    expect(state.state).toBe("troubled");
    expect(`${state.runs[0]?.message} ${state.runs[0]?.remedy}`).toMatch(words);
    expect(JSON.stringify(state)).not.toContain(secret);
  });

  it("takes no file that is still being written, and tries again", async () => {
    put("export-26.csv", rowOf(16, 26), 26);
    peer.sizeError = -5;
    await stage.set(source(), PASSWORD);
    const state = await stage.run();
    expect(state).toMatchObject({
      state: "troubled",
      runs: [{ message: expect.stringMatching(/changed while it was read/u) }, ...state.runs.slice(1)],
    });
    expect(state.retryAtMs).toBeGreaterThan(PULL_NOW_MS);
    peer.sizeError = 0;
    expect((await stage.run()).runs[0]).toMatchObject({ result: "fetched", files: 1 });
  });

  it("is told when the server is away", async () => {
    await stage.set(source({ port: 9 }), PASSWORD);
    expect((await stage.run()).runs[0]?.message).toBe("127.0.0.1 does not accept connections at port 9.");
  });
});
