import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { IntervalRow } from "../../../../shared/feeds/canonical.ts";
import { errorsCsv } from "../../../../shared/feeds/errors-csv.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { exampleFeed, pieces, readWholeFile } from "../../../support/sample-feeds.ts";

async function read(name: string, content: string | Uint8Array) {
  const { rows, refused, noted } = await readWholeFile(exampleFeed(name), pieces(content, 100));
  return {
    rows: rows.map(({ row }) => row).filter((row) => row !== null),
    problems: rows.flatMap(({ problems }) => problems.map(({ line, column, rule }) => ({ line, column, rule }))),
    refused: refused.map(({ rule }) => rule),
    noted: noted.map(({ rule }) => rule),
  };
}

function sample(path: string): Buffer {
  return readFileSync(realDataFile(`formats/${path}`));
}

describe.skipIf(!HAS_REAL_DATA)("real data: one sample of each system, through its definition in docs/examples", () => {
  it("Asterisk queue_log: 29 lines are 4 answered calls and an abandoned one; 5 calls have no end", async () => {
    const { rows, problems, refused, noted } = await read("asterisk-queue-log-feed", sample("asterisk/queue_log-collected.txt"));
    expect({ problems, refused, noted }).toEqual({ problems: [], refused: [], noted: ["no-end"] });
    expect(rows.map((row) => ("outcome" in row ? [row.queue, row.outcome, row.startMs / 1000, row.waitMs, row.talkMs] : []))).toEqual([
      ["9000", "answered", 1_266_833_931, 2000, 4000],
      ["9000", "answered", 1_266_834_002, 36_000, 8000],
      ["7100", "answered", 1_292_281_046, 2000, 3_073_000],
      ["support", "abandoned", 1_596_512_941, 68_000, null],
      ["8000", "answered", 1_699_286_234, 6000, 25_000],
    ]);
  });

  it("Amazon Connect contact record: answered after 7 s, handled for 33 + 0 + 32 s, as known at 15:03:02", async () => {
    const { rows, problems, refused } = await read("amazon-connect-contacts-feed", sample("amazon-connect/contact-record.json"));
    expect({ problems, refused }).toEqual({ problems: [], refused: [] });
    expect(rows).toMatchObject([
      {
        contactId: "15a5cf14-3212-45a1-9f86-a8e97db8afaf",
        queue: "BasicQueue",
        startMs: Date.UTC(2022, 3, 8, 14, 59, 38),
        outcome: "answered",
        waitMs: 7000,
        handleMs: 65_000,
        holdMs: 0,
        version: Date.UTC(2022, 3, 8, 15, 3, 2),
      },
    ]);
  });

  it("Genesys queue notification: of 2 offered none was answered and 2 abandoned, after 86,168 ms together", async () => {
    const { rows, problems, refused, noted } = await read("genesys-queue-notification-feed", sample("genesys/queue-notification.json"));
    expect({ problems, refused, noted }).toEqual({ problems: [], refused: [], noted: ["read-as-none"] });
    expect(rows).toMatchObject([
      {
        startMs: Date.UTC(2024, 11, 30, 9, 30),
        lengthMs: 1_800_000,
        counters: [2, 0, 2, 0, 0, 86_168, 0, 0, 0, 0],
        claims: [{ mantissa: 0, dp: 0 }],
      },
    ]);
  });

  const twilio = (): Record<string, Record<string, unknown>> =>
    JSON.parse(sample("twilio/taskrouter-response-examples.json").toString("utf8"));
  const answer = (route: string, name: string): string =>
    JSON.stringify(twilio()[`GET /v1/Workspaces/{WorkspaceSid}/TaskQueues/${route} 200`]?.[name]);

  it("Twilio TaskRouter: its documented examples contradict themselves, and each is refused by what it breaks", async () => {
    const cumulative = await read("twilio-taskrouter-feed", answer("{TaskQueueSid}/CumulativeStatistics", "fetch"));
    expect(cumulative.problems).toEqual([
      { line: 1, column: "interval.minutes", rule: "equals" },
      { line: 1, column: "reservations_accepted", rule: "more-than-offered" },
    ]);
    for (const [route, name] of [
      ["{TaskQueueSid}/Statistics", "fetch"],
      ["Statistics", "readFull"],
    ] as const) {
      const { problems } = await read("twilio-taskrouter-feed", answer(route, name));
      expect(problems).toEqual([{ line: 1, column: "start_time", rule: "off-grid" }]);
    }
    const live = await read("twilio-taskrouter-feed", answer("{TaskQueueSid}/RealTimeStatistics", "fetch"));
    expect(live.problems).toEqual([{ line: 1, column: "", rule: "no-time" }]);
    expect((await read("twilio-taskrouter-feed", answer("Statistics", "readEmpty"))).refused).toEqual(["no-rows"]);
  });

  it("Twilio TaskRouter: the documented answer with times and counts that can be is read", async () => {
    const content = answer("{TaskQueueSid}/CumulativeStatistics", "fetch")
      .replace('"end_time":"2015-07-30T20:00:00Z"', '"end_time":"2015-07-30T20:15:00Z"')
      .replace('"reservations_accepted":100', '"reservations_accepted":90')
      .replace('"tasks_canceled":100', '"tasks_canceled":10')
      .replace('"5":{"above"', '"20":{"above"');
    const { rows, problems } = await read("twilio-taskrouter-feed", content);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      { startMs: Date.UTC(2015, 6, 30, 20), counters: [100, 90, 10, 100, 0, 0, 0, 0], claims: [{ mantissa: 100, dp: 0 }] },
    ]);
  });

  it("Avaya CMS hsplit: the columns of the real table are found, and what a report adds below is left out", async () => {
    const columns = sample("avaya-cms/hsplit-columns.txt")
      .toString("utf8")
      .split("\n")
      .filter((name) => /^[a-z_0-9]{3,40}$/u.test(name))
      .slice(0, 150);
    const values: Record<string, string> = {
      row_date: "2026-06-01",
      starttime: "930",
      intrvl: "30",
      split: "12",
      callsoffered: "12",
      acdcalls: "11",
      abncalls: "1",
      acceptable: "9",
    };
    const line = (overrides: Record<string, string>): string => columns.map((name) => ({ ...values, ...overrides })[name] ?? "0").join(";");
    const content = [columns.join(";"), line({}), line({ row_date: "Totals", starttime: "" })].join("\r\n");
    const { rows, problems, refused, noted } = await read("avaya-interval-feed", content);
    expect({ problems, refused, noted }).toEqual({ problems: [], refused: [], noted: ["unknown-columns", "rows-skipped"] });
    expect(rows).toMatchObject([{ queue: "12", startMs: Date.UTC(2026, 5, 1, 7, 30), counters: [12, 11, 1, 9, 0, 0, 0, 0, 0, 0] }]);
    expect((await read("avaya-interval-feed", content.replaceAll(";30;", ";15;"))).problems).toMatchObject([
      { column: "intrvl", rule: "equals" },
    ]);
  });
});

const RECORD = {
  ContactId: "a",
  InitiationMethod: "INBOUND",
  InitiationTimestamp: "2026-06-01T09:00:00Z",
  LastUpdateTimestamp: "2026-06-01T09:10:00Z",
  DisconnectReason: "CUSTOMER_DISCONNECT",
  TransferCompletedTimestamp: null,
  Queue: { Name: "sales", EnqueueTimestamp: "2026-06-01T09:00:05Z", Duration: 7 },
  Agent: {
    ConnectedToAgentTimestamp: "2026-06-01T09:00:12Z",
    AgentInteractionDuration: 60,
    CustomerHoldDuration: 0,
    AfterContactWorkDuration: 5,
  },
};
const connect = (...records: readonly unknown[]) =>
  read("amazon-connect-contacts-feed", records.map((record) => JSON.stringify(record)).join(""));

describe("contact records of Amazon Connect", () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["answered", {}, { outcome: "answered", waitMs: 7000, handleMs: 65_000 }],
    ["abandoned", { Agent: null }, { outcome: "abandoned", waitMs: 7000, handleMs: null, queue: "sales" }],
    ["transferred in the queue", { Agent: null, TransferCompletedTimestamp: "2026-06-01T09:00:12Z" }, { outcome: "flowed-out" }],
    ["sent away by the flow", { Agent: null, DisconnectReason: "CONTACT_FLOW_DISCONNECT" }, { outcome: "flowed-out" }],
    ["never queued", { Agent: null, Queue: null }, { outcome: "left-before-queue", queue: "(no queue)" }],
    ["outbound", { InitiationMethod: "OUTBOUND" }, { outcome: "not-a-contact" }],
  ])("may be %s", async (_, overrides, row) => expect((await connect({ ...RECORD, ...overrides })).rows).toMatchObject([row]));

  it("null and absent are no value, zero and an empty list are values", async () => {
    const answered = { ...RECORD, Agent: { ...RECORD.Agent, CustomerHoldDuration: null } };
    expect((await connect(answered)).problems).toEqual([{ line: 1, column: "Agent.CustomerHoldDuration", rule: "missing-value" }]);
    expect((await connect({ ...RECORD, Agent: { ...RECORD.Agent, CustomerHoldDuration: [] } })).problems).toMatchObject([
      { column: "Agent.CustomerHoldDuration" },
    ]);
  });

  it("one after the other, a line each, or in a list are the same", async () => {
    const [first, second] = [RECORD, { ...RECORD, ContactId: "b" }].map((record) => JSON.stringify(record));
    const expected = (await connect(RECORD, { ...RECORD, ContactId: "b" })).rows;
    expect(expected).toHaveLength(2);
    for (const content of [`${first}\n${second}\n`, `[${first},${second}]`, ` ${first} \r\n\r\n${second}`])
      expect((await read("amazon-connect-contacts-feed", content)).rows).toEqual(expected);
  });
});

const METRIC = (name: string, value: string, more = ""): string => `{"Metric":{"Name":"${name}"${more}},"Value":${value}}`;
const IN_20 = ',"Threshold":[{"Comparison":"LT","ThresholdValue":20.0}]';
const METRICS = [
  METRIC("CONTACTS_QUEUED", "12.0"),
  METRIC("CONTACTS_HANDLED", "10"),
  METRIC("CONTACTS_ABANDONED", "2.0"),
  METRIC("SUM_CONTACTS_ANSWERED_IN_X", "8.0", IN_20),
  METRIC("SUM_HANDLE_TIME", "1234.5"),
  METRIC("SERVICE_LEVEL", "83.33", IN_20),
].join(",");
const metricResult = (start: string, end: string, metrics = METRICS): string =>
  `{"MetricResults":[{"Dimensions":{"QUEUE":"q-1"},"MetricInterval":{"Interval":"FIFTEEN_MIN","StartTime":${start},"EndTime":${end}},"Collections":[${metrics}]}]}`;

describe("metric data of Amazon Connect", () => {
  it.each([
    ["as the command line writes it", '"2026-06-01T09:00:00+00:00"', '"2026-06-01T09:15:00+00:00"'],
    ["as the service writes it", "1780304400.0", "1780305300.0"],
  ])("becomes a row of its metrics, with time %s", async (_, start, end) => {
    const { rows, problems } = await read("amazon-connect-metrics-feed", metricResult(start, end));
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      {
        queue: "q-1",
        startMs: Date.UTC(2026, 5, 1, 9),
        counters: [12, 10, 2, 8, null, 1_234_500, null, null],
        claims: [{ mantissa: 8333, dp: 4 }],
      },
    ]);
  });

  it("of another interval, with a part of a count, or with a metric twice is refused", async () => {
    const hour = await read("amazon-connect-metrics-feed", metricResult("1780304400", "1780308000"));
    expect(hour.problems).toEqual([{ line: 1, column: "interval.minutes", rule: "equals" }]);
    const part = await read("amazon-connect-metrics-feed", metricResult("1780304400", "1780305300", METRICS.replace("12.0", "12.5")));
    expect(part.problems).toMatchObject([{ line: 1, column: "CONTACTS_QUEUED" }]);
    const twice = await read("amazon-connect-metrics-feed", metricResult("1780304400", "1780305300", `${METRICS},${METRICS}`));
    expect(twice.problems).toEqual([{ line: 1, column: "", rule: "duplicate-metric" }]);
  });

  it("that has no results is refused", async () =>
    expect((await read("amazon-connect-metrics-feed", '{"message":"no"}')).problems).toEqual([
      { line: 1, column: "", rule: "unknown-shape" },
    ]));
});

const stat = (metric: string, count: number, sum: number): string => `{"metric":"${metric}","stats":{"count":${count},"sum":${sum}}}`;
const aggregate = (metrics: string, interval = "2026-06-01T09:00:00.000Z/2026-06-01T09:30:00.000Z"): string =>
  `{"results":[{"group":{"queueId":"q-1","mediaType":"voice"},"data":[{"interval":"${interval}","metrics":[${metrics}]}]}]}`;

describe("aggregates of Genesys Cloud", () => {
  it("may count an answer in the interval after the offer: a warning, the row counts", async () => {
    const { rows, problems } = await read("genesys-aggregates-feed", aggregate(stat("tAnswered", 1, 20_000)));
    expect(rows).toMatchObject([{ counters: [0, 1, 0, 0, 20_000, 0, 0, 0, 0, 0] }]);
    expect(problems).toEqual([{ line: 1, column: "tAnswered.count", rule: "more-than-offered" }]);
  });

  const OFFERED = '{"metric":"nOffered","stats":{"count":5}}';

  it("become a row for each queue and interval; what did not happen is zero, what is no count stays blank", async () => {
    const { rows, problems } = await read(
      "genesys-aggregates-feed",
      aggregate([OFFERED, stat("tAnswered", 4, 40_000), stat("tAbandon", 1, 9000)].join(",")),
    );
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ queue: "q-1", counters: [5, 4, 1, 0, 40_000, 9000, 0, 0, 0, 0], claims: [null] }]);
  });

  it("are the same in the envelope of a notification", async () => {
    const { results } = JSON.parse(aggregate(OFFERED));
    const { rows } = await read("genesys-aggregates-feed", JSON.stringify({ topicName: "t", eventBody: results[0] }));
    expect(rows).toEqual((await read("genesys-aggregates-feed", aggregate(OFFERED))).rows);
  });

  it("without a list of metrics are refused, because no metric at all reads as zero", async () => {
    const results = [{ group: { queueId: "q" }, data: [{ interval: "2026-06-01T09:00:00.000Z/2026-06-01T09:15:00.000Z", metrics: null }] }];
    const { rows, problems } = await read("genesys-aggregates-feed", JSON.stringify({ results }));
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line: 1, column: "", rule: "unknown-shape" }]);
  });

  it("of another length, or with a metric twice, are refused", async () => {
    const day = await read("genesys-aggregates-feed", aggregate(OFFERED, "2026-06-01T00:00:00Z/2026-06-02T00:00:00Z"));
    expect(day.problems).toEqual([{ line: 1, column: "interval.minutes", rule: "equals" }]);
    const twice = await read("genesys-aggregates-feed", aggregate(`${OFFERED},${OFFERED}`));
    expect(twice.problems).toEqual([{ line: 1, column: "", rule: "duplicate-metric" }]);
  });

  it("give a printed ratio that is a claim, never a count", async () => {
    const level = '{"metric":"oServiceLevel","stats":{"ratio":0.8,"numerator":4,"denominator":5,"target":0.8}}';
    const { rows } = await read("genesys-aggregates-feed", aggregate(`${OFFERED},${level}`));
    const claims = rows.map((row) => ("claims" in row ? row.claims : []) satisfies IntervalRow["claims"]);
    expect(claims).toEqual([[{ mantissa: 8, dp: 1 }]]);
  });
});

describe("what is refused of an answer", () => {
  it("comes back in errors.csv, and is read from there when it is mended", async () => {
    const definition = exampleFeed("genesys-aggregates-feed");
    const OFFERED = '{"metric":"nOffered","stats":{"count":"five"}}';
    let text = "";
    for await (const piece of errorsCsv(definition, pieces(aggregate(OFFERED)))) text += piece;
    expect(text).toContain("nOffered.count");
    const { rows, refused } = await read("genesys-aggregates-feed", text.replace("five", "5"));
    expect({ rows: rows.length, refused }).toEqual({ rows: 1, refused: [] });
  });
});
