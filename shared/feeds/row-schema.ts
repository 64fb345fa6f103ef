import { z } from "zod";
import { type ContactRow, CONTACT_OUTCOMES, type IntervalRow, MAX_CONTACT_MS, MAX_COUNTER_MS } from "./canonical.ts";

/** From 1970 to the end of 2199: anything else is a misread date. */
const Instant = z.int().min(0).max(7_258_118_399_999);
const Name = z.string().min(1).max(80);
const ContactMs = z.int().min(0).max(MAX_CONTACT_MS).nullable();
const Version = z.int().min(0).nullable();

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
  version: Version,
}) satisfies z.ZodType<ContactRow>;

export const ClaimSchema = z.strictObject({ mantissa: z.int(), dp: z.int().min(0).max(11) });

export const IntervalRowSchema = z.strictObject({
  queue: Name,
  startMs: Instant,
  lengthMs: z.int().min(1).max(93_600_000),
  counters: z.array(z.int().min(0).max(MAX_COUNTER_MS).nullable()),
  claims: z.array(ClaimSchema.nullable()),
  version: Version,
}) satisfies z.ZodType<IntervalRow>;
