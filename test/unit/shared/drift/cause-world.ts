import type { CauseCell, CauseQuestion } from "../../../../shared/drift/cause-cell.ts";
import { drawBinomial, drawGamma, drawNormal, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { type RandomStream, randomStream } from "../../../../shared/stats/random.ts";

export const PLANTED = ["mix", "queue", "entrants", "leavers", "stayers", "handle", "band"] as const;
export type Planted = (typeof PLANTED)[number] | "none";

/** A centre with its people and queues, in which one thing may be moved by so much (share of cases, or of handle time). */
export interface World {
  readonly kind: "share" | "mean";
  readonly planted: Planted;
  readonly size: number;
  readonly queue: string;
  readonly band: number;
  readonly part: "talk" | "hold" | "wrap";
  readonly seed: string;
}

interface Person {
  readonly name: string;
  readonly level: number;
  readonly queues: ReadonlyMap<string, number>;
  /** Days since the start at the first day of the baseline; below 0 for who comes later. */
  readonly tenure: number;
  readonly leavesOn: number;
}

const BEFORE_DAYS = 56;
const AFTER_DAYS = 28;
const BAND_ENDS = [30, 90, 180];
const PARTS = { talk: { mean: 300_000, cv: 0.7 }, hold: { mean: 40_000, cv: 1.8 }, wrap: { mean: 60_000, cv: 0.8 } } as const;

export function bandAt(tenure: number): number {
  const at = BAND_ENDS.findIndex((end) => tenure <= end);
  return at === -1 ? BAND_ENDS.length : at;
}

function between(stream: RandomStream, low: number, high: number): number {
  return low + (high - low) * stream.next();
}

interface Queue {
  readonly name: string;
  readonly share: number;
  readonly rate: number;
}

function queuesOf(stream: RandomStream): Queue[] {
  const weights = Array.from({ length: 3 + Math.floor(3 * stream.next()) }, () => between(stream, 1, 2.2));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const levels = weights.map((_, at) => (at / (weights.length - 1)) * 2 - 1);
  return weights.map((weight, at) => ({ name: `q${at}`, share: weight / all, rate: levels[at] ?? 0 }));
}

function peopleOf(stream: RandomStream, queues: readonly Queue[], kind: World["kind"]): Person[] {
  const count = 30 + Math.floor(31 * stream.next());
  return Array.from({ length: Math.round(count * 1.18) }, (_, at) => {
    const isEntrant = at >= count;
    const isLeaver = !isEntrant && stream.next() < 0.18;
    const skills = queues.filter(() => stream.next() < 0.6);
    const own = skills.length === 0 ? queues : skills;
    return {
      name: `agent-${at}`,
      level: drawNormal(stream) * (kind === "share" ? 0.03 : 0.08),
      queues: new Map(own.map(({ name, share }) => [name, share * between(stream, 0.6, 1.4)])),
      tenure: isEntrant
        ? -between(stream, BEFORE_DAYS - 7, BEFORE_DAYS + 10)
        : stream.next() < 0.5
          ? between(stream, 0, 180)
          : between(stream, 180, 1500),
      leavesOn: isLeaver ? between(stream, 20, BEFORE_DAYS) : Number.POSITIVE_INFINITY,
    };
  });
}

/** Whether the planted cause moves this agent's contacts in this queue at that time. */
function isMoved(world: World, person: Person, { queue, day }: { queue: string; day: number }): boolean {
  const isAfter = day >= BEFORE_DAYS;
  const [isEntrant, isLeaver] = [person.tenure < 0, Number.isFinite(person.leavesOn)];
  switch (world.planted) {
    case "queue":
      return isAfter && queue === world.queue;
    case "entrants":
      return isAfter && isEntrant;
    case "leavers":
      return !isAfter && isLeaver;
    case "stayers":
      return isAfter && !isEntrant;
    case "handle":
      return isAfter;
    case "band":
      return isAfter && bandAt(person.tenure + day) === world.band;
    default:
      return false;
  }
}

function cellOf(stream: RandomStream, world: World, at: { person: Person; queue: Queue; day: number; n: number }): CauseCell {
  const { person, queue, day, n } = at;
  const tenureDays = Math.max(0, Math.floor(person.tenure + day));
  const place = { queue: queue.name, agent: person.name, tenureDays, n };
  const moved = isMoved(world, person, { queue: queue.name, day }) ? world.size : 0;
  const isBetter = world.planted === "leavers";
  if (world.kind === "share") {
    const p = 0.8 + 0.06 * queue.rate + person.level + (isBetter ? moved : -moved);
    return { ...place, num: drawBinomial(stream, n, Math.min(0.995, Math.max(0.005, p))) };
  }
  const level = (1 + 0.15 * queue.rate) * (1 + person.level);
  const timeOf = (part: keyof typeof PARTS): number => {
    const { mean, cv } = PARTS[part];
    const grown = world.planted === "handle" ? (part === world.part ? moved * (360_000 / mean) : 0) : isBetter ? -moved : moved;
    return Math.round(drawGamma(stream, n / cv ** 2) * mean * cv ** 2 * level * Math.max(0.05, 1 + grown));
  };
  const parts = { talk: timeOf("talk"), hold: timeOf("hold"), wrap: timeOf("wrap") };
  const num = parts.talk + parts.hold + parts.wrap;
  const ofOne = Object.values(PARTS).reduce((sum, { mean, cv }) => sum + (mean * cv * level) ** 2, 0);
  return { ...place, num, parts, squares: num ** 2 / n + n * ofOne };
}

function weekOf(
  stream: RandomStream,
  world: World,
  day: number,
  staff: { people: readonly Person[]; queues: readonly Queue[] },
): CauseCell[] {
  const perWeek = world.kind === "share" ? 14 : 60;
  return staff.people.flatMap((person) => {
    if (person.tenure + day < 0 || person.leavesOn < day) return [];
    return staff.queues.flatMap((queue) => {
      const weight = person.queues.get(queue.name) ?? 0;
      const all = [...person.queues.values()].reduce((sum, value) => sum + value, 0);
      const isGrown = world.planted === "mix" && day >= BEFORE_DAYS && queue.name === world.queue;
      const n = drawPoisson(stream, perWeek * (weight / all) * (isGrown ? 1 + world.size : 1));
      return n === 0 ? [] : [cellOf(stream, world, { person, queue, day, n })];
    });
  });
}

/** Cells of eight weeks and of the four after them, by agent, queue and week. */
export function planted(world: World): CauseQuestion {
  const stream = randomStream(world.seed);
  const queues = queuesOf(stream);
  const people = peopleOf(stream, queues, world.kind);
  const weeks = (from: number, to: number): CauseCell[] =>
    Array.from({ length: (to - from) / 7 }, (_, week) => weekOf(stream, world, from + 7 * week, { people, queues })).flat();
  return {
    kind: world.kind,
    unit: world.kind === "share" ? "ratio" : "duration",
    before: { from: "2026-01-05", to: "2026-03-01", cells: weeks(0, BEFORE_DAYS) },
    after: { from: "2026-03-02", to: "2026-03-29", cells: weeks(BEFORE_DAYS, BEFORE_DAYS + AFTER_DAYS) },
  };
}
