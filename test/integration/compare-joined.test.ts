import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareVariants } from "../../server/compare/compare-variants.ts";
import { whatIf } from "../../server/compare/what-if.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-04-20T12:00:00Z");
const DAY_MS = 86_400_000;

/** Forty calls a day from 1 February to 5 April: in March every wait is a second longer each day. */
const CALLS = Array.from({ length: 64 * 40 }, (_, i) =>
  buildContact({
    contactId: `c${i}`,
    startMs: Date.parse("2026-02-01T08:00:00Z") + Math.floor(i / 40) * DAY_MS + (i % 40) * 600_000,
    waitMs: (Math.floor(i / 40) + (i % 7)) * 700,
    outcome: i % 13 === 0 ? "abandoned" : "answered",
  }),
);

describe("a comparison of windows that are joined to the one before", () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    const target = buildTarget({ windows: ["week", "month"], minimumSample: 1220, onLowSample: "join-previous" });
    const agreement = { ...buildAgreement({ id: "joined" }), timeZone: "UTC", targets: [target] };
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] })], nowMs: NOW });
    await stage.handIn("joined", "calls", contactFile(CALLS));
  });
  afterAll(async () => await stage?.stop());

  it("comes to the published verdict under the agreed formula, though the span begins with the window", async () => {
    const stored = await readAgreement(stage.redis, "joined", NOW);
    if (stored === null) throw new Error("the agreement is not in force");
    const published = (await readVerdicts(stage.redis, "joined")).filter(
      ({ window }) => window.start >= "2026-03-01" && window.start <= "2026-03-31",
    );
    expect(published.some(({ trace }) => trace.some((line) => line.includes("together with it")))).toBe(true);
    for (const { window, value, status } of published) {
      const query = { kind: window.kind, from: window.start, to: window.start };
      const variants = await compareVariants({ redis: stage.redis, stored, targetId: "service-level", query, nowMs: NOW });
      expect(variants?.rows.find(({ agreed }) => agreed)?.verdicts).toMatchObject([{ value, status }]);
    }
    // A draft that changes nothing changes no verdict, the first joined window included.
    const draft = { agreement: { ...stored.agreement, version: 2 }, feeds: stored.feeds, findings: [] };
    const { rows } = await whatIf({ redis: stage.redis, stored, draft, months: 2, nowMs: NOW });
    expect(rows.map(({ draft: would }) => [would?.status, would?.value])).toEqual(rows.map(({ now }) => [now?.status, now?.value]));
    const march = published.find(({ window }) => window.kind === "month");
    expect(rows.find(({ now }) => now?.window.kind === "month" && now.window.start === "2026-03-01")?.now?.value).toEqual(march?.value);
  });
});
