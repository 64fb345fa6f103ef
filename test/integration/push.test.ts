import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { push } from "../../server/cli/push.ts";
import { pushFile, measure } from "../../server/cli/push-file.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { openOutbound } from "../../shared/store/outbound/outbound.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { pino } from "pino";
import { rowOf } from "../support/pull-stage.ts";
import { FEED_HEADER } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestKey, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

let server: TestServer;
let secret = "";
let folder = "";
let count = 100;
const lines: string[] = [];

beforeAll(async () => {
  server = await startServer({
    hint: async (agreementId) => {
      const { redis, rawFiles, redisServer, stateDir } = server;
      const keyRing = await KeyRing.open(stateDir);
      const parts = {
        target: redisServer.target,
        redis,
        rawFiles,
        keyRing,
        outbound: openOutbound(""),
        clock: Date.now,
        owner: "push",
        stateDir,
      };
      await drive({ ...parts, logger: pino({ level: "silent" }) }, agreementId);
    },
  });
  await setStage(server);
  secret = (await addTestKey(server, "north", ["north.calls"])).secret;
});
afterAll(() => server.stop());
beforeEach(async () => {
  if (folder !== "") await rm(folder, { recursive: true, force: true });
  folder = await mkdtemp(path.join(tmpdir(), "accord-push-"));
  lines.length = 0;
});

const receipts = async () => (await latestReceipts(server.redis, "north", 100)).length;

async function run(args: string[], env: Record<string, string> = { ACCORD_KEY: secret }, signal?: AbortSignal): Promise<number> {
  const print = (line: string) => void lines.push(line);
  return await push({ args: ["--feed", "north.calls", "--url", server.url, ...args], env, now: 0, print, ...(signal ? { signal } : {}) });
}

/** A file with one row that nobody handed in before. */
async function fresh(name: string): Promise<string> {
  count += 1;
  const file = path.join(folder, name);
  await writeFile(file, rowOf(count % 24, count));
  return file;
}

describe("accord push", () => {
  it("hands files in, waits until they are applied, and says what counted", async () => {
    const [a, b] = [await fresh("a.csv"), await fresh("b.csv")];
    expect(await run([a, b, "--wait"])).toBe(0);
    expect(lines.filter((line) => line.endsWith("applied: 1 rows, 1 applied, 0 refused, 0 duplicate, 0 warnings"))).toHaveLength(2);
  });

  it("repeated does no harm, under whatever name the bytes come", async () => {
    const a = await fresh("a.csv");
    await run([a]);
    const before = await receipts();
    await writeFile(path.join(folder, "renamed.csv"), await readFile(a));
    expect(await run([a, path.join(folder, "renamed.csv"), "--wait"])).toBe(0);
    expect(lines.filter((line) => line.includes("is here already as"))).toHaveLength(2);
    expect(await receipts()).toBe(before);
  });

  it("with refused rows exits with 1, names the first problems and keeps errors.csv", async () => {
    const file = path.join(folder, "bad.csv");
    await writeFile(file, `${FEED_HEADER}2026-11-19,08:00,1,1,0,1\n2026-11-19,08:15,one,1,0,1\n`);
    expect(await run([file, "--wait", "--errors", folder])).toBe(1);
    expect(lines.some((line) => /^ {2}line 3, offered "one": .+\. .+/u.test(line))).toBe(true);
    const [saved] = (await readdir(folder)).filter((name) => name.endsWith("-errors.csv"));
    expect(await readFile(path.join(folder, saved ?? ""), "utf8")).toContain("one");
  });

  it("with a file that is refused as a whole exits with 2", async () => {
    const file = path.join(folder, "other.csv");
    await writeFile(file, "not;this;file\n1;2;3\n");
    expect(await run([file, "--wait"])).toBe(2);
  });

  it("with a key that is not for the feed exits with 2 at once, in the server's words", async () => {
    const foreign = (await addTestKey(server, "south", ["south.calls"])).secret;
    expect(await run([await fresh("a.csv")], { ACCORD_KEY: foreign })).toBe(2);
    expect(lines[0]).toBe("a.csv: There is nothing here, or it is not yours to see. Check the address and who you are signed in as.");
  });

  it("keeps each receipt as it was answered, for the day on which somebody denies it", async () => {
    const kept = path.join(folder, "receipts");
    await run([await fresh("a.csv"), "--receipts", kept]);
    const [name = ""] = await readdir(kept);
    const text = await readFile(path.join(kept, name), "utf8");
    expect(name).toMatch(/^north\.r\d+\.json$/u);
    expect(text).toContain('"checkpoint"');
  });

  it("reads the key from a file, and never shows it", async () => {
    await writeFile(path.join(folder, "accord.key"), `${secret}\n`);
    expect(await run([await fresh("a.csv"), "--key-file", path.join(folder, "accord.key")], {})).toBe(0);
    expect(lines.join("\n")).not.toContain(secret);
    expect(server.logs.join("\n")).not.toContain(secret);
  });

  it.each([
    ["no key", [], {}, /There is no key\. Set ACCORD_KEY/u],
    ["a key over plain HTTP to elsewhere", ["--url", "http://accord.example"], null, /The key would travel readable/u],
    ["a password in the address", ["--url", "https://a:b@accord.example"], null, /Take the user name and password out/u],
    ["a feed without its agreement", ["--feed", "calls"], null, /Name the feed as the Feeds page does/u],
  ])("refuses %s and says what to write", async (_, args, env, words) => {
    await expect(run([await fresh("a.csv"), ...args], env ?? { ACCORD_KEY: secret })).rejects.toThrow(words);
  });

  it("tries again later and later while the server is busy or away, and heeds how long it asks to wait", async () => {
    const statuses = [503, 429, 507, 202];
    const seen: (string | undefined)[] = [];
    const target = { url: server.url, feed: "north.calls", key: secret };
    const file = await measure(await fresh("a.csv"));
    const answer = await (await fetch(`${server.url}/healthz`)).text();
    const busy = createServer((request, response) => {
      seen.push(String(request.headers["idempotency-key"]));
      request
        .resume()
        .once("end", () =>
          response.writeHead(statuses[seen.length - 1] ?? 500, seen.length === 2 ? { "Retry-After": "7" } : {}).end(answer),
        );
    }).listen(0, "127.0.0.1");
    await once(busy, "listening");
    const address = busy.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const waits: number[] = [];
    const pause = async (ms: number): Promise<void> => void waits.push(ms);
    const quiet = { pause, progress: () => undefined };
    await pushFile({ ...target, url: `http://127.0.0.1:${port}` }, file, quiet);
    expect(waits.slice(0, 3)).toEqual([1000, 7000, 4000]);
    expect(new Set(seen).size).toBe(1);
    busy.closeAllConnections();
    busy.close();
    await once(busy, "close");
    waits.length = 0;
    expect(await pushFile({ ...target, url: `http://127.0.0.1:${port}` }, file, quiet)).toMatchObject({ kind: "later" });
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });
});

describe("accord push --watch", () => {
  async function watching(args: string[], work: () => Promise<void>): Promise<void> {
    const stop = new AbortController();
    const running = run(["--watch", folder, "--every", "0.02", ...args], undefined, stop.signal);
    try {
      await work();
    } finally {
      stop.abort();
      expect(await running).toBe(0);
    }
  }
  const accepted = () => lines.filter((line) => line.includes("accepted as")).length;

  it("hands in each file once it has stopped growing, and none that is hidden or still being written", async () => {
    await writeFile(path.join(folder, ".hidden.csv"), "x");
    await writeFile(path.join(folder, "half.csv.part"), "x");
    await writeFile(path.join(folder, "empty.csv"), "");
    const before = await receipts();
    await watching([], async () => {
      await fresh("a.csv");
      await until(() => accepted() === 1, "the first file");
      const growing = await fresh("b.csv");
      for (let i = 0; i < 5; i++) await appendFile(growing, rowOf(i, 500 + i).split("\n")[1] + "\n");
      await until(() => accepted() === 2, "the second file");
    });
    expect(await receipts()).toBe(before + 2);
    expect(await readdir(path.join(folder, ".accord-receipts"))).toHaveLength(2);
    expect((await latestReceipts(server.redis, "north", 1))[0]?.bytes).toBe((await readFile(path.join(folder, "b.csv"))).length);
  });

  it("remembers over a restart what it has handed in, also under another name", async () => {
    const a = await fresh("a.csv");
    await watching([], () => until(() => accepted() === 1, "the file"));
    const before = await receipts();
    await writeFile(path.join(folder, "copy.csv"), await readFile(a));
    await watching([], () => until(() => lines.some((line) => line.startsWith("copy.csv: handed in before as north.r")), "the copy"));
    expect(accepted()).toBe(1);
    expect(await receipts()).toBe(before);
  });

  it("moves what is handed in out of the way, over nothing that lies there", async () => {
    const done = path.join(folder, "done");
    await watching(["--done", done], async () => {
      await fresh("a.csv");
      await until(async () => (await readdir(done).catch(() => [])).length === 1, "the first file to be moved");
      await fresh("a.csv");
      await until(async () => (await readdir(done)).length === 2, "the second file to be moved");
    });
    expect((await readdir(done)).toSorted()[0]).toMatch(/^a-[0-9a-f]{12}\.csv$/u);
    expect((await readdir(folder)).filter((name) => name.endsWith(".csv"))).toEqual([]);
  });

  it("tells a refused file once, and takes it again when it is mended", async () => {
    const file = path.join(folder, "a.csv");
    await writeFile(file, "not;this;file\n");
    await watching(["--wait"], async () => {
      await until(() => lines.some((line) => line.includes("rejected: ")), "the refusal");
      await writeFile(file, rowOf(7, 777));
      await until(() => lines.some((line) => line.includes("applied: 1 rows")), "the mended file");
    });
    expect(lines.filter((line) => line.includes("rejected: "))).toHaveLength(1);
  });
});
