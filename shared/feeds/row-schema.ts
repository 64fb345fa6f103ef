import { z } from "zod";
import { type ContactRow, CONTACT_OUTCOMES, type IntervalRow, MAX_CONTACT_MS, MAX_COUNT, MAX_COUNTER_MS } from "./canonical.ts";
import { SCHEDULE_COUNTERS } from "./record-kinds.ts";
import type { QaRow, RosterRow, ScheduleRow, SurveyRow } from "./record-rows.ts";

/** A month of 31 days and the hour that a clock may be set back in it. */
const MAX_ROW_MS = 2_682_000_000;

/** From 1970 to the end of 2199: anything else is a misread date. */
const Instant = z.int().min(0).max(7_258_118_399_999);
const Name = z.string().min(1).max(80);
const ContactMs = z.int().min(0).max(MAX_CONTACT_MS).nullable();
const Version = z.int().min(0).nullable();
const Pseudonym = z
  .string()
  .regex(/^[a-z2-7]{10}$/u)
  .nullable();

export const ContactRowSchema = z.strictObject({
  contactId: z.string().min(1).max(400),
  queue: Name,
  startMs: Instant,
  outcome: z.enum(CONTACT_OUTCOMES),
  waitMs: ContactMs,
  handleMs: ContactMs,
  talkMs: ContactMs,
  holdMs: ContactMs,
  acwMs: ContactMs,
  csat: z.int().min(1).max(5).nullable(),
  agent: Pseudonym,
  version: Version,
}) satisfies z.ZodType<ContactRow>;

const Row = { recordId: z.string().min(1).max(400), queue: Name, startMs: Instant, agent: Pseudonym, version: Version };

export const SurveyRowSchema = z.strictObject({
  ...Row,
  invited: z.boolean(),
  csat: z.int().min(1).max(5).nullable(),
  nps: z.int().min(0).max(10).nullable(),
  resolved: z.boolean().nullable(),
}) satisfies z.ZodType<SurveyRow>;

const Points = z.int().min(0).max(20_000_000);
const Items = z.int().min(0).max(MAX_COUNT).nullable();
const Found = z.boolean().nullable();

export const QaRowSchema = z.strictObject({
  ...Row,
  evaluator: Pseudonym,
  form: z.string().min(1).max(20),
  earned: Points,
  possible: Points,
  autoFail: z.boolean(),
  customerError: Found,
  businessError: Found,
  complianceError: Found,
  nonCriticalCorrect: Items,
  nonCriticalItems: Items,
  calibrationItems: Items,
  calibrationMatches: Items,
}) satisfies z.ZodType<QaRow>;

const Days = z.int().min(0).max(36_525);

export const RosterRowSchema = z.strictObject({
  ...Row,
  coveredDays: z.int().min(0).max(31),
  serviceDays: Days.nullable(),
  left: z.boolean(),
  leftDaysAgo: Days,
  reason: z.string().max(80).nullable(),
}) satisfies z.ZodType<RosterRow>;

export const ScheduleRowSchema = z.strictObject({
  ...Row,
  endMs: Instant,
  counts: z.array(z.enum(SCHEDULE_COUNTERS)),
}) satisfies z.ZodType<ScheduleRow>;

export const ClaimSchema = z.strictObject({ mantissa: z.int(), dp: z.int().min(0).max(11) });

export const IntervalRowSchema = z.strictObject({
  queue: Name,
  startMs: Instant,
  lengthMs: z.int().min(1).max(MAX_ROW_MS),
  counters: z.array(z.int().min(0).max(MAX_COUNTER_MS).nullable()),
  claims: z.array(ClaimSchema.nullable()),
  version: Version,
}) satisfies z.ZodType<IntervalRow>;
