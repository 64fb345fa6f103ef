import { createHash, createPublicKey, verify as verifyEd25519 } from "node:crypto";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Bundle, BundleError, openBundle } from "../../shared/ledger/bundle.ts";
import type { VerifyFunction } from "../../shared/ledger/checkpoint.ts";
import type { Finding } from "../../shared/ledger/finding.ts";
import type { RandomAccess } from "../../shared/ledger/tar.ts";
import { type Verified, verifyBundle, type Verification } from "../../shared/ledger/verify-bundle.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readTableApart } from "../../shared/store/table-thread.ts";
import { readVersions } from "../documents/read-documents.ts";
import { type Command, CommandError } from "./command.ts";
import { moneyTable } from "./money-table.ts";

const EXIT = { whole: 0, tampered: 2, incomplete: 3 } as const;
const FINDINGS_SHOWN = 10;

/** What DER puts before the 32 bytes of an Ed25519 key. */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** Checks an Ed25519 signature with Node's own crypto; a key or signature of a wrong form does not fit. */
export const verifySignature: VerifyFunction = ({ publicKey, message, signature }) => {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: "der", type: "spki" });
    return verifyEd25519(null, message, key, signature);
  } catch {
    return false;
  }
};

async function fileAccess(handle: FileHandle): Promise<RandomAccess> {
  const { size } = await handle.stat();
  return {
    bytes: size,
    async read(from, bytes) {
      const piece = new Uint8Array(bytes);
      const { bytesRead } = await handle.read(piece, 0, bytes, from);
      return piece.subarray(0, bytesRead);
    },
  };
}

/** The documents in a bundle, from the texts that were signed. @throws BundleError when one cannot be read. */
export function documentsOf({ versions, feeds }: Bundle): NonNullable<Verification["documents"]> {
  const read = readVersions(
    versions.map(({ version, text }) => ({ name: `version ${version}`, text })),
    feeds.map(({ feed, text }) => ({ name: `feed ${feed}`, text })),
  );
  if (read.agreements.length === versions.length) return read;
  const [problem] = read.problems;
  throw new BundleError(`The bundle's documents cannot be read: ${problem?.path ?? ""}: ${problem?.message ?? ""}`);
}

function lineOf({ severity, index, to, kind, what }: Finding): string {
  const where = to > index ? `between entries ${index} and ${to}` : `entry ${index}`;
  return `${severity}: ${where} (${kind}): ${what}`;
}

function report({ entries, root, files, findings, replayed, settlement }: Verified): string[] {
  const first = findings[0];
  const derived = replayed === null ? "" : `, ${replayed.rows} rows, ${replayed.derived} sealed verdicts derived anew`;
  const money = settlement === null || replayed === null || replayed.history === null ? [] : moneyTable(replayed.history, settlement);
  const end =
    first === undefined
      ? [...money, "The record is whole: nothing in it was changed since it was sealed."]
      : [
          ...findings.slice(0, FINDINGS_SHOWN).map(lineOf),
          ...(findings.length > FINDINGS_SHOWN ? [`and ${findings.length - FINDINGS_SHOWN} more`] : []),
        ];
  return [`${entries} entries, ${files} files${derived}`, `Root of all entries: ${root}`, ...end];
}

async function heldNotes(paths: readonly string[]): Promise<string[]> {
  return await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path, "utf8").catch((thrown: unknown) => {
        throw new CommandError(`${path} cannot be read (${toError(thrown).message}). Check the path.`, thrown);
      });
      return text.replaceAll("\r\n", "\n");
    }),
  );
}

async function openFile(path: string): Promise<FileHandle> {
  return await open(path, "r").catch((thrown: unknown) => {
    throw new CommandError(`${path} cannot be read (${toError(thrown).message}). Check the path.`, thrown);
  });
}

/**
 * `accord verify`: checks a bundle without Accord's server and without a network. Exit code 2 when something was changed,
 * 3 when something is missing that the check needs.
 */
export const verify: Command = async ({ args, print }) => {
  const options = { checkpoint: { type: "string", multiple: true }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new CommandError("Name one bundle: accord verify record.tar");
  const held = await heldNotes(values.checkpoint ?? []);
  const handle = await openFile(path);
  try {
    const bundle = await openBundle(await fileAccess(handle));
    const documents = documentsOf(bundle);
    const startHash = () => createHash("sha256");
    const verified = await verifyBundle({ bundle, held, documents, sha256, startHash, table: readTableApart, verify: verifySignature });
    const { replayed, ...rest } = verified;
    if (values.json === true) print(JSON.stringify({ ...rest, rows: replayed?.rows ?? 0, derived: replayed?.derived ?? 0 }));
    else report(verified).forEach(print);
    return verified.findings[0] === undefined ? EXIT.whole : EXIT[verified.findings[0].severity];
  } catch (thrown) {
    if (!(thrown instanceof BundleError)) throw thrown;
    print(thrown.message);
    return EXIT.incomplete;
  } finally {
    await handle.close();
  }
};
