import type { Redis } from "ioredis";
import { missLevelsOf } from "../../shared/alerts/rules/miss-levels.ts";
import { driftSignal } from "../../shared/alerts/rules/drift-signal.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../shared/alerts/subject.ts";
import { DAY_MS } from "../../shared/calendar/day.ts";
import { movedBesides } from "../../shared/drift/moved-besides.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { type KnownState, readAlerts, readStates } from "../../shared/store/alert-states.ts";
import type { StoredLine } from "../../shared/store/drift.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { standingOf } from "../evaluate/outlook-signals.ts";
import type { Look } from "./look-at-target.ts";

type DriftSubject = Extract<AlertSubject, { kind: "drift" }>;

function subjectOf(targetId: string): DriftSubject {
  return { kind: "drift", targetId };
}

/** Figures that reach this close to the day on which the agreement came onto the board tell of the present. */
const PRESENT_MS = 7 * DAY_MS;

/** What was handed in of the time long before the agreement came onto the board is history: nobody is told of it. */
function isHistory({ stored, points }: Look, { zone, sinceMs }: StoredAgreement): boolean {
  const last = points.findLast(({ open }) => open !== true);
  return stored.line.drift !== null && last !== undefined && zone.dayRange(last.day).toMs + PRESENT_MS <= sinceMs;
}

/** Another version measures something else, or from another time on: what was told of the old figures is over. */
function isAfresh({ stored: { line } }: Look, before: StoredLine | undefined): boolean {
  return line.state === "learning" && before !== undefined && before.line.version !== line.version;
}

/** Alerts of targets that are not watched any more. */
async function unwatched(redis: Redis, { agreement }: StoredAgreement, looks: readonly Look[], nowMs: number): Promise<SignalEvent[]> {
  const ids = await redis.smembers(agreementKeys(agreement.id).alertsActive);
  const told = await readAlerts(
    redis,
    agreement.id,
    ids.filter((id) => id.startsWith("drift.")),
  );
  const known = new Set(looks.map(({ compiled }) => compiled.target.id));
  return told.flatMap(({ subject, headline }): SignalEvent[] =>
    subject.kind !== "drift" || known.has(subject.targetId)
      ? []
      : [{ agreementId: agreement.id, subject, signal: "clear", headline: `Not watched any more. ${headline}`, nowMs }],
  );
}

interface Findings {
  readonly looks: readonly Look[];
  /** What was stored before. */
  readonly lines: ReadonlyMap<string, StoredLine>;
  readonly nowMs: number;
}

/**
 * What looks say to the alerts of their targets, with what these have been told before. A look that is stored already was told in the
 * same step.
 */
export async function driftSignals(
  redis: Redis,
  stored: StoredAgreement,
  { looks, lines, nowMs }: Findings,
): Promise<{ readonly signals: SignalEvent[]; readonly states: ReadonlyMap<string, KnownState> }> {
  const { agreement } = stored;
  const over = await unwatched(redis, stored, looks, nowMs);
  const news = looks.filter(({ view }) => view !== null);
  const subjects = [...news.map(({ compiled }): AlertSubject => subjectOf(compiled.target.id)), ...over.map(({ subject }) => subject)];
  const states = await readStates(redis, agreement.id, subjects.map(subjectKey));
  const levels = missLevelsOf(agreement.alerts);
  const watched = looks.map(({ compiled: { target }, stored: { line } }) => ({ target, drift: line.drift }));
  const signals = news.flatMap((look): SignalEvent[] => {
    if (isHistory(look, stored)) return [];
    const { compiled, stored: found } = look;
    const subject = subjectOf(compiled.target.id);
    const besides = found.line.besides?.says ?? movedBesides(compiled.target, watched);
    const about = { agreementId: agreement.id, compiled, line: found.line, besides, nowMs };
    const said = driftSignal(about, standingOf(states, subject), levels);
    if (!isAfresh(look, lines.get(compiled.target.id))) return [said];
    return [{ ...said, signal: "clear", headline: `${compiled.target.name} is watched afresh under version ${found.line.version}` }];
  });
  return { signals: [...signals, ...over], states };
}
