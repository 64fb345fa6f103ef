import { firstKeptMonth, readRawKeepMonths } from "../../shared/store/retention.ts";
import { condenseMonths } from "../condense/condense.ts";
import type { WorkerParts } from "../parts.ts";

/** Condenses what an agreement's own setting says is over; does nothing where none was made. */
export async function retainRawFiles(parts: WorkerParts, agreementId: string): Promise<void> {
  const keep = await readRawKeepMonths(parts.redis, agreementId);
  if (keep === null) return;
  const first = firstKeptMonth(parts.clock(), keep);
  const over = (await parts.rawFiles.keys.months(agreementId)).some((month) => month < first);
  if (over) await condenseMonths(parts, agreementId, (month) => month < first);
}
