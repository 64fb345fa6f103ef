import type { Redis } from "ioredis";
import type { Exclusion } from "../../shared/agreement/exclusion.ts";
import type { Day } from "../../shared/calendar/day.ts";
import type { Forecast } from "../../shared/protocol/claims.ts";
import { exclusionsOf } from "../../shared/settlement/exclusions-of.ts";
import { readClaims } from "../../shared/store/claims.ts";
import { lockedForecast, readForecasts } from "../../shared/store/forecasts.ts";
import type { Dirty } from "./dirty.ts";

/** What people have said that changes what is counted: claims, and the forecast of the volume. */
export interface PeopleInput {
  readonly exclusions: readonly Exclusion[];
  readonly forecastOf: (day: Day) => number | null;
}

interface Known {
  readonly marks: Dirty["marks"];
  readonly exclusions: readonly Exclusion[];
  readonly forecasts: readonly Forecast[];
}

/** What each connection has read before; the marks say whether it is still the same. */
const known = new WeakMap<Redis, Map<string, Known>>();

async function readNew(redis: Redis, agreementId: string, marks: Dirty["marks"]): Promise<Known> {
  const [claims, forecasts] = await Promise.all([
    marks.claims === "" ? [] : readClaims(redis, agreementId),
    marks.forecasts === "" ? [] : readForecasts(redis, agreementId),
  ]);
  return { marks, exclusions: exclusionsOf(claims), forecasts };
}

/** Costs nothing where nobody has said anything since it was read last. */
export async function readPeopleInput(redis: Redis, agreementId: string, marks: Dirty["marks"], nowMs: number): Promise<PeopleInput> {
  const mine = known.get(redis) ?? new Map<string, Known>();
  known.set(redis, mine);
  const before = mine.get(agreementId);
  const same = before?.marks.claims === marks.claims && before.marks.forecasts === marks.forecasts;
  const found = same ? before : await readNew(redis, agreementId, marks);
  mine.set(agreementId, found);
  return { exclusions: found.exclusions, forecastOf: lockedForecast(found.forecasts, nowMs) };
}
