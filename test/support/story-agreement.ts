import { Agreement } from "../../shared/agreement/agreement.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { agreementTexts, buildAgreement, buildFeed } from "./sample-agreement.ts";
import type { System } from "./system.ts";

/** Zones spread around the earth, so that somewhere it is about noon. */
const ZONES = [
  "Pacific/Honolulu",
  "America/Denver",
  "America/Sao_Paulo",
  "Atlantic/Azores",
  "Europe/Athens",
  "Asia/Dubai",
  "Asia/Bangkok",
  "Asia/Tokyo",
  "Pacific/Auckland",
];

function hoursFromNoon(zone: string, now: Temporal.Instant): number {
  return Math.abs(now.toZonedDateTimeISO(zone).hour - 12);
}

const STARTED = Temporal.Now.instant();

/** A zone in which no story meets midnight, at whatever hour the tests run. */
export const MIDDAY_ZONE: string = ZONES.toSorted((a, b) => hoursFromNoon(a, STARTED) - hoursFromNoon(b, STARTED))[0] ?? "UTC";

/** The day of the stories, in `MIDDAY_ZONE`. */
export const TODAY: string = STARTED.toZonedDateTimeISO(MIDDAY_ZONE).toPlainDate().toString();
export const YESTERDAY: string = Temporal.PlainDate.from(TODAY).subtract({ days: 1 }).toString();

/** The counts of a quarter hour; whoever was offered and did not abandon was answered. */
export interface Quarter {
  readonly day?: string;
  readonly time: string;
  readonly offered: number;
  readonly abandoned: number;
  readonly in20: number;
}

export const STORY_HEADER = "date,time,offered,answered,abandoned,in20";

/** A provider's file for the feed of a story. */
export function storyFile(quarters: readonly Quarter[]): string {
  const rows = quarters.map(({ day = TODAY, time, offered, abandoned, in20 }) =>
    [day, time, offered, offered - abandoned, abandoned, in20].join(","),
  );
  return `${[STORY_HEADER, ...rows].join("\n")}\n`;
}

const TARGETS = Agreement.shape.targets.parse([
  {
    id: "service-level",
    name: "Service level",
    clause: "4.1 Of all calls, 80 % are answered within 20 seconds.",
    feed: "calls",
    queues: "all",
    measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
    direction: "at-least",
    expected: "80 %",
    windows: ["day", "month"],
    minimumSample: 0,
  },
  {
    id: "abandonment",
    name: "Abandonment",
    feed: "calls",
    queues: "all",
    measure: { metric: "abandonment", denominator: "offered" },
    direction: "at-most",
    expected: "8 %",
    windows: ["day", "month"],
    minimumSample: 0,
  },
]);

interface StoryNames {
  readonly id?: string;
  readonly name?: string;
  readonly feedName?: string;
  /** How often data is due, and how much later it counts as silent. */
  readonly expected?: FeedDefinition["expected"];
}

/** An agreement with a service level of at least 80 % and an abandonment of at most 8 %, both on the interval feed `calls`. */
export function storyTexts({ id = "claims", name = "Claims line", feedName = "Calls", expected }: StoryNames = {}): {
  agreement: string;
  feeds: string[];
} {
  const feed = { ...buildFeed({ name: feedName }), timeZone: MIDDAY_ZONE, ...(expected === undefined ? {} : { expected }) };
  return agreementTexts({ ...buildAgreement({ id, name }), timeZone: MIDDAY_ZONE, targets: TARGETS }, [feed]);
}

export async function addStoryAgreement(system: System, names: StoryNames = {}): Promise<void> {
  const { agreement, feeds } = storyTexts(names);
  await system.addAgreement(agreement, feeds);
}
