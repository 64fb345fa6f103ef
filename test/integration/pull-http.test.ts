import { createServer } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { parseAllowList } from "../../shared/store/outbound/allow-list.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { FEED, type PullStage, rowOf, startPullStage } from "../support/pull-stage.ts";
import { type HttpPeer, startHttpPeer } from "../support/pull-peers.ts";
import { selfSigned } from "../support/self-signed.ts";
import { runPull } from "../../workers/pull/run-pull.ts";

let stage: PullStage;
let peer: HttpPeer;
let files = 0;

beforeAll(async () => {
  stage = await startPullStage({ connectMs: 1000, totalMs: 1000, maxBytes: 100_000 });
  peer = await startHttpPeer();
});
afterAll(async () => {
  await peer.close();
  await stage.worker.stop();
});
beforeEach(() => set({ kind: "none" }));

type Auth = Extract<PullSource, { kind: "http" }>["auth"];

async function set(auth: Auth, secret?: string, path = `/exports/day-${++files}.csv`): Promise<void> {
  await stage.set({ kind: "http", url: peer.url + path, auth }, secret);
}

/** Bytes that nobody has handed in before. */
function fresh(): string {
  files += 1;
  return rowOf(files % 24, files);
}

async function receipts() {
  return await latestReceipts(stage.worker.redis, "north", 50);
}

async function told(): Promise<string> {
  const { runs, state } = await stage.run();
  return `${state}: ${runs[0]?.result} ${runs[0]?.message} ${runs[0]?.remedy}`.trim();
}

describe("a feed fetched by HTTP", () => {
  it("becomes a receipt like an upload, applied and named after the host it came from", async () => {
    const body = fresh();
    peer.answer = (_, response) => void response.writeHead(200, { "Content-Type": "text/csv" }).end(body);
    expect(await stage.run()).toMatchObject({
      state: "well",
      failuresInRow: 0,
      runs: [{ result: "fetched", files: 1, bytes: body.length }],
    });
    const [receipt] = await receipts();
    expect(receipt).toMatchObject({ state: "applied", bytes: body.length, acceptedFrom: "Fetched from 127.0.0.1", counts: { applied: 1 } });
    expect(receipt?.filename).toMatch(/^day-\d+\.csv$/u);
    const ledger = await stage.worker.redis.lrange(agreementKeys("north").ledger, 0, -1);
    expect(ledger.some((entry) => entry.includes(`pull:${FEED}`))).toBe(true);
  });

  it("is asked for with its ETag and date, and unchanged bytes make no new receipt", async () => {
    const body = fresh();
    peer.answer = (request, response) => {
      const known = request.headers["if-none-match"] === '"v1"';
      response.writeHead(known ? 304 : 200, { ETag: '"v1"', "Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT" }).end(known ? "" : body);
    };
    await stage.run();
    const before = (await receipts()).length;
    expect((await stage.run()).runs[0]).toMatchObject({ result: "unchanged", files: 0 });
    expect(peer.asked.at(-1)?.headers).toMatchObject({ "if-none-match": '"v1"', "if-modified-since": "Fri, 20 Nov 2026 10:00:00 GMT" });
    expect((await receipts()).length).toBe(before);
  });

  it("with the same bytes under a new ETag makes no new receipt either", async () => {
    const body = fresh();
    let version = 0;
    peer.answer = (_, response) => void response.writeHead(200, { ETag: `"v${++version}"` }).end(body);
    await stage.run();
    const before = (await receipts()).length;
    expect((await stage.run()).runs[0]).toMatchObject({ result: "unchanged" });
    expect((await receipts()).length).toBe(before);
  });

  it("that keeps one ETag for ever is trusted about it and stays unchanged", async () => {
    peer.answer = (request, response) =>
      void response.writeHead(request.headers["if-none-match"] ? 304 : 200, { ETag: '"x"' }).end(fresh());
    await stage.run();
    for (let i = 0; i < 3; i++) expect((await stage.run()).runs[0]?.result).toBe("unchanged");
  });

  it("is asked for with a bearer token, basic credentials or a header of its own", async () => {
    peer.answer = (_, response) => void response.writeHead(200).end(fresh());
    await set({ kind: "bearer" }, "tok");
    await stage.run();
    expect(peer.asked.at(-1)?.headers.authorization).toBe("Bearer tok");
    await set({ kind: "basic", user: "ann" }, "pa:ss");
    await stage.run();
    expect(peer.asked.at(-1)?.headers.authorization).toBe(`Basic ${btoa("ann:pa:ss")}`);
    await set({ kind: "header", name: "X-Token" }, "abc");
    await stage.run();
    expect(peer.asked.at(-1)?.headers["x-token"]).toBe("abc");
  });

  it("may be packed by the server, and the plain bytes are what is kept", async () => {
    const body = fresh();
    peer.answer = (_, response) => void response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(body));
    await stage.run();
    expect((await receipts())[0]).toMatchObject({ bytes: body.length, state: "applied" });
  });

  it("follows three redirects and takes the credentials to no other host", async () => {
    const other = await startHttpPeer();
    const body = fresh();
    other.answer = (_, response) => void response.writeHead(200).end(body);
    peer.answer = (request, response) => {
      const hop = Number(new URL(request.url ?? "", peer.url).searchParams.get("hop") ?? "0");
      response.writeHead(302, { Location: hop < 2 ? `?hop=${hop + 1}` : `${other.url}/file.csv` }).end();
    };
    await set({ kind: "bearer" }, "tok");
    expect(await stage.run()).toMatchObject({ state: "well" });
    expect(peer.asked.slice(-3).map(({ headers }) => headers.authorization)).toEqual(["Bearer tok", "Bearer tok", "Bearer tok"]);
    expect(other.asked.at(-1)?.headers.authorization).toBeUndefined();
    await other.close();
  });
});

describe("a feed fetched by HTTPS", () => {
  const NAME = "files.partner.example";
  const defaults = getCACertificates("default");
  afterEach(() => setDefaultCACertificates(defaults));

  /** Fetches from a server of that certificate under a name that leads to this machine. */
  async function fetchUnder(
    name: string,
    certificate: ReturnType<typeof selfSigned>,
  ): Promise<{ words: string; asked: number; servername: unknown }> {
    setDefaultCACertificates([...defaults, certificate.cert]);
    let servername: unknown = null;
    const tls = await startHttpPeer((listener) =>
      createServer(certificate, listener).on("secureConnection", (socket) => (servername = socket.servername)),
    );
    tls.answer = (_, response) => void response.writeHead(200).end(fresh());
    await stage.set({ kind: "http", url: `https://${name}:${tls.port}/export.csv`, auth: { kind: "bearer" } }, "tok");
    const outbound = { ...stage.parts.outbound, allow: parseAllowList(NAME + ",other.example"), resolve: async () => ["127.0.0.1"] };
    await runPull({ ...stage.parts, outbound }, FEED);
    await tls.close();
    const { runs, state } = await stage.state();
    return { words: `${state}: ${runs[0]?.message} ${runs[0]?.remedy}`, asked: tls.asked.length, servername };
  }

  it("is asked for at the vetted address under its own name, which the certificate must have", async () => {
    const certificate = selfSigned({ name: NAME });
    expect(await fetchUnder(NAME, certificate)).toMatchObject({
      words: expect.stringMatching(/^well: One new file/u),
      asked: 1,
      servername: NAME,
    });
  });

  it.each([
    ["is for another name", "other.example", selfSigned({ name: NAME }), /cannot be trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/u],
    ["has run out", NAME, selfSigned({ name: NAME, until: "250101000000Z" }), /cannot be trusted \(CERT_HAS_EXPIRED\)/u],
  ])("sends nothing when the certificate %s", async (_, name, certificate, words) => {
    const { words: told, asked } = await fetchUnder(name, certificate);
    expect(told).toMatch(words);
    expect(told).toMatch(/Renew the server's certificate/u);
    expect(asked).toBe(0);
  });

  it("sends nothing when nobody vouches for the certificate", async () => {
    const tls = await startHttpPeer((listener) => createServer(selfSigned({ name: "127.0.0.1" }), listener));
    await stage.set({ kind: "http", url: `https://127.0.0.1:${tls.port}/export.csv`, auth: { kind: "bearer" } }, "tok");
    expect(await told()).toMatch(/cannot be trusted .* Renew the server's certificate/u);
    expect(tls.asked).toEqual([]);
    await tls.close();
  });
});

describe("a server that fails", () => {
  const gzip = { "Content-Encoding": "gzip" };
  it.each([
    ["redirects for ever", 301, { Location: "?again" }, "", /redirects again and again/u],
    ["has an error", 500, {}, "", /answered 500\. .*tried again/u],
    ["is busy", 429, {}, "", /answered 429\. .*tried again/u],
    ["refuses the credentials", 401, {}, "secret text of the server", /does not accept the credentials \(401\)\. Give the right/u],
    ["has nothing there", 404, {}, "", /has nothing there \(404\)/u],
    ["sends a page to sign in at", 200, { "Content-Type": "text/html; charset=utf-8" }, "<html>", /sent a web page instead of a file/u],
    ["sends half a packed file", 200, gzip, gzipSync("a".repeat(50_000)).subarray(0, 40), /broke the answer off/u],
    ["sends what is not packed at all", 200, gzip, "date,time", /broke the answer off/u],
    ["sends a packed bomb", 200, gzip, gzipSync(Buffer.alloc(5_000_000)), /Offer smaller files/u],
    ["packs by something else", 200, { "Content-Encoding": "zstd" }, "x", /packed as zstd/u],
    ["sends too much", 200, {}, "x".repeat(100_001), /Offer smaller files/u],
    ["promises more than it sends", 200, { "Content-Length": "5000" }, "date", /broke the answer off/u],
  ])("and %s is told in words, without a receipt", async (_, status, headers, body, words) => {
    peer.answer = (_request, response) => {
      response.writeHead(status, { ...headers }).write(body === "" ? " " : body);
      if ("Content-Length" in headers) setImmediate(() => response.destroy());
      else response.end();
    };
    const before = (await receipts()).length;
    const words1 = await told();
    expect(words1).toMatch(/^troubled: failed /u);
    expect(words1).toMatch(words);
    expect(words1).not.toContain("secret text of the server");
    expect((await receipts()).length).toBe(before);
  });

  it("sends for ever, and is cut off at the limit of time", async () => {
    peer.answer = (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 50);
      response.once("close", () => clearInterval(drip));
    };
    expect(await told()).toMatch(/did not send everything in time\. .*tried again/u);
  });

  it("never answers, and is cut off as well", async () => {
    peer.answer = () => undefined;
    expect(await told()).toMatch(/did not send everything in time/u);
  });

  it("does not listen, and that is told without anything of the network", async () => {
    await stage.set({ kind: "http", url: "http://127.0.0.1:9/export.csv", auth: { kind: "none" } });
    expect(await told()).toBe(
      "troubled: failed 127.0.0.1 does not accept connections at port 9. Check host and port, and whether a firewall lets Accord in.",
    );
  });

  it("is tried again later and later, at most five times, and counts as failing after the third", async () => {
    peer.answer = (_, response) => void response.writeHead(503).end();
    const waits: (number | null)[] = [];
    const states: string[] = [];
    for (let i = 0; i < 7; i++) {
      const { state, retryAtMs, lastRunAtMs } = await stage.run();
      states.push(state);
      waits.push(retryAtMs === null ? null : (retryAtMs - (lastRunAtMs ?? 0)) / 60_000);
    }
    expect(states).toEqual(["troubled", "troubled", "failing", "failing", "failing", "failing", "failing"]);
    expect(waits).toEqual([1, 2, 4, 8, 16, null, null]);
    peer.answer = (_, response) => void response.writeHead(200).end(fresh());
    expect(await stage.run()).toMatchObject({ state: "well", failuresInRow: 0, retryAtMs: null });
  });

  it("is not asked again soon when only the provider can mend it", async () => {
    peer.answer = (_, response) => void response.writeHead(401).end();
    expect(await stage.run()).toMatchObject({ state: "troubled", retryAtMs: null });
  });
});
