import { z } from "zod";
import { LedgerEntry } from "../ledger/entry.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;
/** Those who may bind their company, and so carry its evidence away. */
const SIGNERS = ["client-manager", "provider"] as const;
const Size = z.string().regex(/^\d{1,15}$/u, { error: "must be a whole number" });

/** The operator's Ed25519 key, raw and in base64, with its SHA-256 in hex to compare by telephone. */
export const LedgerKey = z.strictObject({ publicKey: z.string(), sha256: z.string() });

/** The record as it is now, signed, and the latest checkpoint that was kept; `null` before the first. */
export const LedgerCheckpoint = z.strictObject({
  checkpoint: z.string(),
  size: z.int().min(0),
  /** In hex. */
  root: z.string(),
  kept: z.strictObject({ atMs: z.int(), size: z.int().min(0) }).nullable(),
});
export type LedgerCheckpoint = z.infer<typeof LedgerCheckpoint>;

/** Proves that the first `from` entries are still there; without hashes when there are fewer than that. */
export const LedgerConsistency = z.strictObject({
  checkpoint: z.string(),
  proof: z.array(z.string()),
  publicKey: z.string(),
  /** Keys that signed before, oldest first, each with its signature for the next; left out where there is none. */
  former: z.array(z.strictObject({ publicKey: z.string(), certificate: z.string() })).optional(),
});

/** Entries in order. `leaf`: RFC 6962 leaf hash in hex. */
export const LedgerEntries = z.strictObject({
  size: z.int().min(0),
  entries: z.array(z.strictObject({ index: z.int().min(0), leaf: z.string(), entry: LedgerEntry })),
});
export type LedgerEntries = z.infer<typeof LedgerEntries>;

/** What both sides can prove: checkpoints, consistency, bundles. */
export const LEDGER_ROUTES = {
  ledgerKey: {
    method: "get",
    path: "/api/v1/ledger/key",
    policy: { access: "signed-in" },
    body: null,
    response: LedgerKey,
    summary: "Public key of the checkpoints",
  },
  ledgerCheckpoint: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/ledger/checkpoint",
    policy: { access: "member", roles: ALL },
    body: null,
    response: LedgerCheckpoint,
    summary: "The record as it is now, signed",
  },
  ledgerConsistency: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/ledger/consistency",
    policy: { access: "member", roles: ALL },
    body: null,
    query: z.strictObject({ from: Size }),
    response: LedgerConsistency,
    summary: "Proof that the record only grew since it had `from` entries",
  },
  feedConsistency: {
    method: "get",
    path: "/api/v1/feeds/:feedId/ledger/consistency",
    policy: { access: "member", roles: ALL, key: true },
    body: null,
    query: z.strictObject({ from: Size }),
    response: LedgerConsistency,
    summary: "The same for a machine that hands in files",
  },
  ledgerEntries: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/ledger/entries",
    policy: { access: "member", roles: ALL },
    body: null,
    query: z.strictObject({ from: Size.optional(), limit: Size.default("20") }),
    response: LedgerEntries,
    summary: "Entries of the record; without `from` the latest, at most 500",
  },
  ledgerBundle: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/bundle",
    policy: { access: "member", roles: SIGNERS },
    body: null,
    response: null,
    summary: "Everything needed to check the record without Accord, as one tar file",
  },
} as const;
