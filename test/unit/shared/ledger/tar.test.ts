import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTar, tarEnd, tarHeader, tarPadding } from "../../../../shared/ledger/tar.ts";

const NAME = fc.stringMatching(/^[a-z0-9/._-]{1,90}$/u);

function archiveOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const pieces = [...files].flatMap(([name, bytes]) => [tarHeader({ name, bytes: bytes.length }), bytes, tarPadding(bytes.length)]);
  return Buffer.concat([...pieces, tarEnd()]);
}
async function filesOf(archive: Uint8Array): Promise<Map<string, string>> {
  const places = await readTar({ bytes: archive.length, read: async (from, bytes) => archive.subarray(from, from + bytes) });
  return new Map([...places].map(([name, { from, bytes }]) => [name, archive.subarray(from, from + bytes).toHex()]));
}

describe("a tar archive", () => {
  it("gives back what was put into it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(NAME, fc.uint8Array({ maxLength: 1500 })), { selector: ([name]) => name, maxLength: 6 }),
        async (some) => {
          const files = new Map(some);
          expect(await filesOf(archiveOf(files))).toEqual(new Map(some.map(([name, bytes]) => [name, bytes.toHex()])));
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it("says size and format where POSIX has them", () => {
    const header = tarHeader({ name: "about.json", bytes: 17 });
    expect(Buffer.from(header.subarray(124, 135)).toString()).toBe("00000000021");
    expect(Buffer.from(header.subarray(257, 262)).toString()).toBe("ustar");
  });

  it.each([
    ["is cut off", (bytes: Uint8Array) => bytes.subarray(0, 700)],
    ["ends inside a file", (bytes: Uint8Array) => bytes.subarray(0, 1024)],
    ["has a damaged header", (bytes: Uint8Array) => bytes.with(3, 65)],
    ["is something else", () => new Uint8Array(2000).fill(7)],
    ["is empty", () => new Uint8Array(0)],
  ])("that %s is refused", async (_, bent) => {
    const whole = archiveOf(new Map([["a.txt", new Uint8Array(900).fill(1)]]));
    await expect(filesOf(bent(whole))).rejects.toThrow(RangeError);
  });

  it("that holds a name twice is refused", async () => {
    const one = tarHeader({ name: "a", bytes: 0 });
    await expect(filesOf(Buffer.concat([one, one, tarEnd()]))).rejects.toThrow("holds a twice");
  });

  it("takes no name and no size that it cannot hold", () => {
    expect(() => tarHeader({ name: "x".repeat(101), bytes: 1 })).toThrow(RangeError);
    expect(() => tarHeader({ name: "x", bytes: 8 ** 11 })).toThrow(RangeError);
  });
});
