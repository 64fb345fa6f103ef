import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { advance, type Course } from "./advance.ts";
import type { SimulatorConfig } from "./config.ts";
import { chunksAhead, historyStart, nextCourse } from "./course.ts";
import { handIn } from "./hand-in.ts";
import { awaitSettled, type Sent } from "./history-settled.ts";
import { readProgress, writeProgress } from "./progress.ts";
import type { ProviderClient } from "./provider-client.ts";
import { beginSimulation, type Simulation } from "./simulation.ts";

const CALM_TICK_MS = 4000;
const BUSY_TICK_MS = 2000;

export interface SimulatorParts {
  readonly config: Pick<SimulatorConfig, "progressFile" | "seed" | "historyDays">;
  readonly client: ProviderClient;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Seconds since 1970. */
  readonly nowS: () => number;
}

interface Position {
  readonly simulation: Simulation;
  readonly course: Course;
}

async function travel(parts: SimulatorParts, position: Position): Promise<{ simulation: Simulation; sent: Sent[] }> {
  await writeProgress(parts.config.progressFile, position);
  const { simulation, files } = handIn(advance(position.simulation, position.course));
  const known = files.filter(({ feedId }) => parts.client.mayHandIn(feedId));
  const sent = await Promise.all(
    known.map(async ({ feedId, ...file }) => ({ feedId, receipt: await parts.client.upload({ feedId, ...file }) })),
  );
  return { simulation, sent };
}

/** The beginning; or where the last run stopped, its files under way handed in again, and nobody watching yet. */
async function resume(parts: SimulatorParts): Promise<Position> {
  const { config, nowS } = parts;
  const progress = await readProgress(config.progressFile);
  if (progress === null) {
    const simulation = beginSimulation(config.seed, historyStart(nowS(), config.historyDays));
    return { simulation, course: nextCourse(simulation, nowS()) };
  }
  const simulation = { ...(await travel(parts, progress)).simulation, live: false };
  return { simulation, course: nextCourse(simulation, nowS()) };
}

/** Hands in everything from the position to the present, and waits until the server has worked through it. */
async function catchUp(parts: SimulatorParts, from: Position): Promise<Position> {
  const sent: Sent[] = [];
  let { simulation, course } = from;
  for (let done = 1; !course.live; done++) {
    const travelled = await travel(parts, { simulation, course });
    simulation = travelled.simulation;
    sent.push(...travelled.sent);
    const of = done + chunksAhead(simulation, parts.nowS());
    parts.log.info({ event: "history", done, of, files: sent.length }, `loading history: ${done} of ${of} weeks handed in`);
    if (done === of) await awaitSettled(parts, sent);
    course = nextCourse(simulation, parts.nowS());
  }
  return { simulation, course };
}

/**
 * Plays both providers until the signal aborts: history first, then the present, tick by tick. A gap, because the machine slept
 * or the server was away, is filled as history.
 *
 * @throws Refused when the server will not take a file.
 */
export async function runSimulator(parts: SimulatorParts): Promise<void> {
  let position = await catchUp(parts, await resume(parts));
  parts.log.info({ event: "ready" }, "history loaded; both providers are live");
  while (!parts.signal.aborted) {
    position = await catchUp(parts, position);
    const { simulation } = await travel(parts, position);
    if (simulation.script.phase !== position.simulation.script.phase) {
      parts.log.info({ event: "script", phase: simulation.script.phase, desk: simulation.deskDay }, `script: ${simulation.script.phase}`);
    }
    await wait(simulation.script.phase === "calm" ? CALM_TICK_MS : BUSY_TICK_MS, undefined, { signal: parts.signal });
    position = { simulation, course: nextCourse(simulation, parts.nowS()) };
  }
}
