import { describe, expect, it } from "vitest";
import { isCronPattern } from "../../../../shared/calendar/cron-pattern.ts";
import { isTimeZone } from "../../../../shared/calendar/is-time-zone.ts";

describe("a cron pattern", () => {
  it.each(["* * * * *", "30 6 * * 1-5", "*/15 * * * *", "0,30 8-18 * * *", "0 0 1 1 0", "5 4 * * 7", "0-59/2 * * * *"])(
    "%s is one",
    (text) => {
      expect(isCronPattern(text)).toBe(true);
    },
  );

  it.each([
    "",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 8",
    "5-1 * * * *",
    "*/0 * * * *",
    "a * * * *",
    "* * * JAN *",
    "1,,2 * * * *",
    "@daily",
    "* * * *  *",
  ])("%j is none", (text) => {
    expect(isCronPattern(text)).toBe(false);
  });
});

describe("a time zone", () => {
  it("is a name that the calendar knows", () => {
    expect(["Europe/Berlin", "Asia/Manila", "UTC"].every(isTimeZone)).toBe(true);
    expect(["", "Mars/Base", "Berlin"].some(isTimeZone)).toBe(false);
  });
});
