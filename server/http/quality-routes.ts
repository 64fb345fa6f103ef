import { randomBytes } from "node:crypto";
import { incubation } from "../../shared/drift/incubation.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { readBlindSpots } from "../../shared/store/blind-spots.ts";
import { readCalibration, readCalibrations, scoreAgain } from "../../shared/store/calibrations.ts";
import { drawCalibration } from "../../shared/store/draw-calibration.ts";
import { addCoaching, readCoaching } from "../../shared/store/coaching.ts";
import { readAgreement, readFeeds } from "../../shared/store/agreements.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

type Names = "blindSpots" | "incubation" | "coaching" | "addCoaching" | "calibrations" | "calibration" | "drawCalibration" | "scoreAgain";
const SEED_BYTES = 16;

function randomText(): string {
  return randomBytes(SEED_BYTES).toString("hex");
}

/** What people do about quality. */
export function qualityRoutes({ redis, clock }: ServerParts): Pick<Handlers, Names> {
  async function known(agreementId: string): Promise<void> {
    if ((await readFeeds(redis, agreementId)) === null) throw notFound();
  }
  return {
    async coaching({ params: { agreementId } }) {
      await known(agreementId);
      return readCoaching(redis, agreementId);
    },
    async addCoaching({ params: { agreementId }, body, caller, response }) {
      const view = await addCoaching(redis, { agreementId, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
      response.status(201);
      return view;
    },
    async blindSpots({ params: { agreementId } }) {
      const nowMs = clock();
      const stored = await readAgreement(redis, agreementId, nowMs);
      if (stored === null) throw notFound();
      return readBlindSpots(redis, stored, nowMs);
    },
    async incubation({ params: { agreementId } }) {
      const nowMs = clock();
      const stored = await readAgreement(redis, agreementId, nowMs);
      if (stored === null) throw notFound();
      const known = { verdicts: await readVerdicts(redis, agreementId), today: stored.zone.localDay(nowMs) };
      return stored.targets.flatMap((compiled) => incubation(stored.agreement, compiled, known) ?? []);
    },
    async calibrations({ params: { agreementId } }) {
      await known(agreementId);
      return readCalibrations(redis, agreementId);
    },
    async calibration({ params: { agreementId, calibrationId }, caller }) {
      await known(agreementId);
      return readCalibration(redis, agreementId, calibrationId, partyActor(caller, agreementId).id);
    },
    async drawCalibration({ params: { agreementId }, body, caller, response }) {
      const by = partyActor(caller, agreementId);
      const seed = randomText();
      const id = await drawCalibration(redis, { agreementId, ...body, seed, by, nowMs: clock() });
      response.status(201);
      return readCalibration(redis, agreementId, id, by.id);
    },
    async scoreAgain({ params: { agreementId, calibrationId, record }, body, caller }) {
      await known(agreementId);
      const second = { ...body, salt: randomText(), by: partyActor(caller, agreementId) };
      return scoreAgain(redis, { agreementId, calibrationId, record, ...second, nowMs: clock() });
    },
  };
}
