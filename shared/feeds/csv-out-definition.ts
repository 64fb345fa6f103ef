import { isTimed } from "../metrics/counter.ts";
import { CONTACT_OUTCOMES, type ContactOutcome } from "./canonical.ts";
import {
  claimColumn,
  CONTACT_SHAPE,
  countsText,
  QA_SHAPE,
  RECORD_COLUMNS,
  rosterShape,
  SCHEDULE_SHAPE,
  SURVEY_SHAPE,
} from "./csv-out-facts.ts";
import { FeedDefinition } from "./definition.ts";
import type { ContactFeed, CountFeed } from "./feed-kinds.ts";
import { layoutOf } from "./layout.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { type QaFeed, type RosterFeed, SCHEDULE_COUNTERS, type ScheduleFeed, type SurveyFeed } from "./record-kinds.ts";

type Parts = Readonly<Record<string, unknown>>;

const INSTANT = { instant: { column: "start", format: "iso-8601" } };
const DAY = { date: { column: "day", format: "yyyy-mm-dd" } };
const AGENT = { agent: { column: "agent" } };

function yesNo(column: string): Parts {
  return { column, yes: ["yes"], no: ["no"] };
}

/** The part under its name where the original has it: what nobody mapped stays unknown and does not become zero. */
function where(original: unknown, part: Parts): Parts {
  return original === undefined ? {} : part;
}

function contactParts({ durations, csat, agent, outcome }: ContactFeed): Parts {
  const lengths = Object.keys(durations).map((name) => [name, { column: `${name}_ms`, unit: "ms" }]);
  const known = new Set<ContactOutcome>(outcome.map(({ is }) => is));
  return {
    contactId: ["record"],
    start: INSTANT,
    outcome: CONTACT_OUTCOMES.filter((one) => known.has(one)).map((one) => ({ when: { outcome: one }, is: one })),
    durations: Object.fromEntries(lengths),
    ...where(csat, { csat: { column: "csat" } }),
    ...where(agent, AGENT),
  };
}

function surveyParts({ agent, csat, nps, resolved, invited }: SurveyFeed): Parts {
  return {
    recordId: ["record"],
    start: INSTANT,
    ...where(agent, AGENT),
    ...where(csat, { csat: { column: "csat" } }),
    ...where(nps, { nps: { column: "nps" } }),
    ...where(resolved, { resolved: yesNo("resolved") }),
    ...where(invited, { invited: yesNo("invited") }),
  };
}

interface QaKnows {
  readonly errors: readonly string[];
  readonly autoFail: boolean;
  readonly nonCritical: boolean;
  readonly calibration: boolean;
}

function qaKnows(score: QaFeed["score"]): QaKnows {
  if ("items" in score)
    return {
      errors: [...new Set(score.items.flatMap(({ critical }) => critical ?? []))],
      autoFail: score.items.some(({ autoFail }) => autoFail),
      nonCritical: score.items.some(({ critical }) => critical === undefined),
      calibration: score.items.some(({ second }) => second !== undefined),
    };
  return {
    errors: Object.entries(score.criticalErrors).flatMap(([kind, part]) => (part === undefined ? [] : [kind])),
    autoFail: score.autoFail !== undefined,
    nonCritical: score.nonCritical !== undefined,
    calibration: score.calibration !== undefined,
  };
}

function qaParts({ agent, evaluator, score }: QaFeed): Parts {
  const knows = qaKnows(score);
  const pair = (first: string, second: string, columns: readonly [string, string]): Parts => ({
    [first]: { column: columns[0] },
    [second]: { column: columns[1] },
  });
  return {
    recordId: ["record"],
    start: INSTANT,
    ...where(agent, AGENT),
    ...where(evaluator, { evaluator: { column: "evaluator" } }),
    form: { column: "form" },
    score: {
      points: { earned: { column: "earned" }, possible: { column: "possible" } },
      ...(knows.autoFail ? { autoFail: yesNo("auto_fail") } : {}),
      criticalErrors: Object.fromEntries(knows.errors.map((kind) => [kind, yesNo(`${kind}_error`)])),
      ...(knows.nonCritical ? { nonCritical: pair("correct", "opportunities", ["non_critical_correct", "non_critical_items"]) } : {}),
      ...(knows.calibration ? { calibration: pair("matches", "items", ["calibration_matches", "calibration_items"]) } : {}),
    },
  };
}

function rosterParts({ agent, covers, service, left, leftOn, reason }: RosterFeed): Parts {
  return {
    start: DAY,
    agent: agent === "each-row" ? agent : AGENT.agent,
    covers,
    ...where(service, { service: { tenure: { column: "service_days", unit: "days" } } }),
    ...where(left ?? leftOn, { left: yesNo("left") }),
    ...where(leftOn, { leftOn: { column: "left_on", format: "yyyy-mm-dd" } }),
    ...where(reason, { reason: { column: "reason" } }),
  };
}

function scheduleParts({ activity }: ScheduleFeed): Parts {
  const all = activity === undefined ? [["scheduled-ms"]] : Object.values(activity.counts);
  const counted = all.map((counts) => SCHEDULE_COUNTERS.filter((one) => counts.some((other) => other === one)));
  return {
    recordId: ["record"],
    start: INSTANT,
    end: { instant: { column: "end", format: "iso-8601" } },
    ...AGENT,
    activity: { column: "counts", counts: Object.fromEntries(counted.map((counts) => [countsText(counts), counts])) },
  };
}

const SHARES: readonly string[] = ["percent", "fraction", "percent-or-fraction"];
const PLAIN_CLAIMS: readonly string[] = ["score", "points"];

function claimUnit(unit: string): string {
  return SHARES.includes(unit) || PLAIN_CLAIMS.includes(unit) ? unit : "s";
}

function countParts(feed: CountFeed): Parts {
  const { counters, claims } = layoutOf(feed);
  const minutes = "intervalMinutes" in feed ? feed.intervalMinutes : undefined;
  return {
    start: minutes === undefined ? DAY : INSTANT,
    ...where(minutes, { intervalMinutes: minutes }),
    counters: Object.fromEntries(counters.map((id) => [id, { column: id, ...(isTimed(id) ? { unit: "ms" } : {}), required: false }])),
    claims: Object.fromEntries(claims.map((id) => [id, { column: claimColumn(id), unit: claimUnit(feed.claims[id]?.unit ?? "score") }])),
  };
}

function partsOf(feed: FeedDefinition): { readonly parts: Parts; readonly columns: readonly string[] } {
  switch (feed.kind) {
    case "contact":
      return { parts: contactParts(feed), columns: [...RECORD_COLUMNS, ...CONTACT_SHAPE.columns] };
    case "survey":
      return { parts: surveyParts(feed), columns: [...RECORD_COLUMNS, ...SURVEY_SHAPE.columns] };
    case "qa":
      return { parts: qaParts(feed), columns: [...RECORD_COLUMNS, ...QA_SHAPE.columns] };
    case "roster":
      return { parts: rosterParts(feed), columns: [...RECORD_COLUMNS, ...rosterShape(feed).columns] };
    case "schedule":
      return { parts: scheduleParts(feed), columns: [...RECORD_COLUMNS, ...SCHEDULE_SHAPE.columns] };
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return { parts: countParts(feed), columns: ["day", "start"] };
  }
}

/** Names that the feed knows are found letter by letter, as they stood when they were first read. */
function queueOf({ queue }: FeedDefinition): Parts {
  if ("constant" in queue) return queue;
  const { known, unknown, renamed = {}, blank } = queue;
  const names = new Set([...known, ...Object.values(renamed), ...(blank === undefined ? [] : [blank])]);
  return { column: "queue", ...(known.length === 0 ? {} : { known: [...names], unknown }) };
}

/**
 * The definition under which an exported file of facts is read again: same id, kind, zone and cadence, with the columns of
 * the export. What the original does not map is not mapped here, so that what could not be derived still cannot.
 */
export function exportDefinition(feed: FeedDefinition): FeedDefinition {
  const { accord, id, name, kind, timeZone, rules, expected } = feed;
  const { parts, columns } = partsOf(feed);
  const whole = {
    accord,
    id,
    name,
    kind,
    timeZone,
    format: { type: "delimited", delimiter: "comma", escaped: true },
    ...parts,
    queue: queueOf(feed),
    version: { column: "revision", format: "integer" },
    ...where(rules, { rules }),
    ...where(expected, { expected }),
  };
  const read = new Set(mappedColumns(FeedDefinition.parse(whole)));
  const unread = [...columns, ...("constant" in feed.queue ? ["queue"] : [])].filter((column) => !read.has(column));
  return FeedDefinition.parse({ ...whole, ignore: [...new Set(unread)] });
}
