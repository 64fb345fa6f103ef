import type { FinishedCall } from "./centre/call.ts";
import { LISBON, LISBON_LINE, MANILA } from "./demo.ts";
import { callRecords } from "./exports/call-records.ts";
import { cmsExport } from "./exports/cms-export.ts";
import { evaluationExport } from "./exports/evaluation-export.ts";
import { rosterExport } from "./exports/roster-export.ts";
import { INTERVAL_S } from "./exports/split-interval.ts";
import { surveyExport } from "./exports/survey-export.ts";
import { evaluationsDue, rostersDue } from "./quality/quality-course.ts";
import { holdsBack } from "./script/script.ts";
import type { Simulation } from "./simulation.ts";

/** One file on its way to the server. The same simulation always makes the same file under the same key. */
export interface HandIn {
  /** `<agreement>.<feed>`. */
  readonly feedId: string;
  readonly key: string;
  readonly filename: string;
  readonly body: string;
}

export interface HandedIn {
  readonly simulation: Simulation;
  readonly files: readonly HandIn[];
}

/** While people watch: a quiet switch tests its lines after this long, and surveys are sent this often. */
const LINE_TEST_AFTER_S = 7;
const SURVEYS_EVERY_S = 15;

function file(feedId: string, simulation: Simulation, extension: string, body: string): HandIn {
  const name = `${feedId}-${simulation.atS}`;
  return { feedId, key: `${simulation.seed}-${simulation.turn}-${name}`, filename: `${name}.${extension}`, body };
}

function runningFrom(simulation: Simulation): number {
  return Math.floor(simulation.atS / INTERVAL_S) * INTERVAL_S;
}

function handInIntervals(before: Simulation): HandedIn {
  const files = [file(`${MANILA.agreement}.${MANILA.intervals}`, before, "csv", cmsExport(MANILA.zone, before.intervals))];
  const intervals = before.intervals.filter((interval) => interval.startS >= runningFrom(before));
  return { simulation: { ...before, intervals }, files };
}

function lineTest(before: Simulation): { simulation: Simulation; call: FinishedCall } | null {
  const queue = before.queues[LISBON_LINE.model.id];
  if (!before.live || queue === undefined || before.atS - before.callsSentS < LINE_TEST_AFTER_S || before.atS % 3600 === 0) return null;
  const none = { agent: null, talkS: 0, holdS: 0, acwS: 0, score: null, menuS: 0, waitS: 0 } as const;
  const call = {
    queue: LISBON_LINE.model.id,
    number: queue.nextNumber,
    outcome: "line-test",
    queuedS: before.atS,
    endedS: before.atS,
    ...none,
  } as const;
  const queues = { ...before.queues, [LISBON_LINE.model.id]: { ...queue, nextNumber: queue.nextNumber + 1 } };
  return { simulation: { ...before, queues }, call };
}

function handInCalls(before: Simulation): HandedIn {
  if (before.live && holdsBack(before.script, before.atS)) return { simulation: before, files: [] };
  const test = before.calls.length === 0 ? lineTest(before) : null;
  const calls = test === null ? before.calls : [test.call];
  if (calls.length === 0) return { simulation: before, files: [] };
  const simulation = { ...(test?.simulation ?? before), calls: [], callsSentS: before.atS };
  return { simulation, files: [file(`${LISBON.agreement}.${LISBON.calls}`, before, "txt", callRecords(LISBON.zone, calls))] };
}

function handInSurveys(before: Simulation): HandedIn {
  const due = before.surveysChanged && (!before.live || before.atS - before.surveysSentS >= SURVEYS_EVERY_S);
  if (!due) return { simulation: before, files: [] };
  const files = [file(`${LISBON.agreement}.${LISBON.surveys}`, before, "csv", surveyExport(LISBON.zone, before.surveys))];
  const surveys = before.surveys.filter((interval) => interval.startS >= runningFrom(before));
  return { simulation: { ...before, surveys, surveysChanged: false, surveysSentS: before.atS }, files };
}

function handInQuality(before: Simulation): HandedIn {
  const { quality, seed } = before;
  if (quality === null || quality.dueS <= quality.sentS) return { simulation: before, files: [] };
  const [evaluations, mondays] = [evaluationsDue(seed, LISBON.zone, quality), rostersDue(LISBON.zone, quality)];
  const of = (feed: string, body: string): HandIn => file(`${LISBON.agreement}.${feed}`, before, "csv", body);
  const files = [
    ...(evaluations.length === 0 ? [] : [of(LISBON.evaluations, evaluationExport(LISBON.zone, evaluations))]),
    ...(mondays.length === 0 ? [] : [of(LISBON.roster, rosterExport(quality.hired, mondays))]),
  ];
  return { simulation: { ...before, quality: { ...quality, sentS: quality.dueS } }, files };
}

/** What both providers hand in now, and the simulation that no longer owes it. */
export function handIn(before: Simulation): HandedIn {
  const files: HandIn[] = [];
  let simulation = before;
  for (const hand of [handInIntervals, handInCalls, handInSurveys, handInQuality]) {
    const handed = hand(simulation);
    files.push(...handed.files);
    simulation = handed.simulation;
  }
  return { simulation: { ...simulation, turn: simulation.turn + 1 }, files };
}
