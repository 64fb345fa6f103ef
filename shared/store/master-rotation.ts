import { access, rename } from "node:fs/promises";
import path from "node:path";
import type { Redis } from "ioredis";
import { listAgreements } from "./agreements.ts";
import { namesPurpose } from "./agent-names.ts";
import { KeyRing, MASTER_KEY, NEXT_MASTER_KEY } from "./key-ring.ts";
import { dropOtherKept, writeKept } from "./kept-secrets.ts";
import { FOREIGN_KEYS } from "./known-keys.ts";
import { INSTALLATION } from "./checkpoints.ts";
import { MasterKey } from "./master-key.ts";
import { mirroredAgreements } from "./mirror.ts";
import { peopleKeys } from "./people-keys.ts";
import { listVaults } from "./raw-keys.ts";
import { reseal, type Resealing } from "./reseal.ts";
import { syncFolder } from "./sync-folder.ts";

/** Agreements of which anything may be sealed: those in Redis, and those of which only files are left. */
async function everyAgreement(redis: Redis, stateDir: string): Promise<string[]> {
  const vaults = (await listVaults(stateDir)).map(({ name }) => name.slice(0, name.indexOf("/")));
  return [...new Set([...(await listAgreements(redis)), ...(await mirroredAgreements(stateDir)), ...vaults])].toSorted();
}

/** Secrets that must stay what they are: pseudonyms stand in facts and exports, the installation's name in every checkpoint. */
function keptOf(present: KeyRing, agreements: readonly string[]): ReadonlyMap<string, Buffer> {
  const purposes = new Set([INSTALLATION, ...agreements.map(namesPurpose), ...present.keptPurposes]);
  return new Map([...purposes].toSorted().map((purpose) => [purpose, present.secretFor(purpose)]));
}

async function isInterrupted(folder: string): Promise<boolean> {
  return await access(path.join(folder, NEXT_MASTER_KEY)).then(
    () => true,
    () => false,
  );
}

/** @throws Error before anything is changed, when something opens with neither key. */
async function survey(redis: Redis, stateDir: string): Promise<Omit<Resealing, "next">> {
  const folder = path.join(stateDir, "keys");
  const present = await KeyRing.open(stateDir, { duringRotation: "master" });
  const next = (await isInterrupted(folder)) ? await KeyRing.openNext(stateDir) : null;
  const known = await redis.get(peopleKeys.keyRing);
  if (known !== null && known !== present.fingerprint && known !== next?.fingerprint) throw new Error(FOREIGN_KEYS);
  const found = { redis, stateDir, agreements: await everyAgreement(redis, stateDir), present };
  if (next === null) await Array.fromAsync(reseal({ ...found, next }));
  return found;
}

/**
 * Puts another master key in the place of the present one. Everything sealed is sealed anew while both keys are there; the
 * present one is destroyed by the rename that puts the next one in its place, once nothing needs it any more. Each step is
 * told when its effect has come. One that was interrupted after any of them goes on with the key that it had made.
 * Nothing else may run meanwhile. The keys of raw files stay the same under their new seal, and pseudonyms as they were.
 *
 * @throws Error that names what neither key opens; a first run has then changed nothing.
 */
export async function* rotateMasterKey(redis: Redis, stateDir: string): AsyncGenerator<string> {
  const folder = path.join(stateDir, "keys");
  const found = await survey(redis, stateDir);
  const master = await MasterKey.open(path.join(folder, NEXT_MASTER_KEY));
  yield "another master key is made";
  await writeKept(folder, master, keptOf(found.present, found.agreements));
  yield "secrets that outlive their master key are sealed under it";
  const input = { ...found, next: await KeyRing.openNext(stateDir) };
  yield* reseal(input);
  const [left] = await Array.fromAsync(reseal(input));
  if (left !== undefined) throw new Error(`${left} was sealed meanwhile: stop every server and worker, then repeat the command`);
  await redis.set(peopleKeys.keyRing, input.next.fingerprint);
  yield "Redis knows the new key";
  await rename(path.join(folder, NEXT_MASTER_KEY), path.join(folder, MASTER_KEY));
  await syncFolder(folder);
  yield "the former key is destroyed";
  await dropOtherKept(folder, master);
}
