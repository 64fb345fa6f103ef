import type { Redis } from "ioredis";
import { z } from "zod";
import type { AgreementHistory } from "../agreement/history.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { VersionState, VersionView } from "../protocol/version.ts";
import type { Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";

/** What an administrator attests of signatures given outside Accord. */
export const Paper = z.strictObject({ client: z.string(), provider: z.string(), date: z.iso.date() });
export type Paper = z.infer<typeof Paper>;

/** A version as stored. Its term is not: the versions after it decide how long it lasts. */
export const StoredVersion = VersionView.omit({ term: true }).extend({ paper: Paper.nullable() });
export type StoredVersion = z.infer<typeof StoredVersion>;

/** What the agreement's record says of a version that is on its way into force, e.g. `2|signed`; nothing of any other. */
export function pendingText({ version, state }: Pick<StoredVersion, "version" | "state">): string | null {
  return state === "proposed" || state === "signed" ? `${version}|${state}` : null;
}

/** What `pendingText` has written. */
export function readPending(text: string | null): { version: number; state: VersionState } | null {
  const [version, state] = text?.split("|") ?? [];
  return state === undefined ? null : { version: Number(version), state: VersionState.parse(state) };
}

/** Keeps the agreement's record of a version on its way in step with the version. */
export function pendingWrite(agreementId: string, record: StoredVersion): Write {
  const { doc } = agreementKeys(agreementId);
  const text = pendingText(record);
  return text === null ? ["HDEL", doc, "pending"] : ["HSET", doc, "pending", text];
}

/** Every version of an agreement by number; none where there is no such agreement. */
export async function readStoredVersions(redis: Redis, agreementId: string): Promise<StoredVersion[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).versions);
  return texts.map((text) => StoredVersion.parse(JSON.parse(text))).toSorted((a, b) => a.version - b.version);
}

/** How a version presents itself; only one in force has a term. */
export function versionView(stored: StoredVersion, history: AgreementHistory | null): VersionView {
  const { paper: _, ...version } = stored;
  const governing =
    version.state === "in-force" ? history?.versions.find(({ agreement }) => agreement.version === version.version) : undefined;
  return { ...version, term: governing === undefined ? null : { from: governing.term.from, to: governing.term.to } };
}

/** What the ledger keeps when a version comes into force; the program does that, nobody by hand. */
export function inForceEntry({ agreement, version, sha256 }: StoredVersion, nowMs: number): LedgerEntry {
  return {
    v: 1,
    kind: "version-in-force",
    agreement: agreement.id,
    atMs: nowMs,
    actor: "accord",
    version,
    from: agreement.effectiveFrom,
    sha256,
  };
}
