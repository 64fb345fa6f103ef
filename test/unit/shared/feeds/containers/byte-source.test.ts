import { expect, it } from "vitest";
import { holdBytes } from "../../../../../shared/feeds/containers/byte-source.ts";

async function* several(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

it("a file that comes as one piece is held as that piece, others as one buffer of all of theirs", async () => {
  const piece = new Uint8Array([1, 2, 3]);
  const empty = new Uint8Array();
  expect(await holdBytes(several(empty, piece), 3)).toBe(piece);
  expect(await holdBytes(several(piece, empty, piece), 6)).toEqual(new Uint8Array([1, 2, 3, 1, 2, 3]));
  expect(await holdBytes(several(), 3)).toEqual(empty);
});

it("a file longer than may be held is not held, in one piece or in several", async () => {
  const piece = new Uint8Array([1, 2, 3]);
  expect(await holdBytes(several(piece), 2)).toBeNull();
  expect(await holdBytes(several(piece, piece), 5)).toBeNull();
});
