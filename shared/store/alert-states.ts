import type { Redis } from "ioredis";
import { Alert } from "../alerts/alert.ts";
import { AlertSubject, isOccurrence } from "../alerts/subject.ts";
import { type AlertState, Track, UNTOLD } from "../alerts/track.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";

/** A track as it is kept: a fingerprint that never had an alert is known by its track alone. */
export const StoredTrack = Track.extend({ subject: AlertSubject });

/** A fingerprint as it is stored. */
export interface KnownState extends AlertState {
  /** `null` of one about which nothing was ever said. */
  readonly subject: AlertSubject | null;
}

const NEVER: KnownState = { ...UNTOLD, subject: null };
/** More at once would keep others waiting; the rest is next. */
const DUE_AT_ONCE = 500;

/** A former release kept no tracks, and a rebuild may lack one: an alert that stands says what its track said. */
function derivedTrack(alert: Alert): Track {
  const isClosedFiring = alert.status === "resolved" && alert.resolution?.by !== undefined && alert.signal !== "clear";
  if (alert.status === "resolved" && !isClosedFiring) return UNTOLD.track;
  const { signal, changedAtMs, severity, headline, audience, party, frozenSinceMs, flapping } = alert;
  const said = { ...(audience === undefined ? {} : { audience }), ...(party === undefined ? {} : { party }) };
  const since = { sinceMs: changedAtMs, turnedAtMs: changedAtMs };
  return {
    ...UNTOLD.track,
    ...said,
    ...since,
    signal: signal === "clear" ? "firing" : signal,
    severity,
    headline,
    recent: "b",
    frozenSinceMs,
    flapping,
  };
}

function stateOf(trackText: string | null, alertText: string | null): KnownState {
  if (trackText === null && alertText === null) return NEVER;
  const alert = alertText === null ? null : Alert.parse(JSON.parse(alertText));
  // What has happened and was seen is over, although no evidence can say so: the next time is another.
  if (alert !== null && alert.status === "resolved" && isOccurrence(alert.subject))
    return { track: UNTOLD.track, alert, subject: alert.subject };
  if (trackText === null) return alert === null ? NEVER : { track: derivedTrack(alert), alert, subject: alert.subject };
  const { subject, ...track } = StoredTrack.parse(JSON.parse(trackText));
  return { track, alert, subject };
}

async function fields(redis: Redis, key: string, names: readonly string[]): Promise<(string | null)[]> {
  return (await Promise.all(inPieces(names).map(async (some) => await redis.hmget(key, ...some)))).flat();
}

/** The state of each of some fingerprints, by their keys: every key has one. */
export async function readStates(redis: Redis, agreementId: string, subjects: readonly string[]): Promise<Map<string, KnownState>> {
  const keys = agreementKeys(agreementId);
  const [ids, tracks] = await Promise.all([fields(redis, keys.alertLatest, subjects), fields(redis, keys.alertTracks, subjects)]);
  const known = ids.filter((id) => typeof id === "string");
  const texts = await fields(redis, keys.alerts, known);
  const alerts = new Map(known.map((id, i) => [id, texts[i] ?? null]));
  return new Map(subjects.map((subject, i) => [subject, stateOf(tracks[i] ?? null, alerts.get(ids[i] ?? "") ?? null)]));
}

/** Fingerprints of which something is due, earliest first; at any time, if the terms by which it is due have changed. */
export async function readDueSubjects(redis: Redis, agreementId: string, nowMs: number | "any"): Promise<string[]> {
  const { alertDue } = agreementKeys(agreementId);
  if (nowMs === "any") return await redis.zrangebyscore(alertDue, "-inf", "+inf");
  return await redis.zrangebyscore(alertDue, "-inf", nowMs, "LIMIT", 0, DUE_AT_ONCE);
}

export async function readAlert(redis: Redis, agreementId: string, alertId: string): Promise<Alert | null> {
  const stored = await redis.hget(agreementKeys(agreementId).alerts, alertId);
  return stored === null ? null : Alert.parse(JSON.parse(stored));
}

export async function readAlerts(redis: Redis, agreementId: string, ids: readonly string[]): Promise<Alert[]> {
  const texts = await fields(redis, agreementKeys(agreementId).alerts, ids);
  return texts.flatMap((text) => (text === null ? [] : [Alert.parse(JSON.parse(text))]));
}
