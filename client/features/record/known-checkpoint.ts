import { z } from "zod";

/** What this browser remembers of an agreement's record: the last checkpoint that it saw, and the key that signed it. */
const KnownCheckpoint = z.strictObject({ checkpoint: z.string(), publicKey: z.string() });
export type KnownCheckpoint = z.infer<typeof KnownCheckpoint>;

function nameOf(agreementId: string): string {
  return `accord:record:${agreementId}`;
}

/** `null` where none was kept, or this browser keeps nothing. */
export function readKnown(agreementId: string): KnownCheckpoint | null {
  try {
    const parsed = KnownCheckpoint.safeParse(JSON.parse(localStorage.getItem(nameOf(agreementId)) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function keepKnown(agreementId: string, known: KnownCheckpoint): void {
  try {
    localStorage.setItem(nameOf(agreementId), JSON.stringify(known));
  } catch {
    // A browser that keeps nothing has nothing to compare next time either.
  }
}
