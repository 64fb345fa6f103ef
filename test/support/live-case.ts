import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { StreamEntry } from "../../shared/protocol/live.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { putDocuments } from "./put-documents.ts";
import { buildAgreement } from "./sample-agreement.ts";
import { buildTarget, intervalFeed } from "./target-case.ts";
import type { WorkerStage } from "./worker-stage.ts";

export const COUNTS = ["answered", "abandoned", "answered-within-20000"] as const;

/** One agreement in UTC on a worker's stage: 80 % within 20 s each day, from an interval feed `calls`. */
export interface LiveCase {
  readonly id: string;
  /** Moves the clock; nothing else happens. */
  at(iso: string): void;
  /** Hands in one quarter of an hour in which 100 were answered, `within` of them in time. */
  quarter(start: string, within: number): Promise<Receipt>;
  tick(): Promise<void>;
  alerts(): Promise<Alert[]>;
  alert(subject: string): Promise<Alert | undefined>;
  /** What has happened to an alert and when, by the clock of UTC: `raised 10:00`. */
  happened(subject: string): Promise<string[]>;
  day(start: string): Promise<Verdict | undefined>;
  entries(): Promise<StreamEntry[]>;
}

export function quarterFile(start: string, within: number): string {
  return `date,time,${COUNTS.join(",")}\n${start.slice(0, 10)},${start.slice(11, 16)},100,0,${within}\n`;
}

export interface LiveCaseOptions {
  readonly id: string;
  readonly now: string;
  readonly expected?: { every: string; grace: string };
  readonly agreement?: Partial<Agreement>;
}

export async function startLiveCase(stage: WorkerStage, { id, now, expected, agreement = {} }: LiveCaseOptions): Promise<LiveCase> {
  stage.nowMs = Date.parse(now);
  const feed: FeedDefinition = intervalFeed(COUNTS, { timeZone: "UTC", ...(expected === undefined ? {} : { expected }) });
  const whole: Agreement = { ...buildAgreement({ id }), timeZone: "UTC", targets: [buildTarget({ windows: ["day"] })], ...agreement };
  await putDocuments(stage.redis, { agreement: whole, feeds: [feed], nowMs: stage.nowMs });
  const alerts = async (): Promise<Alert[]> => (await readSnapshot(stage.redis, id, stage.nowMs))?.alerts ?? [];
  const alert = async (subject: string): Promise<Alert | undefined> => (await alerts()).find((one) => one.id.startsWith(subject));
  return {
    id,
    at: (iso) => {
      stage.nowMs = Date.parse(iso);
    },
    quarter: async (start, within) => await stage.handIn(id, "calls", quarterFile(start, within)),
    tick: async () => await tick(stage.parts, id),
    alerts,
    alert,
    happened: async (subject) =>
      ((await alert(subject))?.history ?? []).map(({ kind, atMs }) => `${kind} ${new Date(atMs).toISOString().slice(11, 16)}`),
    day: async (start) => (await readVerdicts(stage.redis, id)).find(({ window }) => window.kind === "day" && window.start === start),
    entries: async () => (await readEntries(stage.redis, id, 0, 10_000)).entries,
  };
}
