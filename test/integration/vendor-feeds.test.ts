import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readIntervals } from "../../shared/store/intervals.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { putDocuments } from "../support/put-documents.ts";
import { exampleFeed } from "../support/sample-feeds.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2023-11-15T12:00:00Z");

/** The example's target on another feed, in the feed's zone and of this year. */
async function agreementOn(feed: string, id: string): Promise<Agreement> {
  const example = Agreement.parse(parse(await readFile("docs/examples/simple-80-20-agreement.yaml", "utf8")));
  const targets = example.targets.map((target) => ({ ...target, feed }));
  return { ...example, id, timeZone: "UTC", effectiveFrom: "2023-01-01", effectiveTo: "2023-12-31", targets };
}

/** Every interval that is stored of a feed, and whether a recount gives the same. */
async function stored(stage: WorkerStage, agreement: StoredAgreement, id: string, feed: string) {
  const layout = agreement.layout(feed);
  const query = { agreementId: id, feed, layout, fromMs: NOW - 86_400_000 * 7, toMs: NOW };
  const queues = await readIntervals(stage.redis, query);
  const differences = (await recountAgreement(stage.redis, agreement)).flatMap((recount) => recount.differences);
  return { queues, differences };
}

const CALLS = Array.from({ length: 12 }, (_, at) => {
  const begun = 1_700_000_000 + at * 60;
  const id = `${begun}.${at}`;
  return [
    `${begun}|${id}|q|NONE|ENTERQUEUE||555|1`,
    `${begun + 9}|${id}|q|SIP/1|CONNECT|9|x|2`,
    `${begun + 300}|${id}|q|SIP/1|COMPLETECALLER|9|291|1`,
  ];
});
const LOG = CALLS.flat().toSorted();

function record(id: number, updated: string, wait: number): string {
  return JSON.stringify({
    ContactId: `contact-${id}`,
    InitiationMethod: "INBOUND",
    InitiationTimestamp: "2023-11-14T09:00:00Z",
    LastUpdateTimestamp: updated,
    DisconnectReason: "CUSTOMER_DISCONNECT",
    TransferCompletedTimestamp: null,
    Queue: { Name: "sales", EnqueueTimestamp: "2023-11-14T09:00:05Z", Duration: wait },
    Agent: {
      ConnectedToAgentTimestamp: "2023-11-14T09:00:12Z",
      AgentInteractionDuration: 60,
      CustomerHoldDuration: 0,
      AfterContactWorkDuration: 5,
    },
  });
}

describe("files of systems, from their bytes to counters", () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(() => stage.stop());

  const put = async (feed: string, id: string): Promise<StoredAgreement> =>
    putDocuments(stage.redis, { agreement: await agreementOn(feed, id), feeds: [exampleFeed(`${feed}-feed`)], nowMs: NOW });

  it("a queue_log that is cut anywhere, with an overlap, counts each call once", async () => {
    const whole = await put("asterisk-queue-log", "whole");
    await stage.handIn("whole", "asterisk-queue-log", LOG.join("\n"));
    const expected = await stored(stage, whole, "whole", "asterisk-queue-log");
    const cut = await put("asterisk-queue-log", "cut");
    for (const part of [LOG.slice(0, 20), LOG.slice(14), LOG.slice(5, 30)])
      await stage.handIn("cut", "asterisk-queue-log", part.join("\n"));
    const found = await stored(stage, cut, "cut", "asterisk-queue-log");
    expect(found).toEqual(expected);
    expect(found.differences).toEqual([]);
    expect(found.queues).not.toEqual([]);
  });

  it("contact records that come again and out of order count as they were last known", async () => {
    const agreement = await put("amazon-connect-contacts", "records");
    const feed = "amazon-connect-contacts";
    await stage.handIn("records", feed, record(1, "2023-11-14T10:00:00Z", 7) + record(2, "2023-11-14T10:00:00Z", 0));
    await stage.handIn("records", feed, record(1, "2023-11-14T09:30:00Z", 900));
    const older = await stored(stage, agreement, "records", feed);
    await stage.handIn("records", feed, `${record(1, "2023-11-14T10:00:00Z", 7)}\n${record(1, "2023-11-14T09:10:00Z", 1)}`);
    expect(await stored(stage, agreement, "records", feed)).toEqual(older);
    await stage.handIn("records", feed, `${record(2, "2023-11-14T11:00:00Z", 40)}${record(2, "2023-11-14T10:30:00Z", 3)}`);
    const newer = await stored(stage, agreement, "records", feed);
    expect(newer).not.toEqual(older);
    expect(newer.differences).toEqual([]);
  });
});
