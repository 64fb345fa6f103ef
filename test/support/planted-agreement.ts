import { parse } from "yaml";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { checkAgreement } from "../../shared/agreement/lint/check.ts";
import type { DocumentProblem } from "../../shared/agreement/lint/document-problem.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { IntervalFeed } from "../../shared/feeds/feed-kinds.ts";
import { buildFeed } from "./sample-agreement.ts";

const SOUND = `
accord: agreement/1
id: planted
name: Planted
version: 1
parties: { client: Acme, provider: Norcall }
timeZone: Europe/Berlin
effectiveFrom: 2026-01-01
effectiveTo: 2026-12-31
serviceHours: always
targets:
  - id: sl
    name: Service level
    clause: "Of all calls answered or abandoned, 80 % are answered within 20 seconds of queueing."
    feed: calls
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    clock: queue-entry
    direction: at-least
    expected: 80 %
    minimum: 70 %
    windows: [day, week, month]
  - id: aht
    name: Handle time
    feed: calls
    measure: { metric: aht }
    direction: at-most
    expected: "6:30"
    windows: [month]
`;

/** Money clauses that go with the sound agreement, in which nothing is wrong. */
export const SOUND_MONEY = `
fees: { currency: EUR, amount: "100000", per: month }
credits:
  period: month
  atRisk: 10 %
  scheme: { kind: allocation, categories: [{ id: speed, pool: 60 %, targets: { sl: 100 % } }, { id: effort, pool: 40 %, targets: { aht: 100 % } }] }
exclusions: { kinds: [client-outage], noticeWithin: P2D, decideWithin: P5D, undecided: lapsed }
deadlines: { reportWithin: P5D, claimCreditWithin: P15D, disputeWithin: P30D }
`;

function withoutNulls(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A sound agreement, with what a test plants in it: fields of the agreement as YAML, and fields of its first target. `null` takes a field away. */
export function plant(text = "", firstTarget = ""): Agreement {
  const sound: { targets: object[] } = parse(SOUND);
  const [first, ...others] = sound.targets;
  const planted: object = parse(firstTarget) ?? {};
  return Agreement.parse({ ...sound, targets: [withoutNulls({ ...first, ...planted }), ...others], ...parse(text) });
}

/** A feed that can answer the sound agreement. */
export function soundFeed(overrides: Partial<IntervalFeed> = {}): IntervalFeed {
  const feed = buildFeed();
  if (feed.kind !== "interval") throw new Error("the sample feed gives intervals");
  const handle = { "handle-ms": { column: "handle", unit: "s" as const, required: true } };
  return { ...feed, counters: { ...feed.counters, ...handle }, ...overrides };
}

export function findings(agreement: Agreement, feeds: readonly FeedDefinition[] = [soundFeed()]): DocumentProblem[] {
  return checkAgreement(agreement, feeds);
}

/** `error path` or `warning path` of each finding. */
export function places(found: readonly DocumentProblem[]): string[] {
  return found.map(({ severity, path }) => `${severity} ${path}`);
}
