import { createByteDecoder, type Decoded } from "./byte-decoder.ts";
import { RefusedFile } from "./refused-file.ts";

function textOf({ text, problem }: Decoded): string {
  if (problem !== null) throw new RefusedFile(problem);
  return text;
}

/**
 * The text of UTF-8 bytes, or of UTF-16 with its mark, in pieces.
 *
 * @throws RefusedFile at the first byte that is no text.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = createByteDecoder("utf-8");
  for await (const piece of bytes) yield textOf(decoder.push(piece));
  yield textOf(decoder.end());
}
