import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import { figureOf } from "../../shared/agreement/figure.ts";
import { countedQueues } from "../../shared/agreement/target-day.ts";
import { type Day, DAY_MS } from "../../shared/calendar/day.ts";
import type { Range } from "../../shared/calendar/range.ts";
import type { CauseCell, HandleParts } from "../../shared/drift/cause-cell.ts";
import { CONTACT_FACTS, type ContactFact } from "../../shared/facts/contact-fact.ts";
import type { FactCodec, KeyedFact } from "../../shared/facts/fact-codec.ts";
import { QA_FACTS } from "../../shared/facts/qa-fact.ts";
import { SURVEY_FACTS } from "../../shared/facts/survey-fact.ts";
import { sameFigureOn } from "../../shared/outlook/same-figure.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readFeedIntervals } from "../../shared/store/feed-intervals.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import { readStarts } from "./read-tenure.ts";

/** The cells of both windows. */
export interface ReadCells {
  readonly before: readonly CauseCell[];
  readonly after: readonly CauseCell[];
  /** When each agent began, as far as that is known. */
  readonly starts: ReadonlyMap<string, number>;
}

export interface CellsWanted {
  readonly compiled: CompiledTarget;
  /** In which window a local day lies: 0 before, 1 after; days of neither are left out. */
  readonly windowOf: (day: Day) => 0 | 1 | null;
  readonly range: Range;
}

/** What one contact, answer or evaluation adds to the counters of the target. */
interface Told {
  readonly queue: string;
  readonly startMs: number;
  readonly agent: string | null;
  readonly added: readonly number[];
  readonly parts: HandleParts | null;
}

/** Adds up what belongs to one cell. */
interface Sums {
  readonly window: 0 | 1;
  readonly queue: string;
  readonly agent: string | null;
  readonly tenureDays: number | null;
  readonly day?: Day;
  n: number;
  num: number;
  sample: number;
  squares: number | null;
  parts: HandleParts | null;
}

const WEEK_DAYS = 7;
/** Facts until whatever else the process has to do gets its turn: files that come in are not to wait for a cause. */
const AT_ONCE = 1000;
/** Whoever was there in the first four weeks of a feed may have been there long before. */
const UNKNOWN_DAYS = 28;

function partsOf({ outcome, talkMs, holdMs, acwMs }: ContactFact): HandleParts | null {
  if (outcome !== "answered") return { talk: 0, hold: 0, wrap: 0 };
  return talkMs === null ? null : { talk: talkMs, hold: holdMs ?? 0, wrap: acwMs ?? 0 };
}

/** Reads stored facts of a kind that names agents. */
function teller<Row, Fact extends KeyedFact & { readonly agent: string | null }>(
  { unpack, compileShares }: FactCodec<Row, Fact>,
  { compiled, intervalMs, partsIn }: { compiled: CompiledTarget; intervalMs: number; partsIn: (fact: Fact) => HandleParts | null },
): (bytes: Uint8Array) => Told[] {
  const sharesOf = compileShares(compiled.counters, intervalMs);
  return (bytes) => {
    const fact = unpack(bytes);
    return sharesOf(fact).map(({ startMs, added }) => ({ queue: fact.queue, startMs, agent: fact.agent, added, parts: partsIn(fact) }));
  };
}

/** `null` for feeds that do not know of single agents. */
function tellerOf(stored: StoredAgreement, compiled: CompiledTarget): ((bytes: Uint8Array) => Told[]) | null {
  const { feed, measure } = compiled.target;
  const counting = { compiled, intervalMs: stored.intervalMs(feed) };
  switch (stored.feed(feed)?.kind) {
    case "contact":
      return teller(CONTACT_FACTS, { ...counting, partsIn: measure.metric === "aht" ? partsOf : () => null });
    case "qa":
      return teller(QA_FACTS, { ...counting, partsIn: () => null });
    case "survey":
      return teller(SURVEY_FACTS, { ...counting, partsIn: () => null });
    default:
      return null;
  }
}

/**
 * In which window a fact of a queue counts, `null` for none: by the version of the target that speaks of its day and the hours in which its
 * queues are counted; worked out once a day and queue.
 */
export function countedIn(stored: StoredAgreement, { compiled, windowOf }: CellsWanted): (queue: string, startMs: number) => 0 | 1 | null {
  const { history, zone } = stored;
  const sameOn = sameFigureOn(history, compiled);
  const known = new Map<string, readonly Range[]>();
  const openOf = (day: Day, queue: string): readonly Range[] => {
    const [context, same] = [history.contextOn(day), sameOn(day)];
    if (context === undefined || same === undefined) return [];
    return countedQueues(context, same, day, [{ queue, intervals: [] }])[0]?.open ?? [];
  };
  return (queue: string, startMs: number): 0 | 1 | null => {
    const day = zone.localDay(startMs);
    const window = windowOf(day);
    if (window === null) return null;
    const name = `${day} ${queue}`;
    const open = known.get(name) ?? openOf(day, queue);
    known.set(name, open);
    return open.some(({ fromMs, toMs }) => startMs >= fromMs && startMs < toMs) ? window : null;
  };
}

/** The cells as they grow. */
class Cells {
  readonly #sums = new Map<string, Sums>();
  readonly #compiled: CompiledTarget;

  constructor(compiled: CompiledTarget) {
    this.#compiled = compiled;
  }

  add({ queue, agent, added, parts }: Omit<Told, "startMs">, of: { window: 0 | 1; tenureDays: number | null; name: string }): void {
    const figure = figureOf(this.#compiled, added);
    if (figure === null) return;
    const { num, den } = figure.value;
    const key = JSON.stringify([of.window, queue, agent, of.name]);
    const { window, tenureDays } = of;
    const zero = { talk: 0, hold: 0, wrap: 0 };
    const ofDay = agent === null ? { day: of.name } : {};
    const sums = this.#sums.get(key) ?? { window, queue, agent, tenureDays, ...ofDay, n: 0, num: 0, sample: 0, squares: 0, parts: zero };
    this.#sums.set(key, sums);
    sums.n += den;
    sums.num += num;
    sums.sample += figure.n;
    // Of points, contacts of a whole interval and the like a sum of squares would tell of their sizes.
    sums.squares = sums.squares === null || den !== 1 ? null : sums.squares + num * num;
    const { parts: was } = sums;
    sums.parts =
      was === null || parts === null ? null : { talk: was.talk + parts.talk, hold: was.hold + parts.hold, wrap: was.wrap + parts.wrap };
  }

  of(wanted: 0 | 1): CauseCell[] {
    return [...this.#sums.values()].flatMap(({ window, squares, parts, ...cell }) =>
      window === wanted ? [{ ...cell, ...(squares === null ? {} : { squares }), ...(parts === null ? {} : { parts }) }] : [],
    );
  }
}

/** When each agent began: as the roster says, else with its first record, if the feed is older than that. */
async function startsOf(redis: Redis, stored: StoredAgreement, firstSeen: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const begin = Math.min(...firstSeen.values());
  const guesses = [...firstSeen].filter(([, seen]) => seen - begin >= UNKNOWN_DAYS * DAY_MS);
  return new Map([...guesses, ...(await readStarts(redis, stored))]);
}

async function readRecords(
  redis: Redis,
  stored: StoredAgreement,
  wanted: CellsWanted,
  tell: (bytes: Uint8Array) => Told[],
): Promise<ReadCells> {
  const windowOf = countedIn(stored, wanted);
  const firstSeen = new Map<string, number>();
  const told: { readonly one: Told; readonly window: 0 | 1 }[] = [];
  for await (const some of readRecordFacts(redis, stored.agreement.id, wanted.compiled.target.feed)) {
    for (const [at, bytes] of some.entries()) {
      if (at % AT_ONCE === 0) await setImmediate();
      for (const one of tell(bytes)) {
        if (one.agent !== null) firstSeen.set(one.agent, Math.min(one.startMs, firstSeen.get(one.agent) ?? one.startMs));
        if (one.startMs < wanted.range.fromMs || one.startMs >= wanted.range.toMs) continue;
        const window = windowOf(one.queue, one.startMs);
        if (window !== null) told.push({ one, window });
      }
    }
  }
  const starts = await startsOf(redis, stored, firstSeen);
  const cells = new Cells(wanted.compiled);
  for (const [at, { one, window }] of told.entries()) {
    if (at % AT_ONCE === 0) await setImmediate();
    const start = one.agent === null ? undefined : starts.get(one.agent);
    const days = start === undefined ? null : Math.max(0, Math.floor((one.startMs - start) / DAY_MS));
    const tenureDays = days === null ? null : days - (days % WEEK_DAYS);
    // Without agents it is the days that tell how much is chance.
    const name = one.agent === null ? stored.zone.localDay(one.startMs) : String(tenureDays);
    cells.add(one, { window, tenureDays, name });
  }
  return { before: cells.of(0), after: cells.of(1), starts };
}

/** Cells by queue and day, where a feed tells of intervals. */
async function readCounts(redis: Redis, stored: StoredAgreement, wanted: CellsWanted): Promise<ReadCells> {
  const { compiled, range } = wanted;
  const { feed } = compiled.target;
  const windowOf = countedIn(stored, wanted);
  const { counters } = stored.layout(feed);
  const places = compiled.counters.map((counter) => counters.indexOf(counter));
  const [talk, hold, wrap] = (["talk-ms", "hold-ms", "acw-ms"] as const).map((counter) => counters.indexOf(counter));
  const cells = new Cells(compiled);
  for (const { queue, intervals } of await readFeedIntervals(redis, { context: stored, feed, ...range })) {
    for (const { startMs, counters: values } of intervals) {
      const window = windowOf(queue, startMs);
      const added = places.flatMap((place) => values[place] ?? []);
      if (window === null || added.length < places.length) continue;
      const [talkMs, holdMs, wrapMs] = [talk, hold, wrap].map((place) => values[place ?? -1] ?? null);
      const isKnown = compiled.target.measure.metric === "aht" && typeof talkMs === "number";
      const parts = isKnown ? { talk: talkMs, hold: holdMs ?? 0, wrap: wrapMs ?? 0 } : null;
      cells.add({ queue, agent: null, added, parts }, { window, tenureDays: null, name: stored.zone.localDay(startMs) });
    }
  }
  return { before: cells.of(0), after: cells.of(1), starts: new Map() };
}

/**
 * What a target's figure is the sum of in two windows: by queue, agent and week of tenure where single contacts, answers or evaluations
 * are known, else by queue and day. As fed, without what accepted claims leave out of single days.
 */
export async function readCells(redis: Redis, stored: StoredAgreement, wanted: CellsWanted): Promise<ReadCells> {
  const tell = tellerOf(stored, wanted.compiled);
  return tell === null ? await readCounts(redis, stored, wanted) : await readRecords(redis, stored, wanted, tell);
}
