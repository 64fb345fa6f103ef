import type { Redis } from "ioredis";
import type { z } from "zod";
import type { AgreementHistory } from "../agreement/history.ts";
import { addDays, type Day } from "../calendar/day.ts";
import { canonicalText } from "../ledger/canonical.ts";
import { Forecast, type NewForecast } from "../protocol/claims.ts";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement } from "./agreements.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, STEP_ATTEMPTS, tooBusy, wasDone } from "./person-step.ts";
import { sha256Hex } from "./sha256.ts";

export type ForecastInput = z.output<typeof NewForecast> & {
  readonly agreementId: string;
  readonly month: string;
  readonly by: PartyActor;
  readonly nowMs: number;
};

/** Every forecast of an agreement, by month. */
export async function readForecasts(redis: Redis, agreementId: string): Promise<Forecast[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).forecasts);
  return texts.map((text) => Forecast.parse(JSON.parse(text))).toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

/** What both sides go by on a day: only a forecast that is locked binds anybody. */
export function lockedForecast(forecasts: readonly Forecast[], nowMs: number): (day: Day) => number | null {
  const locked = new Map(forecasts.filter(({ locksAtMs }) => locksAtMs <= nowMs).flatMap(({ days }) => Object.entries(days)));
  return (day) => locked.get(day) ?? null;
}

/** When a month's forecast locks, as the version in force on its first day says. */
function locksAt(history: AgreementHistory, { month, by }: ForecastInput): number {
  const first = `${month}-01`;
  const { agreement, zone } = history.contextOn(first) ?? history.latest;
  const { volume } = agreement;
  if (volume === undefined)
    throw new AppError("bad-request", "This agreement asks for no forecast.", "Agree on a version with a volume clause first.");
  if (volume.forecastBy !== by.party)
    throw new AppError("not-allowed", `The forecast is handed in by the ${volume.forecastBy}.`, "Ask the other side for it.");
  return zone.dayRange(addDays(first, -volume.lockDaysBefore)).fromMs;
}

function refuseOdd({ month, days }: ForecastInput): void {
  if (!Forecast.shape.month.safeParse(month).success)
    throw new AppError("bad-request", `"${month}" is not a month.`, "Write it as 2026-11.");
  const stray = Object.keys(days).filter((day) => day.slice(0, 7) !== month);
  if (stray.length > 0) throw new AppError("bad-request", `${stray.join(", ")} not in ${month}.`, "Hand in the days of one month.");
  if (Object.keys(days).length === 0) throw new AppError("bad-request", "No day is forecast.", "Give at least one day.");
}

async function attempt(redis: Redis, input: ForecastInput, forecast: Forecast, operation: string): Promise<boolean> {
  const { agreementId, month, by, nowMs } = input;
  const keys = agreementKeys(agreementId);
  const before = await redis.hget(keys.forecasts, month);
  const result = await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    expect: [{ key: keys.forecasts, field: month, is: before ?? "" }],
    writes: [
      ["HSET", keys.forecasts, month, JSON.stringify(forecast)],
      ["HINCRBY", keys.clock, "forecasts", 1],
    ],
    ledger: [
      { v: 1, kind: "forecast", agreement: agreementId, atMs: nowMs, actor: by.id, month, sha256: sha256Hex(canonicalText(forecast.days)) },
    ],
  });
  return result.kind === "done" || result.kind === "repeated";
}

/**
 * Takes a month's forecast in, in place of the one before, until it locks.
 *
 * @throws AppError `not-found`; `bad-request`; `not-allowed` for the side that does not forecast; `conflict` once it is locked.
 */
export async function putForecast(redis: Redis, input: ForecastInput): Promise<Forecast> {
  const { agreementId, month, days, nowMs } = input;
  refuseOdd(input);
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw new AppError("not-found", "There is no such agreement.", "Check the address.");
  const operation = personalOperation(`forecast-${month}`, input);
  const locksAtMs = locksAt(stored.history, input);
  if (nowMs >= locksAtMs) {
    const present = (await readForecasts(redis, agreementId)).find((known) => known.month === month);
    if (present !== undefined && (await wasDone(redis, agreementId, operation))) return present;
    const when = new Date(locksAtMs).toISOString();
    throw new AppError("conflict", `The forecast of ${month} is locked since ${when}.`, "A locked forecast stays; forecast a later month.");
  }
  const forecast = { month, days, handedInAtMs: nowMs, locksAtMs };
  for (let i = 0; i < STEP_ATTEMPTS; i++) if (await attempt(redis, input, forecast, operation)) return forecast;
  throw tooBusy();
}
