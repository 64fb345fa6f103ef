import { z } from "zod";
import { Agreement } from "../agreement/agreement.ts";
import { PartyActor } from "../settlement/party.ts";

/** `signed`: by both, waiting for its counters to be made; `in-force`: governs the days of its term. */
export const VERSION_STATES = ["proposed", "signed", "in-force", "declined", "withdrawn"] as const;
export const VersionState = z.enum(VERSION_STATES);
export type VersionState = z.infer<typeof VersionState>;

/** What is wrong or doubtful in a document, as `accord check` says it. */
export const Finding = z.strictObject({
  severity: z.enum(["error", "warning"]),
  path: z.string(),
  message: z.string(),
  /** Why the parties will come to disagree about it. */
  dispute: z.string(),
  remedy: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** A signature over the SHA-256 of the version's text. `onPaper`: the administrator attests a signature given outside. */
export const Signature = z.strictObject({ by: PartyActor, atMs: z.int(), onPaper: z.boolean() });
export type Signature = z.infer<typeof Signature>;

/** One version of an agreement, from proposal to history. Its text never changes. */
export const VersionView = z.strictObject({
  version: z.int().min(1),
  state: VersionState,
  /** Grows by one with each step. */
  seq: z.int().min(1),
  agreement: Agreement,
  text: z.string(),
  sha256: z.string(),
  /** The days it governs while in force; the next version cuts it short. */
  term: z.strictObject({ from: z.iso.date(), to: z.iso.date().nullable() }).nullable(),
  proposedBy: PartyActor,
  proposedAtMs: z.int(),
  signatures: z.array(Signature).max(2),
  /** Who declined or withdrew it, and why. */
  ended: z.strictObject({ by: PartyActor, atMs: z.int(), note: z.string() }).nullable(),
  findings: z.array(Finding),
});
export type VersionView = z.infer<typeof VersionView>;

export const ProposeVersion = z.strictObject({ text: z.string().min(1).max(200_000), operationId: z.uuid() });
export const SignVersion = z.strictObject({ sha256: z.string().length(64), operationId: z.uuid() });
export const EndVersion = z.strictObject({ note: z.string().min(1).max(1000), operationId: z.uuid() });
