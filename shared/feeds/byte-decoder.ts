import { badUtf16, badUtf8, nulAt, signatureProblem } from "./byte-problems.ts";
import type { FileProblem } from "./canonical.ts";
import { completeUtf8Length, firstInvalidUtf8 } from "./utf8.ts";

// The standard decoder of every runtime; declared here because domain folders see no runtime's types.
declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

/** Text up to the first problem; after a problem nothing follows. */
export interface Decoded {
  readonly text: string;
  readonly problem: FileProblem | null;
}

export interface ByteDecoder {
  push(bytes: Uint8Array): Decoded;
  end(): Decoded;
}

const NOTHING: Uint8Array = new Uint8Array();
const EMPTY: Decoded = { text: "", problem: null };
// The longest signature and the longest byte order mark.
const HEAD_LENGTH = 4;

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * Decodes UTF-8 piece by piece. Each piece is decoded whole, up to its last complete character:
 * that is several times faster than the decoder's own streaming.
 *
 * @param start position of the first byte in the file, for messages.
 */
function createUtf8Decoder(start: number): ByteDecoder {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let offset = start;
  let tail = NOTHING;
  const decode = (bytes: Uint8Array): Decoded => {
    const nul = bytes.indexOf(0);
    const clean = nul < 0 ? bytes : bytes.subarray(0, nul);
    const from = offset;
    offset += bytes.length;
    try {
      return { text: decoder.decode(clean), problem: nul < 0 ? null : nulAt(from + nul) };
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown;
      const at = firstInvalidUtf8(clean);
      return { text: decoder.decode(clean.subarray(0, at)), problem: badUtf8(from + at) };
    }
  };
  return {
    push: (piece) => {
      const bytes = joined(tail, piece);
      const complete = completeUtf8Length(bytes);
      tail = bytes.slice(complete);
      return decode(bytes.subarray(0, complete));
    },
    end: () => decode(tail),
  };
}

/** Decodes one of the encodings in which every byte, or every pair, is a character or visibly none. */
function createTableDecoder(label: "windows-1252" | "utf-16le" | "utf-16be", start: number): ByteDecoder {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  const wide = label !== "windows-1252";
  let position = wide ? 0 : start;
  const checked = (text: string): Decoded => {
    const from = position;
    position += text.length;
    const broken = wide ? text.indexOf("\ufffd") : -1;
    const nul = text.indexOf("\0");
    if (nul >= 0 && (broken < 0 || nul < broken))
      return { text: text.slice(0, nul), problem: nulAt(wide ? start + 2 * (from + nul) : from + nul) };
    return broken < 0 ? { text, problem: null } : { text: text.slice(0, broken), problem: badUtf16(from + broken) };
  };
  return { push: (piece) => checked(decoder.decode(piece, { stream: true })), end: () => checked(decoder.decode()) };
}

/** A byte order mark decides over the definition: whoever wrote it knew the encoding. */
function decoderFor(head: Uint8Array, declared: "utf-8" | "windows-1252"): { decoder: ByteDecoder; skip: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { decoder: createUtf8Decoder(3), skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { decoder: createTableDecoder("utf-16le", 2), skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { decoder: createTableDecoder("utf-16be", 2), skip: 2 };
  return { decoder: declared === "utf-8" ? createUtf8Decoder(0) : createTableDecoder(declared, 0), skip: 0 };
}

/**
 * Turns a file's bytes into text, in pieces of any size. Refuses what is no text, naming the place.
 *
 * @param declared the encoding that the feed's definition names; a byte order mark overrules it.
 */
export function createByteDecoder(declared: "utf-8" | "windows-1252"): ByteDecoder {
  let head = NOTHING;
  let decoder: ByteDecoder | null = null;
  const begin = (): Decoded => {
    const problem = signatureProblem(head);
    if (problem !== null) return { text: "", problem };
    const chosen = decoderFor(head, declared);
    decoder = chosen.decoder;
    return decoder.push(head.subarray(chosen.skip));
  };
  const finish = (): Decoded => (decoder === null ? EMPTY : decoder.end());
  return {
    push: (piece) => {
      if (decoder !== null) return decoder.push(piece);
      head = joined(head, piece);
      return head.length < HEAD_LENGTH ? EMPTY : begin();
    },
    end: () => {
      const first = decoder === null ? begin() : EMPTY;
      if (first.problem !== null) return first;
      const last = finish();
      return { text: first.text + last.text, problem: last.problem };
    },
  };
}
