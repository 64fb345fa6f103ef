import { addDays, type Day } from "../../../shared/calendar/day.ts";
import type { Zone } from "../../../shared/calendar/zone.ts";
import { Random, seedOf } from "../centre/random.ts";
import { AGENTS, type Agent, daysSince, type QualityStory, worksOn } from "./quality-story.ts";

/** One item of the form: how many of a hundred experienced agents, and of new ones, get it right. Points are in the feed's definition. */
export const FORM = [
  { column: "greeting", usual: 98, fresh: 91 },
  { column: "identity", usual: 98, fresh: 90 },
  { column: "question", usual: 94, fresh: 64 },
  { column: "solution", usual: 91, fresh: 52 },
  { column: "next_steps", usual: 93, fresh: 57 },
  { column: "notes", usual: 94, fresh: 67 },
  { column: "closing", usual: 96, fresh: 84 },
] as const;

/** One contact that an evaluator listened to. */
export interface Evaluation {
  readonly id: string;
  /** Seconds since 1970. */
  readonly atS: number;
  readonly agent: string;
  readonly evaluator: string;
  /** Whether each item of the form was right. */
  readonly right: readonly boolean[];
}

const EVALUATORS = ["Evaluator Lima", "Evaluator Prata", "Evaluator Sousa"];
/** The first is over at seven in the morning; then one every 22 minutes. */
const [FIRST_S, EVERY_S] = [7 * 3600, 22 * 60];
const [FEWEST, MOST] = [30, 42];
/** How much of the way to an experienced agent those go whom a coach has sat beside. */
const COACHED = 0.35;
/** Standard deviation of agents, in hundredths of right answers. */
const AGENTS_DIFFER = 1.5;

function chanceOf(seed: string, agent: Agent, isCoached: boolean): number[] {
  const own = new Random(seedOf(`${seed}/agent/${agent.name}`)).normal() * AGENTS_DIFFER;
  return FORM.map(({ usual, fresh }) => {
    const base = agent.isNew ? fresh + (isCoached ? COACHED * (usual - fresh) : 0) : usual;
    return Math.min(99.5, base + own) / 100;
  });
}

function drawOne<T>(random: Random, all: readonly T[]): T {
  const one = all[Math.floor(random.unit() * all.length)];
  if (one === undefined) throw new RangeError("there is nobody to draw from");
  return one;
}

/**
 * The evaluations of a day, in the order of their times. They depend on the seed and on how many days ago the first class began, not on
 * the date.
 */
export function evaluationsOn(seed: string, { hired, coached }: QualityStory, zone: Zone, day: Day): Evaluation[] {
  const at = daysSince(hired, day);
  const random = new Random(seedOf(`${seed}/draws/${at}`));
  const present = AGENTS.filter((agent) => worksOn(agent, at));
  // Only who was there before the coach came has been coached.
  const isCoached = ({ from }: Agent): boolean => day >= coached && addDays(hired, from) < coached;
  const count = FEWEST + Math.floor(random.unit() * (MOST - FEWEST + 1));
  const startS = zone.dayRange(day).fromMs / 1000;
  return Array.from({ length: count }, (_, place) => {
    const agent = drawOne(random, present);
    const evaluator = drawOne(random, EVALUATORS);
    const right = chanceOf(seed, agent, isCoached(agent)).map((chance) => random.chance(chance));
    return { id: `${day}-${place + 1}`, atS: startS + FIRST_S + place * EVERY_S, agent: agent.name, evaluator, right };
  });
}
