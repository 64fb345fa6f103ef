import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, DAY_MS } from "../../../../shared/calendar/day.ts";
import { createZone, type Zone } from "../../../../shared/calendar/zone.ts";

const ZONES: readonly Zone[] = [
  "UTC",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Asia/Jerusalem",
  "Asia/Kathmandu",
  "Asia/Beirut",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
].map(createZone);

const zone = fc.constantFrom(...ZONES);
const day = fc.integer({ min: 0, max: 25_000 }).map((days) => addDays("1990-01-01", days));
const instant = fc.integer({ min: 631_152_000_000, max: 2_800_000_000_000 });

describe("every zone", () => {
  it("tiles time with its days: each ends where the next begins", () => {
    fc.assert(
      fc.property(zone, day, (somewhere, some) => {
        expect(somewhere.dayRange(some).toMs).toBe(somewhere.dayRange(addDays(some, 1)).fromMs);
      }),
    );
  });

  it("puts every instant into the one day that contains it", () => {
    fc.assert(
      fc.property(zone, instant, (somewhere, ms) => {
        const { fromMs, toMs } = somewhere.dayRange(somewhere.localDay(ms));
        expect(fromMs <= ms && ms < toMs).toBe(true);
      }),
    );
  });

  it("agrees with Temporal about what the clock shows", () => {
    fc.assert(
      fc.property(zone, instant, (somewhere, ms) => {
        const time = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(somewhere.timeZone).toPlainTime();
        expect(somewhere.clockAt(ms)).toBe(time.since("00:00").total("milliseconds"));
      }),
    );
  });

  it("finds an instant again from its day and reading, unless the reading is ambiguous", () => {
    fc.assert(
      fc.property(zone, instant, (somewhere, ms) => {
        const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(somewhere.timeZone).toPlainDate().toString();
        const found = somewhere.localToInstant(date, somewhere.clockAt(ms));
        if (found === "ambiguous") expect(somewhere.possibleInstants(date, somewhere.clockAt(ms))).toContain(ms);
        else expect(found).toBe(ms);
      }),
    );
  });

  it("refuses exactly the readings that Temporal refuses", () => {
    fc.assert(
      fc.property(zone, day, fc.integer({ min: 0, max: DAY_MS - 1 }), (somewhere, some, clock) => {
        const local = Temporal.PlainDate.from(some).toPlainDateTime(Temporal.PlainTime.from("00:00").add({ milliseconds: clock }));
        const [earlier, later] = [
          local.toZonedDateTime(somewhere.timeZone, { disambiguation: "earlier" }),
          local.toZonedDateTime(somewhere.timeZone, { disambiguation: "later" }),
        ];
        const unique = earlier.epochMilliseconds === later.epochMilliseconds;
        const found = somewhere.localToInstant(some, clock);
        if (unique) expect(found).toBe(earlier.epochMilliseconds);
        else {
          expect(found).toBe(earlier.toPlainDateTime().equals(local) ? "ambiguous" : "impossible");
          expect(somewhere.possibleInstants(some, clock)).toEqual(
            [earlier, later].map(({ epochMilliseconds }) => epochMilliseconds).toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is open exactly while the wall clock is inside a block", () => {
    const hours = [
      { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "01:30", to: "02:15" },
      { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "20:00", to: "24:00" },
    ] as const;
    const inBlock = (clock: number): boolean => (clock >= 5_400_000 && clock < 8_100_000) || clock >= 72_000_000;
    fc.assert(
      fc.property(zone, instant, (somewhere, ms) => {
        const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(somewhere.timeZone).toPlainDate().toString();
        const open = somewhere.openRanges(hours, [], date).some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs);
        expect(open).toBe(inBlock(somewhere.clockAt(ms)));
      }),
      { numRuns: 500 },
    );
  });
});
