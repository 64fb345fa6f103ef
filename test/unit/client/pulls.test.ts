import { describe, expect, it } from "vitest";
import { readPullForm } from "../../../client/features/pulls/read-pull-form.ts";
import { filesWords, placeWords, pullFinding } from "../../../client/features/pulls/pull-words.ts";
import { clockOf, scheduleWords } from "../../../client/features/pulls/schedule-words.ts";
import type { PullSchedule } from "../../../shared/protocol/pull.ts";
import { pullAnswer } from "../../support/client-pull-answers.ts";

const cron = (pattern: string): PullSchedule => ({ kind: "cron", pattern, timeZone: "Asia/Manila" });
const KNOWN = pullAnswer("acme-voice.acd-intervals");

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}
const SFTP = {
  kind: "sftp",
  host: "sftp.bayanihan.example",
  port: "22",
  user: "accord",
  auth: "password",
  folder: "out",
  pattern: "*.csv",
  take: "newest",
};
const DAILY = { when: "daily", clock: "06:05", timeZone: "Asia/Manila" };

describe("a schedule in words", () => {
  it.each([
    [{ kind: "every", minutes: 15 }, "every 15 minutes"],
    [{ kind: "every", minutes: 1 }, "every minute"],
    [cron("5 6 * * *"), "every day at 06:05, Manila time"],
    [cron("30 18 * * 1-5"), "Monday to Friday at 18:30, Manila time"],
    [cron("7 * * * *"), "every hour at 7 minutes past"],
    [cron("*/10 8-18 * * *"), "by the pattern */10 8-18 * * *, Manila time"],
  ] as const)("%j is %s", (schedule, words) => {
    expect(scheduleWords(schedule)).toBe(words);
  });

  it("has a time of day only when it comes round daily", () => {
    expect(clockOf(cron("5 6 * * *"))).toBe("06:05");
    expect(clockOf(cron("5 6 * * 1-5"))).toBeNull();
    expect(clockOf({ kind: "every", minutes: 5 })).toBeNull();
  });
});

describe("the form of fetching", () => {
  it("becomes what the server takes, with the daily time as a cron pattern", () => {
    expect(readPullForm(form({ ...SFTP, ...DAILY, secret: "s" }), null)).toEqual({
      source: { ...SFTP, port: 22, hostKey: null },
      schedule: { kind: "cron", pattern: "5 6 * * *", timeZone: "Asia/Manila" },
      secret: "s",
    });
  });

  it("leaves the secret out when it is blank, and keeps the confirmed key for the same host alone", () => {
    const confirmed = KNOWN?.source.kind === "sftp" ? { ...KNOWN, source: { ...KNOWN.source, hostKey: KNOWN.offeredHostKey } } : null;
    const same = readPullForm(form({ ...SFTP, ...DAILY, secret: "" }), confirmed);
    expect(same.secret).toBeUndefined();
    expect(same.source).toMatchObject({ hostKey: KNOWN?.offeredHostKey });
    expect(readPullForm(form({ ...SFTP, ...DAILY, host: "other.example" }), confirmed).source).toMatchObject({ hostKey: null });
  });

  it("names the field that does not fit", () => {
    const http = { kind: "http", url: "ftp://files.example/x", auth: "none", ...DAILY };
    expect(() => readPullForm(form(http), null)).toThrow(/^Address of the file: must be an https address/u);
    expect(() => readPullForm(form({ ...SFTP, ...DAILY, timeZone: "Berlin" }), null)).toThrow(/^Time zone: must be a time zone/u);
  });
});

describe("how fetching stands", () => {
  it("is one sentence for every state", () => {
    expect(pullFinding("Calls", null)).toBe("Calls is not fetched: its files are handed in");
    expect(pullFinding("Calls", KNOWN)).toBe("Calls is not fetched until its server's key is confirmed");
    expect(pullFinding("Calls", pullAnswer("acme-voice.csat-survey"))).toBe("Fetching Calls failed 4 times in a row");
  });

  it("says where from and which files", () => {
    const source = KNOWN?.source;
    expect(source && [placeWords(source), filesWords(source)]).toEqual([
      "sftp://accord@sftp.bayanihan.example, folder /outgoing/acd",
      "every new one named acd-*.csv",
    ]);
  });
});
