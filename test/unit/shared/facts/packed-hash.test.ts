import { describe, expect, it } from "vitest";
import { unpackHash } from "../../../../shared/facts/packed-hash.ts";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const packed = (...parts: (number[] | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

describe("a hash packed by a script", () => {
  it("gives its names and the bytes of its values", () => {
    const found = unpackHash(packed([0x94, 0xa1], "0", [0xa2], "\u0001\u00ff", [0xa4], "1425", [0xa0]));
    expect(found.map(({ field, value }) => [field, text(value)])).toEqual([
      ["0", "\u0001\u00ff"],
      ["1425", ""],
    ]);
  });

  it.each([
    ["8", [0xd9, 40]],
    ["16", [0xda, 0, 40]],
    ["32", [0xdb, 0, 0, 0, 40]],
  ])("reads a string with a length of %s bits", (_bits, header) => {
    const [found] = unpackHash(packed([0xdc, 0, 2, 0xa1], "7", header, "x".repeat(40)));
    expect(found?.value.length).toBe(40);
  });

  it("is empty for a key that is not there, whichever way Lua packs an empty table", () => {
    expect(unpackHash(Uint8Array.of(0x80))).toEqual([]);
    expect(unpackHash(Uint8Array.of(0x90))).toEqual([]);
  });

  it.each([
    ["a value that is no string", packed([0x92, 0xa1], "7", [0x05])],
    ["bytes that end too early", packed([0x92, 0xa1], "7", [0xa9], "short")],
    ["something that is no list", packed([0xc0])],
  ])("is refused: %s", (_what, bytes) => {
    expect(() => unpackHash(bytes)).toThrow(RangeError);
  });
});
