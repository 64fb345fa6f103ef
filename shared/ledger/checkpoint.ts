import type { Sha256Function } from "./entry.ts";
import { sameBytes } from "./verify-proof.ts";

/** What a ledger was at one moment: its first `size` entries have this root. */
export interface Checkpoint {
  /** Installation and agreement, such as `accord-1a2b3c4d/acme-voice`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Signs with the operator's Ed25519 key. */
export type SignFunction = (message: Uint8Array) => Uint8Array;

/** Whether an Ed25519 signature fits a message and the raw 32 bytes of a public key. The browser can only answer later. */
export type VerifyFunction = (signed: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => boolean | Promise<boolean>;

const ED25519 = 0x01;
const KEY_ID_BYTES = 4;

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** C2SP signed-note: the first 4 bytes of SHA-256 of name, line feed, algorithm and key. */
function keyId(name: string, publicKey: Uint8Array, sha256: Sha256Function): Uint8Array {
  return sha256(joined(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)).subarray(0, KEY_ID_BYTES);
}

function textOf({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toBase64()}\n`;
}

interface Key {
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sha256: Sha256Function;
}

/** The checkpoint as a note of C2SP (tlog-checkpoint, signed-note), signed under its own origin as the key's name. */
export function signCheckpoint(checkpoint: Checkpoint, { publicKey, sha256, sign }: Key & { readonly sign: SignFunction }): string {
  const text = textOf(checkpoint);
  const signature = joined(keyId(checkpoint.origin, publicKey, sha256), sign(utf8(text)));
  return `${text}\n\u2014 ${checkpoint.origin} ${signature.toBase64()}\n`;
}

const NOTE =
  /^(?<text>(?<origin>[^\s+]+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\n)\n(?<signatures>(?:\u2014 [^\s+]+ [A-Za-z0-9+/=]+\n)+)$/u;

interface Note {
  readonly checkpoint: Checkpoint;
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return new Uint8Array(0);
  }
}

function readNote(note: string): Note | null {
  const { text = "", origin = "", size = "", root = "", signatures = "" } = NOTE.exec(note)?.groups ?? {};
  const checkpoint = { origin, size: Number(size), root: bytesOf(root) };
  if (textOf(checkpoint) !== text || text === "") return null;
  const lines = signatures.split("\n").slice(0, -1);
  return {
    checkpoint,
    text,
    signatures: lines.map((line) => {
      const [, name = "", base64 = ""] = line.split(" ");
      return { name, bytes: bytesOf(base64) };
    }),
  };
}

/** What a note says, whoever signed it; `null` when it is no checkpoint. */
export function readCheckpoint(note: string): Checkpoint | null {
  return readNote(note)?.checkpoint ?? null;
}

/** What a note says, if the key has signed it; `null` otherwise. */
export async function openCheckpoint(
  note: string,
  { publicKey, sha256, verify }: Key & { readonly verify: VerifyFunction },
): Promise<Checkpoint | null> {
  const read = readNote(note);
  if (read === null) return null;
  const id = keyId(read.checkpoint.origin, publicKey, sha256);
  for (const { name, bytes } of read.signatures) {
    if (name !== read.checkpoint.origin || !sameBytes(bytes.subarray(0, KEY_ID_BYTES), id)) continue;
    const signature = bytes.subarray(KEY_ID_BYTES);
    if (await verify({ publicKey, message: utf8(read.text), signature })) return read.checkpoint;
  }
  return null;
}
