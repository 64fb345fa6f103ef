import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EVIDENCE, PRESETS } from "../../../../shared/feeds/presets.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { exampleFeed } from "../../../support/sample-feeds.ts";

function presetOf(head: string): string | undefined {
  return PRESETS.find(({ recognises }) => recognises(head))?.id;
}

const FORMATS = readFileSync(new URL("../../../../docs/formats.md", import.meta.url), "utf8");

describe("a system whose files are known", () => {
  it.each(PRESETS.map(({ id, title, evidence }) => ({ id, title, evidence })))(
    "$title has a definition and is in the docs",
    ({ id, evidence }) => {
      expect(exampleFeed(`${id}-feed`).accord).toBe("feed/1");
      expect(FORMATS).toContain(`${id}-feed.yaml`);
      expect(EVIDENCE).toContain(evidence);
    },
  );

  it.each([
    ["day;queue;offered\n2026-06-01;a;1", undefined],
    ["1|2|3|4|5\n", undefined],
    ['{"offered": 1}', undefined],
    ["", undefined],
    ['{"MetricResults":[{"Collections":[]}]}', "amazon-connect-metrics"],
    ['{"results":[{"group":{},"data":[{"interval":"","metrics":[{"stats":{}}]}]}]}', "genesys-aggregates"],
    ["row_date;starttime;split;callsoffered;acdcalls\r\n", "avaya-interval"],
  ])("%j is %s", (head, id) => expect(presetOf(head)).toBe(id));

  it.skipIf(!HAS_REAL_DATA).each([
    ["formats/asterisk/queue_log-collected.txt", "asterisk-queue-log"],
    ["formats/amazon-connect/contact-record.json", "amazon-connect-contacts"],
    ["formats/genesys/queue-notification.json", "genesys-queue-notification"],
    ["formats/twilio/taskrouter-response-examples.json", "twilio-taskrouter"],
    ["anonymous-bank-1999/january.txt", undefined],
  ])("real data: %s is %s", (file, id) => expect(presetOf(readFileSync(realDataFile(file), "utf8"))).toBe(id));
});
