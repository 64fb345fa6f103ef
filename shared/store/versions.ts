import type { Redis } from "ioredis";
import type { VersionView } from "../protocol/version.ts";
import { readAgreement } from "./agreements.ts";
import { readStoredVersions, versionView } from "./stored-version.ts";

/** Every version of an agreement, newest first; none where there is no such agreement. */
export async function readVersions(redis: Redis, agreementId: string, nowMs = Date.now()): Promise<VersionView[]> {
  const [versions, stored] = [await readStoredVersions(redis, agreementId), await readAgreement(redis, agreementId, nowMs)];
  return versions.map((version) => versionView(version, stored?.history ?? null)).toReversed();
}
