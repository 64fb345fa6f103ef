import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import { isWatched } from "../../shared/agreement/alert-clauses.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { DriftView } from "../../shared/drift/drift-view.ts";
import { Outlook } from "../../shared/outlook/outlook.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { withFamily } from "../../shared/store/alert-family.ts";
import { type AlertParts, alertParts } from "../../shared/store/alert-writes.ts";
import { type Commit, commit } from "../../shared/store/commit.ts";
import { driftRemoval, driftWrites, readDriftLines, readDriftView, type StoredLine } from "../../shared/store/drift.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { moveAlerts } from "../evaluate/alert-moves.ts";
import type { WorkerParts } from "../parts.ts";
import { driftSignals } from "./drift-signals.ts";
import { explained } from "./explained.ts";
import { type Look, lookAtTarget, type Series, seriesOf } from "./look-at-target.ts";
import { readSeries } from "./read-series.ts";

/** What each connection has looked at last, by agreement: the marks that tell of any change. */
const looked = new WeakMap<Redis, Map<string, string>>();

const ATTEMPTS = 5;

interface Marks {
  /** Of whoever stored a look last; `""` where nobody has. */
  readonly drift: string;
  /** Figures, versions, claims, forecasts and the turn of the day. */
  readonly others: string;
}

async function readMarks(redis: Redis, agreementId: string): Promise<Marks> {
  const { clock } = agreementKeys(agreementId);
  const [drift = null, ...others] = await redis.hmget(clock, "drift", "evaluated", "stamp", "counts", "claims", "forecasts");
  return { drift: drift ?? "", others: JSON.stringify(others) };
}

function watchedTargets({ agreement, targets }: StoredAgreement): CompiledTarget[] {
  return targets.filter(({ target, base }) => isWatched(agreement.alerts, { id: target.id, base }));
}

async function readOutlooks(redis: Redis, agreementId: string): Promise<Outlook[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).outlooks);
  return texts.map((text) => Outlook.parse(JSON.parse(text)));
}

/**
 * The series of all watched targets at one instant: the days that a file changes are written in one step, but read one target and version
 * after the other. Where files keep coming in, the last attempt stands until the next round.
 */
async function readAll(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<Series[]> {
  for (let attempt = 1; ; attempt++) {
    const { others } = await readMarks(redis, stored.agreement.id);
    const all: Series[] = [];
    for (const compiled of watchedTargets(stored)) all.push(seriesOf(compiled, await readSeries(redis, stored, compiled, nowMs)));
    if (attempt === ATTEMPTS || (await readMarks(redis, stored.agreement.id)).others === others) return all;
  }
}

async function lookAtAll(redis: Redis, stored: StoredAgreement, lines: ReadonlyMap<string, StoredLine>, nowMs: number): Promise<Look[]> {
  const { id } = stored.agreement;
  const outlooks = await readOutlooks(redis, id);
  const all = await readAll(redis, stored, nowMs);
  const series = Math.max(1, all.filter(({ watchable }) => watchable.kind !== null).length);
  const looks: Look[] = [];
  const explain = async (one: Series, view: DriftView) => await explained(redis, stored, one, view);
  for (const one of all) {
    const { id: targetId } = one.compiled.target;
    const readView = async () => await readDriftView(redis, id, targetId);
    looks.push(await lookAtTarget(one, { stored, series, outlooks, nowMs }, { before: lines.get(targetId), readView, explain }));
    // Files that come in meanwhile are not to wait for all of them.
    await setImmediate();
  }
  return looks;
}

interface Found {
  readonly lines: ReadonlyMap<string, StoredLine>;
  readonly looks: readonly Look[];
  readonly told: AlertParts;
}

async function look(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<Found> {
  const agreementId = stored.agreement.id;
  const lines = await readDriftLines(redis, agreementId);
  const looks = await lookAtAll(redis, stored, lines, nowMs);
  const { signals, states } = await driftSignals(redis, stored, { looks, lines, nowMs });
  const policy = dutyOf(stored);
  const moves = moveAlerts({ agreementId, states, signals, woken: [], nowMs, policy });
  return { lines, looks, told: alertParts({ agreementId, policy }, await withFamily({ redis, stored, nowMs }, moves)) };
}

/** The step that stores what has changed under a new mark; `null` where nothing has. */
function stepOf(agreementId: string, { lines, looks, told }: Found, before: string, mark: string): Omit<Commit, "nowMs"> | null {
  const known = new Set(looks.map(({ compiled }) => compiled.target.id));
  const gone = [...lines.keys()].filter((targetId) => !known.has(targetId));
  const changed = looks.flatMap(({ view, stored: line }) => (view === null ? [] : [{ view, line }]));
  if (changed.length === 0 && gone.length === 0 && told.writes.length === 0) return null;
  const { clock } = agreementKeys(agreementId);
  const targets = [...changed.map(({ view }) => view.targetId), ...gone];
  return {
    agreementId,
    operationId: `drift-${mark}`,
    expect: [{ key: clock, field: "drift", is: before }, ...told.expect],
    writes: [
      ...told.writes,
      ...changed.flatMap(({ view, line }) => driftWrites(agreementId, view, line)),
      ...gone.flatMap((targetId) => driftRemoval(agreementId, targetId)),
      ["HSET", clock, "drift", mark],
    ],
    ledger: told.ledger,
    events: [...told.events, ...targets.map((targetId) => ({ kind: "drift:changed" as const, targetId }))],
  };
}

/**
 * Watches the targets of an agreement for drift, and tells of what moves to the worse side before a window is missed. Works it out when
 * figures, versions, claims or the day have changed. What is stored is derived: a restated day simply gives another view, while the
 * alerts keep what was known then. Twice at once changes nothing: whoever comes second finds another mark and begins anew.
 */
export async function watchDrift({ redis, clock }: Pick<WorkerParts, "redis" | "clock">, agreementId: string): Promise<void> {
  const nowMs = clock();
  const mine = looked.get(redis) ?? new Map<string, string>();
  looked.set(redis, mine);
  const marks = await readMarks(redis, agreementId);
  if (mine.get(agreementId) === marks.drift + marks.others) return;
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) return;
  const mark = randomUUID();
  const step = stepOf(agreementId, await look(redis, stored, nowMs), marks.drift, mark);
  const result = step === null ? null : await commit(redis, { ...step, nowMs });
  // The next round sees what it is by then.
  if (result?.kind === "conflict") return;
  mine.set(agreementId, (step === null ? marks.drift : mark) + marks.others);
}
