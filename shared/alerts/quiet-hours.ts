import { z } from "zod";
import { isTimeZone } from "../calendar/is-time-zone.ts";

const Clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, { error: "must be a time such as 22:00" });
const Zone = z.string().refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" });

/** When a person does not want to be told of what can wait, by the clock on their wall. */
export const QuietHours = z
  .strictObject({
    from: Clock,
    to: Clock,
    timeZone: Zone,
  })
  .refine(({ from, to }) => from !== to, { error: "must end at another time than they begin", path: ["to"] });
export type QuietHours = z.infer<typeof QuietHours>;

/** When a person wants the day's summary. */
const DigestTime = z.strictObject({ at: Clock, timeZone: Zone });

/** How a person wants to be told; nobody else sees or sets it. */
export const TellingSettings = z.strictObject({ quiet: QuietHours.nullable(), digest: DigestTime.nullable().default(null) });
export type TellingSettings = z.infer<typeof TellingSettings>;

/** When the quiet hours end in which an instant lies; `null` outside them. */
export function quietUntil({ from, to, timeZone }: QuietHours, nowMs: number): number | null {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  const clock = now.toPlainTime().toString({ smallestUnit: "minute" });
  const isOvernight = to < from;
  const isQuiet = isOvernight ? clock >= from || clock < to : clock >= from && clock < to;
  if (!isQuiet) return null;
  const day = isOvernight && clock >= from ? now.toPlainDate().add({ days: 1 }) : now.toPlainDate();
  return Math.max(nowMs + 1, day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(to) }).epochMilliseconds);
}

/** How late a summary may still come; after that the next day's says more. */
const DIGEST_LATE_MS = 3 * 3_600_000;

/** The local day whose summary is due at an instant, or `null`. */
export function digestDay({ at, timeZone }: z.infer<typeof DigestTime>, nowMs: number): string | null {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const dueMs = today.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds;
  return nowMs >= dueMs && nowMs < dueMs + DIGEST_LATE_MS ? today.toString() : null;
}
