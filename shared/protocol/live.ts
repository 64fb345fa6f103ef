import { z } from "zod";
import { AlertClauses, DutyRole } from "../agreement/alert-clauses.ts";
import { Verdict } from "../agreement/verdict.ts";
import { Alert } from "../alerts/alert.ts";
import { WindowKind } from "../calendar/window-kind.ts";
import { FeedKind } from "../feeds/definition.ts";
import { MEASURE_UNITS } from "../metrics/measure.ts";
import { Outlook } from "../outlook/outlook.ts";
import { ExclusionClaim } from "../settlement/claim.ts";
import { Receipt } from "./receipt.ts";
import { Restatement } from "./restatement.ts";
import { VersionState } from "./version.ts";

/** One interval of today's chart: exact counts, so that the screen never averages. `open` marks the unfinished one. */
export const SeriesPoint = z.strictObject({ startMs: z.int(), num: z.int(), den: z.int() });
export type SeriesPoint = z.infer<typeof SeriesPoint>;

/** Today's intervals of one target, in the agreement's local day. `closed` are ranges outside service hours. */
export const DaySeries = z.strictObject({
  targetId: z.string(),
  day: z.iso.date(),
  fromMs: z.int(),
  toMs: z.int(),
  intervalMs: z.int(),
  closed: z.array(z.strictObject({ fromMs: z.int(), toMs: z.int() })),
  points: z.array(SeriesPoint),
});
export type DaySeries = z.infer<typeof DaySeries>;

/** Optional fields are unknown of feeds that nobody has looked at yet, or a former release last. */
export const FeedHealth = z.strictObject({
  feedId: z.string(),
  feed: z.string(),
  name: z.string(),
  kind: FeedKind,
  /** `late`: overdue and within the grace; `silent`: beyond it. */
  state: z.enum(["fresh", "late", "silent", "never", "closed"]),
  lastReceiptAtMs: z.int().nullable(),
  /** When the next data is due, if the feed has a cadence and the service is open. */
  dueAtMs: z.int().nullable(),
  everyMs: z.int().nullable(),
  openReceipts: z.int(),
  /** When it is due in words, where that is by the clock: `Mondays 12:00 Lisbon`. */
  schedule: z.string().nullable().optional(),
  /** Since when it is expected, of a feed that never delivered. */
  expectedSinceMs: z.int().nullable().optional(),
  /** When the client is told, if it is still missing then. */
  graceEndsMs: z.int().nullable().optional(),
  /** Why it cannot be fetched, as the last attempts said. */
  trouble: z.string().nullable().optional(),
  /** Rows of its last file that were refused, if any were, and of how many; none of none is a file that was refused as a whole. */
  refused: z.strictObject({ rows: z.int(), of: z.int() }).optional(),
  /** The last due times, oldest first: o on time, l late, r with refused rows, m missing, a while Accord was away. */
  beats: z
    .string()
    .regex(/^[olrma]{0,32}$/u)
    .optional(),
  /** When they are to be looked at anew. */
  beatsAtMs: z.int().nullable().optional(),
});
export type FeedHealth = z.infer<typeof FeedHealth>;

/** What travels on an agreement's stream. Each entry has a sequence number of its own, without gaps. */
export const StreamEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("verdict:changed"), verdict: Verdict }),
  z.strictObject({ kind: z.literal("day:changed"), series: DaySeries }),
  z.strictObject({ kind: z.literal("alert:changed"), alert: Alert }),
  z.strictObject({ kind: z.literal("receipt:changed"), receipt: Receipt }),
  z.strictObject({ kind: z.literal("feed:changed"), feed: FeedHealth }),
  z.strictObject({ kind: z.literal("agreement:changed"), version: z.int() }),
  /** A version was proposed, signed, declined or withdrawn; what is in force changes with `agreement:changed` only. */
  z.strictObject({ kind: z.literal("version:changed"), version: z.int(), state: VersionState }),
  z.strictObject({ kind: z.literal("claim:changed"), claim: ExclusionClaim }),
  z.strictObject({ kind: z.literal("outlook:changed"), outlook: Outlook }),
  z.strictObject({ kind: z.literal("restatement:made"), restatement: Restatement }),
  /** A period was signed, closed, refused, or what is known of a closed one has changed: its figures are asked for. */
  z.strictObject({
    kind: z.literal("period:changed"),
    period: z.string(),
    change: z.enum(["proposed", "closed", "refused", "adjusted"]),
  }),
  /** What watching a target for drift says has changed: its page asks for it anew. */
  z.strictObject({ kind: z.literal("drift:changed"), targetId: z.string() }),
  /** Something was noted of coaching or scored anew, or what it has come to has changed: whoever shows it asks for it anew. */
  z.strictObject({ kind: z.literal("quality:changed"), about: z.enum(["coaching", "calibration"]), id: z.string() }),
]);
export type StreamEvent = z.infer<typeof StreamEvent>;

export const StreamEntry = z.strictObject({ seq: z.int().min(1), atMs: z.int(), event: StreamEvent });
export type StreamEntry = z.infer<typeof StreamEntry>;

/** What a browser gets: an entry, or the number of one that its reader's role may not see. */
export const SeenEntry = z.union([StreamEntry, z.strictObject({ seq: z.int().min(1), hidden: z.literal(true) })]);
export type SeenEntry = z.infer<typeof SeenEntry>;

/** How a target is presented; everything a screen needs to say what was agreed. */
export const TargetView = z.strictObject({
  id: z.string(),
  name: z.string(),
  clause: z.string().nullable(),
  feed: z.string(),
  queues: z.union([z.literal("all"), z.array(z.string())]),
  formula: z.string(),
  /** The metric and its parameters in short, e.g. "within 20 s". */
  detail: z.string(),
  variant: z.string(),
  unit: z.enum(MEASURE_UNITS),
  direction: z.enum(["at-least", "at-most", "within"]),
  /** As written in the agreement, e.g. "80 %". */
  expected: z.string(),
  notBelow: z.string().nullable(),
  minimum: z.string().nullable(),
  minimumSample: z.int(),
  class: z.enum(["critical", "key", "objective"]),
  windows: z.array(WindowKind),
  /** The target as the agreement writes it, where this is one member of an `each` target, and that member. */
  of: z.strictObject({ targetId: z.string(), member: z.string() }).nullable(),
});
export type TargetView = z.infer<typeof TargetView>;

export const AgreementView = z.strictObject({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  client: z.string(),
  provider: z.string(),
  timeZone: z.string(),
  effectiveFrom: z.iso.date(),
  intervalMinutes: z.int(),
  /** What was agreed about answering alerts; left out where the usual terms hold. */
  alerts: AlertClauses.optional(),
  /** Roles that nobody has: who is asked to answer in their place is said by the same rules. */
  vacant: z.array(DutyRole).optional(),
  targets: z.array(TargetView),
});
export type AgreementView = z.infer<typeof AgreementView>;

/** The whole state of one agreement as of `seq`, read in one step. Entries after `seq` continue it. */
export const Snapshot = z.strictObject({
  seq: z.int().min(0),
  atMs: z.int(),
  agreement: AgreementView,
  /** The open and the latest closed window of each kind, and the days of the last three weeks. */
  verdicts: z.array(Verdict),
  series: z.array(DaySeries),
  alerts: z.array(Alert),
  feeds: z.array(FeedHealth),
  receipts: z.array(Receipt),
  outlooks: z.array(Outlook),
  claims: z.array(ExclusionClaim),
  /** The latest corrections of what was known. */
  restatements: z.array(Restatement),
  /** Versions that wait for a signature or for their counters. */
  pendingVersions: z.array(z.strictObject({ version: z.int(), state: VersionState })),
});
export type Snapshot = z.infer<typeof Snapshot>;
