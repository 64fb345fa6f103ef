import { type Checkpoint, openCheckpoint, readCheckpoint, type VerifyFunction } from "./checkpoint.ts";
import type { Sha256Function } from "./entry.ts";
import type { KeyTerm } from "./key-chain.ts";
import { type Finding, incomplete, wrongStretch } from "./finding.ts";
import type { MerkleTree } from "./merkle-tree.ts";
import { sameBytes } from "./verify-proof.ts";

export interface CheckpointInput {
  readonly tree: MerkleTree;
  /** The bundle's own. */
  readonly notes: readonly string[];
  /** Those that a party has kept; they need not be signed by the bundle's key to convict it, but to acquit it. */
  readonly held: readonly string[];
  /** Which key signs what. */
  readonly terms: readonly KeyTerm[];
  readonly sha256: Sha256Function;
  readonly verify: VerifyFunction;
}

async function opened(note: string, { terms, sha256, verify }: CheckpointInput): Promise<Checkpoint | null> {
  for (const { publicKey, fromSize, toSize } of terms) {
    const checkpoint = await openCheckpoint(note, { publicKey, sha256, verify });
    if (checkpoint !== null && checkpoint.size >= fromSize && checkpoint.size <= toSize) return checkpoint;
  }
  return null;
}

interface Signed extends Checkpoint {
  readonly whose: string;
}

async function readAll(
  notes: readonly string[],
  whose: string,
  input: CheckpointInput,
): Promise<{ signed: Signed[]; findings: Finding[] }> {
  const [signed, findings]: [Signed[], Finding[]] = [[], []];
  for (const note of notes) {
    const checkpoint = await opened(note, input);
    const size = readCheckpoint(note)?.size;
    const where = size === undefined ? "" : ` at ${size} entries`;
    if (checkpoint !== null) signed.push({ ...checkpoint, whose });
    else
      findings.push(
        wrongStretch(
          0,
          input.tree.size - 1,
          `${whose} checkpoint${where} is not signed by the bundle's key, or by one whose time it was not`,
        ),
      );
  }
  return { signed: signed.toSorted((a, b) => a.size - b.size), findings };
}

/** Compares checkpoints of one keeper in turn. What one keeper's say of a place says nothing of another's. */
function compare(signed: readonly Signed[], tree: MerkleTree): { findings: Finding[]; good: number } {
  let good = 0;
  for (const { size, root, whose } of signed) {
    if (size > tree.size) {
      const what = `${whose} checkpoint has ${size} entries, the bundle ${tree.size}: the end is missing`;
      return { good, findings: [wrongStretch(tree.size, tree.size, what)] };
    }
    if (!sameBytes(tree.root(size), root)) {
      const what = `the first ${size} entries are not those of ${whose} checkpoint, the first ${good} may be`;
      return { good, findings: [wrongStretch(good, size - 1, what)] };
    }
    good = size;
  }
  return { good, findings: [] };
}

/** Holds a record against every checkpoint: each must be signed, of the same record, and have the root of the entries. */
export async function checkCheckpoints(input: CheckpointInput): Promise<Finding[]> {
  const { tree } = input;
  const own = await readAll(input.notes, "the bundle's", input);
  const held = await readAll(input.held, "your", input);
  const [origin] = own.signed.map((checkpoint) => checkpoint.origin);
  const others = [...own.signed, ...held.signed]
    .filter((checkpoint) => checkpoint.origin !== origin)
    .map((checkpoint) =>
      wrongStretch(0, tree.size - 1, `${checkpoint.whose} checkpoint is of ${checkpoint.origin}, the record of ${origin ?? "none"}`),
    );
  const [ofOwn, ofHeld] = [compare(own.signed, tree), compare(held.signed, tree)];
  const findings = [...own.findings, ...held.findings, ...others, ...ofOwn.findings, ...ofHeld.findings];
  if (findings.length === 0 && ofOwn.good < tree.size)
    return [incomplete(ofOwn.good, "checkpoint", `no checkpoint covers the entries from ${ofOwn.good} on`)];
  return findings;
}
