import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { DamagedFileError, FRAME_BYTES, HEADER_BYTES } from "../../shared/store/raw-cipher.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { parseReceiptHint, receiptHint } from "../../shared/store/receipt-hint.ts";
import { NoKeyError } from "../../shared/store/raw-keys.ts";

const NOVEMBER = Date.parse("2026-11-22T10:00:00Z");
const AT = { agreementId: "acme-voice", nowMs: NOVEMBER, maxBytes: 50_000_000 };
const CANARY = "CANARY,Martha Müller,+49 30 1234567";
const SEALED_FRAME = FRAME_BYTES + 16;

let stateDir = "";
let rawFiles: RawFiles;

beforeEach(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), "accord-raw-"));
  rawFiles = new RawFiles(stateDir, await KeyRing.open(stateDir));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const hexHash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const TOLD_BYTES = 16_384;
const placeOf = (sha256: string) => ({ agreementId: AT.agreementId, sha256, rawMonth: "2026-11" });
const fileOf = (sha256: string) => path.join(stateDir, "raw", "acme-voice", "2026-11", sha256);

async function contentOf(sha256: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(rawFiles.open(placeOf(sha256))));
}

async function everyFile(): Promise<Buffer[]> {
  const entries = await readdir(stateDir, { recursive: true, withFileTypes: true });
  return await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(path.join(entry.parentPath, entry.name))));
}

describe("a raw file", () => {
  it("comes back byte by byte, however it was cut on its way in", async () => {
    const length = fc.oneof(
      fc.integer({ min: 0, max: 300 }),
      fc.constantFrom(TOLD_BYTES, TOLD_BYTES + 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES, 5 * FRAME_BYTES + 7),
    );
    await fc.assert(
      fc.asyncProperty(length, fc.constantFrom(1000, 65_536, 65_537, 1_000_000), async (bytes, size) => {
        const content = randomBytes(bytes);
        const { sealed, ...received } = await rawFiles.receive(inPieces(content, size), AT);
        expect(received).toEqual({ sha256: hexHash(content), bytes, rawMonth: "2026-11" });
        expect(sealed).toEqual(bytes > TOLD_BYTES ? undefined : await readFile(fileOf(received.sha256)));
        expect((await contentOf(received.sha256)).equals(content)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("stands nowhere on the disk in the open, nor does its month's key", async () => {
    const { sha256 } = await rawFiles.receive(inPieces(Buffer.from(`${CANARY}\n`.repeat(5000)), 4096), AT);
    expect((await contentOf(sha256)).toString()).toContain(CANARY);
    const key = await rawFiles.keys.existing({ agreementId: "acme-voice", month: "2026-11" });
    for (const file of await everyFile()) {
      expect(file.includes("Martha")).toBe(false);
      expect(file.includes(key)).toBe(false);
    }
  });

  it("that was cut off, shortened by a frame, changed or reordered is not read as if it were whole", async () => {
    const content = randomBytes(3 * FRAME_BYTES);
    const { sha256 } = await rawFiles.receive(inPieces(content, FRAME_BYTES), AT);
    const sealed = await readFile(fileOf(sha256));
    const frame = (i: number) => sealed.subarray(HEADER_BYTES + i * SEALED_FRAME, HEADER_BYTES + (i + 1) * SEALED_FRAME);
    const header = sealed.subarray(0, HEADER_BYTES);
    const flipped = Buffer.from(sealed);
    flipped[HEADER_BYTES + SEALED_FRAME + 5] = (flipped[HEADER_BYTES + SEALED_FRAME + 5] ?? 0) ^ 1;
    const damaged = [
      sealed.subarray(0, -1),
      sealed.subarray(0, 10),
      Buffer.concat([header, frame(0), frame(1)]),
      Buffer.concat([header, frame(1), frame(0), frame(2)]),
      Buffer.concat([header, frame(0), frame(1), frame(1), frame(2)]),
      Buffer.concat([Buffer.from("none"), sealed.subarray(4)]),
      flipped,
    ];
    for (const bytes of damaged) {
      await writeFile(fileOf(sha256), bytes);
      await expect(contentOf(sha256)).rejects.toThrow(DamagedFileError);
    }
    await truncate(fileOf(sha256), 0);
    await expect(contentOf(sha256)).rejects.toThrow(DamagedFileError);
  });

  it("cannot be read as another agreement's, or once its month's key is destroyed", async () => {
    const { sha256 } = await rawFiles.receive(inPieces(Buffer.from(CANARY), 10), AT);
    const other = { ...AT, agreementId: "other" };
    await rawFiles.receive(inPieces(Buffer.from("another file"), 10), other);
    await rename(fileOf(sha256), path.join(stateDir, "raw", "other", "2026-11", sha256));
    await expect(Array.fromAsync(rawFiles.open({ ...placeOf(sha256), agreementId: "other" }))).rejects.toThrow(DamagedFileError);
    await rename(path.join(stateDir, "raw", "other", "2026-11", sha256), fileOf(sha256));
    await rawFiles.keys.destroy({ agreementId: "acme-voice", month: "2026-11" });
    expect(await rawFiles.has(placeOf(sha256))).toBe(false);
    await expect(contentOf(sha256)).rejects.toThrow(NoKeyError);
  });

  it("of a former release, in the open under its hash alone, is still read", async () => {
    const content = randomBytes(700_000);
    await rawFiles.receive(inPieces(Buffer.from("first"), 5), AT);
    await writeFile(path.join(stateDir, "raw", hexHash(content)), content);
    const former = { agreementId: "acme-voice", sha256: hexHash(content) };
    expect(await rawFiles.has(former)).toBe(true);
    const reader = await rawFiles.reader({ ...former, bytes: content.length });
    expect(Buffer.concat(await Array.fromAsync(reader())).equals(content)).toBe(true);
  });

  it("that was begun ahead is not read twice, one that could not be is, and a forgotten one is gone with its key", async () => {
    const content = Buffer.from(CANARY);
    const received = await rawFiles.receive(inPieces(content, 10), AT);
    const place = { ...placeOf(received.sha256), bytes: content.length };
    const read = async () => Buffer.concat(await Array.fromAsync((await rawFiles.reader(place))()));
    await rename(fileOf(place.sha256), path.join(stateDir, "aside"));
    rawFiles.readAhead(place);
    await expect(read()).rejects.toThrow("ENOENT");
    await rename(path.join(stateDir, "aside"), fileOf(place.sha256));
    expect(await read()).toEqual(content);

    const forget = rawFiles.readAhead(place);
    await read();
    await rawFiles.keys.destroy({ agreementId: "acme-voice", month: "2026-11" });
    expect(await read()).toEqual(content);
    forget();
    await expect(read()).rejects.toThrow(NoKeyError);
  });

  it("that is told with its hint is read without the disk; what is told under another's name is not believed", async () => {
    const [content, other] = [Buffer.from(CANARY), Buffer.from("other")];
    const received = await rawFiles.receive(inPieces(content, 10), AT);
    const { sealed } = await rawFiles.receive(inPieces(other, 10), AT);
    const hint = { agreementId: AT.agreementId, ...received };
    expect(parseReceiptHint(receiptHint(hint))).toEqual(hint);
    const place = { ...placeOf(received.sha256), bytes: content.length };
    const read = async () => Buffer.concat(await Array.fromAsync((await rawFiles.reader(place))()));

    for (const wrong of [sealed, received.sealed?.subarray(1), Buffer.alloc(0)]) {
      const forget = rawFiles.readAhead({ ...place, sealed: wrong });
      expect(await read()).toEqual(content);
      forget();
    }
    await rename(fileOf(place.sha256), path.join(stateDir, "aside"));
    const forget = rawFiles.readAhead({ ...place, sealed: received.sealed });
    expect(await read()).toEqual(content);
    forget();
    await expect(read()).rejects.toThrow("ENOENT");
  });

  it("that was lost is put back where its receipt looks, when the same bytes come in a later month", async () => {
    const content = Buffer.from(CANARY);
    const { sha256 } = await rawFiles.receive(inPieces(content, 10), AT);
    await rm(fileOf(sha256));
    const later = await rawFiles.receive(inPieces(content, 10), { ...AT, nowMs: Date.parse("2026-12-02T00:00:00Z") });
    await rawFiles.restore(later, placeOf(sha256));
    expect((await contentOf(sha256)).equals(content)).toBe(true);
  });

  it("of which nothing more comes for as long as a request may take is not swept away; what a crash left is, later", async () => {
    await rawFiles.receive(inPieces(Buffer.from("first"), 5), AT);
    const part = "c0ffee.part";
    await writeFile(path.join(stateDir, "raw", part), "");
    const parts = async () => (await readdir(path.join(stateDir, "raw"))).filter((name) => name === part);
    await rawFiles.sweepParts(Date.now() + 360_000);
    expect(await parts()).toEqual([part]);
    await rawFiles.sweepParts(Date.now() + 1_000_000);
    expect(await parts()).toEqual([]);
  });

  it("whose place would leave the folder is refused", async () => {
    for (const bad of [{ agreementId: "../x" }, { rawMonth: "../2026" }, { sha256: "../../etc/passwd" }])
      await expect(rawFiles.remove({ ...placeOf("a".repeat(64)), ...bad })).rejects.toThrow(RangeError);
  });
});
