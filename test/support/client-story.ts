import { NO_COUNTS } from "../../shared/protocol/receipt.ts";
import { type AgreementStory, buildAlert, buildReceipt, buildTargetView, FIXTURE_NOW_MS } from "./client-fixture.ts";

const MINUTE_MS = 60_000;
const at = (clock: string) => Date.parse(`2026-09-21T${clock}+08:00`);

/** Acme Voice with Bayanihan Contact in Manila: service level at risk, satisfaction not proven, the rest met. */
export const VOICE: AgreementStory = {
  id: "acme-voice",
  name: "Acme Voice",
  provider: "Bayanihan Contact",
  timeZone: "Asia/Manila",
  utcOffsetHours: 8,
  asOfMs: at("14:30"),
  targets: [
    {
      view: buildTargetView({
        id: "service-level",
        name: "Service level",
        clause: "80 percent of calls offered, save those abandoned in under ten seconds, shall be answered within twenty seconds, measured per calendar month.",
        expected: "80 %",
        minimum: "75 %",
      }),
      expected: { mantissa: 80, dp: 2 },
      month: { status: "at-risk", value: { num: 34_069, den: 43_180 }, n: 43_180, reason: "78.90 % is below the agreed 80 %, and the month is still open.", fed: { value: { mantissa: 812, dp: 3 }, agrees: false } },
      today: "at-risk",
      daily: { middle: 0.789, spread: 0.05, den: 2140 },
    },
    {
      view: buildTargetView({ id: "abandonment", name: "Abandonment", direction: "at-most", expected: "5 %", detail: "of offered", variant: "abandonment/offered", formula: "Calls abandoned in the queue, divided by calls offered." }),
      expected: { mantissa: 5, dp: 2 },
      month: { status: "met", value: { num: 1976, den: 43_180 }, n: 43_180, reason: "4.58 % is within the agreed 5 %." },
      today: "met",
      daily: { middle: 0.0455, spread: 0.006, den: 2140 },
    },
    {
      view: buildTargetView({ id: "aht", name: "Handle time", unit: "duration", direction: "at-most", expected: "6:30", detail: "m:ss", variant: "aht", formula: "Handle time of answered calls, divided by answered calls." }),
      expected: { mantissa: 390_000, dp: 0 },
      month: { status: "met", value: { num: 372_000 * 41_194 - 17_000, den: 41_194 }, n: 41_194, reason: "6:12 is within the agreed 6:30." },
      today: "met",
      daily: { middle: 372_000, spread: 9000, den: 1980 },
    },
    {
      view: buildTargetView({ id: "asa", name: "Speed of answer", unit: "duration", direction: "at-most", expected: "20 s", detail: "mean wait of answered", variant: "asa", formula: "Waiting time of answered calls, divided by answered calls." }),
      expected: { mantissa: 20_000, dp: 0 },
      month: { status: "met", value: { num: 17_260 * 41_194, den: 41_194 }, n: 41_194, reason: "17.3 s is within the agreed 20 s." },
      today: "at-risk",
      daily: { middle: 18_400, spread: 2600, den: 1980 },
    },
    {
      view: buildTargetView({ id: "csat", name: "Satisfaction", unit: "score", expected: "4.2", detail: "of 5", variant: "csat/mean", feed: "csat-survey", minimumSample: 50, formula: "Sum of the points given, divided by the surveys answered." }),
      expected: { mantissa: 42, dp: 1 },
      month: { status: "not-proven", value: { num: 132, den: 32 }, n: 32, needed: 18, reason: "32 surveys are fewer than the 50 that clause 4.6 asks for." },
      today: "not-proven",
      daily: { middle: 4.2, spread: 0.25, den: 8 },
    },
  ],
  feeds: [
    { feedId: "acme-voice.acd-intervals", feed: "acd-intervals", name: "ACD intervals", kind: "interval", state: "fresh", lastReceiptAtMs: at("14:31:07"), dueAtMs: at("15:00"), everyMs: 30 * MINUTE_MS, openReceipts: 0 },
    { feedId: "acme-voice.csat-survey", feed: "csat-survey", name: "CSAT survey", kind: "contact", state: "fresh", lastReceiptAtMs: at("06:58:02"), dueAtMs: null, everyMs: null, openReceipts: 0 },
  ],
  alerts: [
    buildAlert({ id: "voice.sl.day", headline: "Service level 74.1 % today, agreed at least 80 %" }),
    buildAlert({
      id: "voice.asa.day",
      headline: "Speed of answer 21.4 s today, agreed at most 20 s",
      severity: "warning",
      status: "acknowledged",
      seq: 2,
      subject: { kind: "target", targetId: "asa", window: "day", start: "2026-09-21" },
      raisedAtMs: FIXTURE_NOW_MS - 242 * MINUTE_MS,
      acknowledgement: { by: "Daniel Ortega", atMs: FIXTURE_NOW_MS - 200 * MINUTE_MS, note: "Late shift short by 9. Overtime asked for 15:00 to 19:00." },
      history: [
        { seq: 1, kind: "raised", atMs: FIXTURE_NOW_MS - 242 * MINUTE_MS, by: "accord", note: "21.4 s against 20 s" },
        { seq: 2, kind: "acknowledged", atMs: FIXTURE_NOW_MS - 200 * MINUTE_MS, by: "Daniel Ortega", note: "Late shift short by 9. Overtime asked for 15:00 to 19:00." },
      ],
    }),
    buildAlert({
      id: "voice.aban.day.19",
      headline: "Abandonment 5.6 % on 19 Sep, agreed at most 5 %",
      severity: "warning",
      status: "resolved",
      seq: 3,
      subject: { kind: "target", targetId: "abandonment", window: "day", start: "2026-09-19" },
      raisedAtMs: FIXTURE_NOW_MS - 48 * 60 * MINUTE_MS,
      changedAtMs: FIXTURE_NOW_MS - 44 * 60 * MINUTE_MS,
      resolution: { atMs: FIXTURE_NOW_MS - 44 * 60 * MINUTE_MS, reason: "Back at 4.8 % by the end of the day" },
    }),
  ],
  receipts: [
    buildReceipt({ number: 88_214, acceptedAtMs: at("14:31:07") }),
    buildReceipt({ number: 88_206, acceptedAtMs: at("13:47:31"), filename: "intervals_1330_corrected.csv", counts: { ...NO_COUNTS, rows: 3, applied: 3, restated: 3 } }),
    buildReceipt({
      number: 88_190,
      acceptedAtMs: at("09:52:10"),
      feedId: "acme-voice.csat-survey",
      filename: "survey_2026-09-20.csv",
      bytes: 61_200,
      counts: { ...NO_COUNTS, rows: 44, applied: 32, rejected: 12 },
      problems: [
        { line: 14, severity: "error", column: "score", value: "104", rule: "score-range", message: "104 is above the scale of 5.", remedy: "Give 1 to 5." },
        { line: 15, severity: "error", column: "score", value: "8,6", rule: "score-range", message: "8,6 is not a whole number of 1 to 5.", remedy: "Convert from the scale of 10." },
        { line: 31, severity: "error", column: "contact_id", value: "", rule: "required", message: "The contact has no id.", remedy: "Add the ACD's id; without it the call cannot be proven." },
        { line: 32, severity: "error", column: "evaluated_at", value: "2026-09-31", rule: "impossible-day", message: "September has no day 31.", remedy: "Correct the date." },
      ],
    }),
  ],
};

/** Acme Chat with Lisboa Assist: one target missed, the feed silent since the morning. */
export const CHAT: AgreementStory = {
  id: "acme-chat",
  name: "Acme Chat",
  provider: "Lisboa Assist",
  timeZone: "Europe/Lisbon",
  utcOffsetHours: 1,
  asOfMs: Date.parse("2026-09-21T04:45:00+01:00"),
  targets: [
    {
      view: buildTargetView({ id: "first-response", name: "First response", expected: "85 %", detail: "within 60 s", feed: "chat-intervals", variant: "service-level/positive/60", formula: "Chats answered within 60 s, divided by chats offered." }),
      expected: { mantissa: 85, dp: 2 },
      month: { status: "no-data", value: null, n: 0, reason: "The feed has been silent since 04:45 Lisbon." },
      today: "no-data",
      daily: { middle: 0.882, spread: 0.03, den: 640 },
    },
    {
      view: buildTargetView({ id: "answer-rate", name: "Answer rate", expected: "96 %", detail: "of offered", feed: "chat-intervals", variant: "answer-rate/offered", formula: "Chats answered, divided by chats offered." }),
      expected: { mantissa: 96, dp: 2 },
      month: { status: "missed", value: { num: 11_340, den: 12_010 }, n: 12_010, reason: "94.42 % is below the agreed 96 %, and the days left cannot mend it." },
      today: "no-data",
      daily: { middle: 0.9445, spread: 0.02, den: 640 },
    },
    {
      view: buildTargetView({ id: "csat", name: "Satisfaction", unit: "score", expected: "4.2", detail: "of 5", feed: "chat-survey", variant: "csat/mean", formula: "Sum of the points given, divided by the surveys answered." }),
      expected: { mantissa: 42, dp: 1 },
      month: { status: "met", value: { num: 2831, den: 642 }, n: 642, reason: "4.41 is above the agreed 4.2." },
      today: "met",
      daily: { middle: 4.41, spread: 0.1, den: 34 },
    },
    {
      view: buildTargetView({ id: "service-level", name: "Service level", expected: "80 %", detail: "within 20 s", feed: "chat-daily" }),
      expected: { mantissa: 80, dp: 2 },
      month: { status: "not-derivable", value: null, n: 0, reason: "The feed has no count of chats answered within 20 s.", fed: { value: { mantissa: 8120, dp: 4 }, agrees: null } },
      today: "not-derivable",
      daily: { middle: 0.8, spread: 0, den: 1 },
    },
  ],
  feeds: [
    { feedId: "acme-chat.chat-intervals", feed: "chat-intervals", name: "Chat intervals", kind: "interval", state: "silent", lastReceiptAtMs: Date.parse("2026-09-21T04:45:00+01:00"), dueAtMs: Date.parse("2026-09-21T05:15:00+01:00"), everyMs: 30 * MINUTE_MS, openReceipts: 0 },
    { feedId: "acme-chat.chat-survey", feed: "chat-survey", name: "Chat survey", kind: "contact", state: "fresh", lastReceiptAtMs: Date.parse("2026-09-20T22:10:00+01:00"), dueAtMs: null, everyMs: null, openReceipts: 0 },
    { feedId: "acme-chat.chat-daily", feed: "chat-daily", name: "Chat daily figures", kind: "daily", state: "never", lastReceiptAtMs: null, dueAtMs: null, everyMs: null, openReceipts: 0 },
  ],
  alerts: [
    buildAlert({
      id: "chat.feed",
      agreementId: "acme-chat",
      headline: "Feed silent, chat intervals",
      severity: "warning",
      subject: { kind: "feed", feed: "chat-intervals" },
      raisedAtMs: FIXTURE_NOW_MS - 137 * MINUTE_MS,
    }),
    buildAlert({
      id: "chat.answer.month",
      agreementId: "acme-chat",
      headline: "Answer rate 94.4 % this month, agreed at least 96 %",
      subject: { kind: "target", targetId: "answer-rate", window: "month", start: "2026-09-01" },
      raisedAtMs: FIXTURE_NOW_MS - 27 * 60 * MINUTE_MS,
      status: "acknowledged",
      seq: 2,
      acknowledgement: { by: "Tomás Faria", atMs: FIXTURE_NOW_MS - 26 * 60 * MINUTE_MS, note: "Two agents ill; replacement from Wednesday." },
    }),
  ],
  receipts: [],
};
