import { createHash, createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { rawStoreOf } from "../../shared/store/raw-s3-store.ts";

const SECRET = "a secret of the bucket";
const AT = { agreementId: "acme-voice", nowMs: Date.parse("2026-11-22T10:00:00Z"), maxBytes: 50_000_000 };
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const hex = (text: string): string => createHash("sha256").update(text).digest("hex");

/** AWS Signature Version 4 as its specification says, made anew from what arrived. */
function isSigned({ headers, method = "", url = "/" }: IncomingMessage): boolean {
  const [, date = "", region = "", names = "", signature] =
    /Credential=key\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/u.exec(
      headers.authorization ?? "",
    ) ?? [];
  const [pathname = "", query = ""] = url.split("?");
  const signedHeaders = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const sorted = query.split("&").toSorted().join("&");
  const canonical = [method, pathname, sorted, signedHeaders.join(""), names, headers["x-amz-content-sha256"]].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], `${date}/${region}/s3/aws4_request`, hex(canonical)].join("\n");
  const key = ["s3", "aws4_request"].reduce<Buffer>(hmac, hmac(hmac(`AWS4${SECRET}`, date), region));
  return hmac(key, text).toString("hex") === signature;
}

let stateDir = "";
let server: Server;
let bucket = "";
let failing = 0;
const objects = new Map<string, Buffer>();
const refused: string[] = [];

async function answer(request: IncomingMessage): Promise<{ status: number; body?: Buffer | string }> {
  const body = Buffer.concat(await Array.fromAsync(request, (piece: Buffer) => piece));
  if (failing-- > 0) return { status: 503 };
  if (!isSigned(request)) {
    refused.push(request.url ?? "");
    return { status: 403 };
  }
  const url = new URL(request.url ?? "/", bucket);
  const name = url.pathname.slice("/raw/".length);
  if (url.searchParams.has("list-type")) {
    const keys = [...objects.keys()].filter((key) => key.startsWith(url.searchParams.get("prefix") ?? ""));
    return { status: 200, body: keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("") };
  }
  const found = objects.get(name);
  if (request.method === "PUT") {
    if (found !== undefined && request.headers["if-none-match"] === "*") return { status: 412 };
    objects.set(name, body);
    return { status: 200 };
  }
  if (request.method === "DELETE") return { status: objects.delete(name) ? 204 : 404 };
  return found === undefined ? { status: 404 } : { status: 200, body: found };
}

async function rawFiles(secret = SECRET): Promise<RawFiles> {
  const store = rawStoreOf({ ACCORD_RAW_S3_BUCKET: bucket, ACCORD_RAW_S3_KEY_ID: "key", ACCORD_RAW_S3_SECRET: secret });
  return new RawFiles(stateDir, await KeyRing.open(stateDir), store);
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

beforeEach(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), "accord-s3-"));
  server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => response.writeHead(status).end(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  bucket = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/raw`;
  objects.clear();
  refused.length = 0;
  failing = 0;
});
afterEach(async () => {
  server.close();
  await rm(stateDir, { recursive: true, force: true });
});

describe("raw files in a bucket", () => {
  it("are put once, read, found and erased with signed requests, sealed and without a copy on disk", async () => {
    const files = await rawFiles();
    const content = randomBytes(200_000);
    const received = await files.receive(whole(content), AT);
    const again = await files.receive(whole(content), AT);
    expect(again).toEqual(received);
    const place = { agreementId: AT.agreementId, ...received };
    expect([...objects.keys()]).toEqual([`acme-voice/2026-11/${received.sha256}`]);
    expect([...objects.values()].some((sealed) => sealed.includes(content.subarray(0, 16)))).toBe(false);
    expect(await readdir(path.join(stateDir, "raw"))).toEqual([]);
    expect(Buffer.concat(await Array.fromAsync(files.open(place))).equals(content)).toBe(true);
    expect(await files.has(place)).toBe(true);
    expect(await files.has({ ...place, sha256: "0".repeat(64) })).toBe(false);
    await files.erase({ agreementId: "acme-voice", month: "2026-11" });
    expect([objects.size, await files.has(place)]).toEqual([0, false]);
    expect(refused).toEqual([]);
  });

  it("are put at the second try when the store is away for a moment, and refused for a while when it stays away", async () => {
    const files = await rawFiles();
    failing = 1;
    await files.receive(whole(Buffer.from("one")), AT);
    expect(objects.size).toBe(1);
    failing = 10;
    await expect(files.receive(whole(Buffer.from("two")), AT)).rejects.toMatchObject({ code: "unavailable" });
    expect(await readdir(path.join(stateDir, "raw"))).toEqual([]);
  });

  it("are not taken in with a wrong secret", async () => {
    await expect((await rawFiles("another secret")).receive(whole(Buffer.from("one")), AT)).rejects.toThrow("403");
    expect(objects.size).toBe(0);
  });

  it("lie on disk where no bucket is named; half a setting is refused", () => {
    expect(rawStoreOf({})).toBeNull();
    expect(() => rawStoreOf({ ACCORD_RAW_S3_BUCKET: "accord" })).toThrow("ACCORD_RAW_S3_BUCKET");
    expect(() => rawStoreOf({ ACCORD_RAW_S3_BUCKET: "https://s3.example.com/raw" })).toThrow("ACCORD_RAW_S3_SECRET");
  });
});
