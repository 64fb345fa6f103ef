import { z } from "zod";
import { canonicalBytes, canonicalText } from "./canonical.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const Side = z.enum(["client", "provider"]);
const Common = { v: z.literal(1), agreement: z.string(), atMs: z.int(), actor: z.string() };
const Judged = { target: z.string(), version: z.int(), window: z.string(), status: z.string(), num: z.int(), den: z.int() };

/**
 * What the ledger remembers. Entries are final: their bytes are hashed as they stand, so a kind may be added but never
 * changed. There is no index inside: an entry's place is its position in the agreement's list. No names and no free text:
 * an actor is an id, a note is its hash, so that a person can be forgotten without touching the ledger.
 */
export const LedgerEntry = z.discriminatedUnion("kind", [
  z.strictObject({
    ...Common,
    kind: z.literal("agreement-version"),
    version: z.int(),
    sha256: Sha256,
    feeds: z.array(z.strictObject({ feed: z.string(), sha256: Sha256 })),
  }),
  z.strictObject({ ...Common, kind: z.literal("receipt-accepted"), receipt: z.int(), feed: z.string(), sha256: Sha256, bytes: z.int() }),
  z.strictObject({
    ...Common,
    kind: z.literal("receipt-settled"),
    receipt: z.int(),
    state: z.enum(["applied", "rejected", "superseded"]),
    rows: z.int(),
    applied: z.int(),
    restated: z.int(),
    rejected: z.int(),
    duplicate: z.int(),
    /** Reading it stopped workers again and again: rejected although its file may be readable elsewhere. */
    setAside: z.literal(true).exactOptional(),
  }),
  /** Stands before the end of a receipt whose file says everything of these days: how many facts of older files it took away. */
  z.strictObject({
    ...Common,
    kind: z.literal("period-replaced"),
    receipt: z.int(),
    from: z.iso.date(),
    to: z.iso.date(),
    withdrawn: z.int(),
  }),
  /** Written until verdicts were sealed; stays readable. */
  z.strictObject({ ...Common, kind: z.literal("verdict"), ...Judged }),
  /** `sha256`: the verdict's own hash, of everything it says. */
  z.strictObject({
    ...Common,
    kind: z.literal("verdict-sealed"),
    ...Judged,
    default: z.enum(["expected", "minimum", "not-measured"]).nullable(),
    sha256: Sha256,
  }),
  z.strictObject({ ...Common, kind: z.literal("alert"), alert: z.string(), seq: z.int(), transition: z.string(), noteSha256: Sha256 }),
  z.strictObject({ ...Common, kind: z.literal("version-proposed"), version: z.int(), party: Side, sha256: Sha256 }),
  /** `paperSha256`: of the names and the date that the administrator attests of a signature given outside Accord. */
  z.strictObject({
    ...Common,
    kind: z.literal("version-signed"),
    version: z.int(),
    party: Side,
    sha256: Sha256,
    paperSha256: Sha256.nullable(),
  }),
  z.strictObject({
    ...Common,
    kind: z.literal("version-ended"),
    version: z.int(),
    party: Side,
    state: z.enum(["declined", "withdrawn"]),
    noteSha256: Sha256,
  }),
  z.strictObject({ ...Common, kind: z.literal("version-in-force"), version: z.int(), from: z.iso.date(), sha256: Sha256 }),
  z.strictObject({ ...Common, kind: z.literal("claim"), claim: z.string(), seq: z.int(), state: z.string(), noteSha256: Sha256 }),
  /** SHA-256 of the canonical JSON of the days and their counts. */
  z.strictObject({ ...Common, kind: z.literal("forecast"), month: z.string(), sha256: Sha256 }),
  /** A feed was added after the agreement; a feed's definition never changes. */
  z.strictObject({ ...Common, kind: z.literal("feed-defined"), feed: z.string(), sha256: Sha256 }),
  /** A receipt changed what was known. `sha256`: of the canonical JSON of the card that says what, from what, to what. */
  z.strictObject({ ...Common, kind: z.literal("restatement"), receipt: z.int(), feed: z.string(), rows: z.int(), sha256: Sha256 }),
  /** `watermark`: the last receipt that counts. `sha256`: of the canonical JSON of the hashes of the period's verdicts. */
  z.strictObject({
    ...Common,
    kind: z.literal("period-closed"),
    period: z.string(),
    party: Side,
    watermark: z.int(),
    sha256: Sha256,
  }),
  z.strictObject({ ...Common, kind: z.literal("period-refused"), period: z.string(), party: Side, sha256: Sha256, noteSha256: Sha256 }),
  /** Rows under pseudonyms took the place of a receipt's raw bytes. */
  z.strictObject({ ...Common, kind: z.literal("raw-condensed"), receipt: z.int(), rows: z.int(), sha256: Sha256 }),
  /** Names or raw bytes were destroyed for good. `subject`: a pseudonym, or the month of the raw files. */
  z.strictObject({ ...Common, kind: z.literal("erased"), what: z.enum(["name", "raw"]), subject: z.string() }),
  /** Somebody noted a coaching action. `sha256`: of the canonical JSON of what was noted. */
  z.strictObject({ ...Common, kind: z.literal("coaching-noted"), coaching: z.string(), target: z.string(), sha256: Sha256 }),
  /**
   * The server drew evaluations to be scored a second time: those whose SHA-256 of seed and name is smallest, of a population of so many.
   * `populationSha256`: of their sorted names, one a line; `sha256`: of the drawn names, in the same way.
   */
  z.strictObject({
    ...Common,
    kind: z.literal("calibration-drawn"),
    calibration: z.string(),
    feed: z.string(),
    seed: z.string(),
    population: z.int(),
    populationSha256: Sha256,
    drawn: z.int(),
    sha256: Sha256,
  }),
  /** One of them was scored. `sha256`: of the canonical JSON of what was said and its random salt. */
  z.strictObject({ ...Common, kind: z.literal("calibration-scored"), calibration: z.string(), record: z.string(), sha256: Sha256 }),
  /** SHA-256 of the new operator key, which signs checkpoints from here on. */
  z.strictObject({ ...Common, kind: z.literal("key-rotated"), publicKeySha256: Sha256 }),
]);
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Hashes bytes; given by the runtime, because the browser and Node have different ones. */
export type Sha256Function = (bytes: Uint8Array) => Uint8Array;

const LEAF_PREFIX = 0x00;

/** The leaf hash of RFC 6962 section 2.1: SHA-256 of 0x00 and the entry's bytes. */
export function leafHash(entryBytes: Uint8Array, sha256: Sha256Function): Uint8Array {
  const prefixed = new Uint8Array(entryBytes.length + 1);
  prefixed[0] = LEAF_PREFIX;
  prefixed.set(entryBytes, 1);
  return sha256(prefixed);
}

/** One stored ledger item: 32 bytes of leaf hash, then the canonical bytes of the entry. */
export function sealEntry(entry: LedgerEntry, sha256: Sha256Function): Uint8Array {
  const bytes = canonicalBytes(entry);
  const sealed = new Uint8Array(32 + bytes.length);
  sealed.set(leafHash(bytes, sha256), 0);
  sealed.set(bytes, 32);
  return sealed;
}

/**
 * Reads a stored item back and checks its hash.
 *
 * @throws RangeError when the hash does not fit the bytes or the bytes are not an entry.
 */
export function openEntry(sealed: Uint8Array, sha256: Sha256Function): LedgerEntry {
  const bytes = sealed.subarray(32);
  const hash = leafHash(bytes, sha256);
  if (hash.some((byte, i) => byte !== sealed[i])) throw new RangeError("the leaf hash does not fit the entry's bytes");
  const { text, value } = readJson(bytes);
  const entry = LedgerEntry.safeParse(value);
  if (!entry.success) throw new RangeError(`not a ledger entry: ${entry.error.message}`);
  if (canonicalText(entry.data) !== text) throw new RangeError("the entry does not stand in its canonical bytes");
  return entry.data;
}

function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch (thrown) {
    throw new RangeError("not a ledger entry: the bytes are no JSON", { cause: thrown });
  }
}
