import { randomUUID } from "node:crypto";
import type { PutPull } from "../../shared/protocol/pull.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { putPull, type StoredPull } from "../../shared/store/pulls.ts";
import type { TestServer } from "./server.ts";

/** What a provider sends to have a feed fetched by HTTPS each morning. */
export function buildPull(overrides: Partial<PutPull> = {}): PutPull {
  return {
    source: { kind: "http", url: "https://files.example/export.csv", auth: { kind: "bearer" } },
    schedule: { kind: "cron", pattern: "30 6 * * *", timeZone: "Europe/Berlin" },
    secret: "CANARY-SECRET",
    operationId: randomUUID(),
    ...overrides,
  };
}

/** Has a feed of the stage fetched, as its provider would. */
export async function addTestPull({ redis, stateDir }: TestServer, feedId: string): Promise<StoredPull> {
  const by = { id: "person:stage-provider", name: "Stage provider", party: "provider" } as const;
  return await putPull(redis, { ...buildPull(), feedId, keyRing: await KeyRing.open(stateDir), by, nowMs: Date.now() });
}
