import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unescapeCell } from "../../shared/feeds/escaped-cell.ts";
import { createRecordSplitter } from "../../shared/feeds/record-splitter.ts";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { EXPORTS } from "../../shared/protocol/archive-routes.ts";
import { readAgentNames } from "../../shared/store/agent-names.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { addClaim } from "../../shared/store/claims.ts";
import { exportTable } from "../../shared/store/exports.ts";
import { exportFacts } from "../../shared/store/exports-facts.ts";
import { readQueues } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { naughtyStrings } from "../support/naughty-strings.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOfRows } from "../support/random-feeds.ts";
import { HAS_REAL_DATA } from "../support/real-data.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildContactFeed, CONTACT_HEADER, readWholeFile, pieces } from "../support/sample-feeds.ts";
import { actAsLead, raiseTestAlert } from "../support/test-alert.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const FEED = buildContactFeed({ agent: { column: "agent" } });
const SIGNED = { id: "person:p", name: "P", party: "provider" } as const;

/** Which strings cannot name a queue or an agent, and why, by their place in the list. */
const UNSEEN = [93, 94, 95, 171, 172, 173, 174, 176, 177, 506, 507, 508];
const REFUSED_QUEUES: Readonly<Record<string, readonly number[]>> = {
  // Control characters, and characters that turn the direction of text around.
  "control-character": UNSEEN,
  // Nothing but blanks.
  "missing-value": [0, 97, 434],
  // More than 80 characters.
  "too-long": [59, 96, 113, 134, 165, 170, 178, 179, 180, 181, 183, 396, 406, 407, 408, 452, 505],
};
const REFUSED_AGENTS: Readonly<Record<string, readonly number[]>> = {
  "control-character": UNSEEN,
  // More than 120 characters; a blank names nobody.
  "too-long": [96, 113, 165, 178, 179, 180, 181, 183, 406, 407, 408, 452, 505],
};

async function cellsOf(text: AsyncIterable<string>): Promise<string[][]> {
  const splitter = createRecordSplitter(",");
  const whole = (await Array.fromAsync(text)).join("").replace(/^\ufeff/u, "");
  return [...splitter.push(whole), ...splitter.end()].map((cells) => cells.map(unescapeCell));
}

describe.skipIf(!HAS_REAL_DATA)("real data: naughty strings", () => {
  let stage: WorkerStage;
  let stored: StoredAgreement;
  const strings = HAS_REAL_DATA ? naughtyStrings() : [];
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    const exclusions = { kinds: ["client-outage"], noticeWithin: "P5D", decideWithin: "P10D", undecided: "lapsed" };
    const agreement = Agreement.parse({ ...buildAgreement(), id: "naughty", exclusions });
    stored = await putDocuments(stage.redis, { agreement, feeds: [FEED], nowMs: NOW });
  });
  afterAll(() => stage.stop());

  const table = async (what: (typeof EXPORTS)[number]): Promise<string[][]> =>
    (await cellsOf(exportTable(stage.redis, { agreementId: "naughty", timeZone: "Europe/Berlin", what, sharedOnly: true }))).slice(1);

  /** A file with a row for each string, in the column of queues or of agents. */
  function fileWith(column: "queue" | "agent"): string {
    const rows = strings.map((text, i) => {
      const [queue, agent] = column === "queue" ? [text, ""] : ["q", text];
      return [`${column}-${i}`, "2026-03-09T09:00:00Z", queue, "lost", "5", "", "", agent];
    });
    return fileOfRows({ delimiter: ",", header: `${CONTACT_HEADER},agent` }, rows);
  }

  async function refusals(column: "queue" | "agent"): Promise<Record<string, number[]>> {
    const { rows } = await readWholeFile(FEED, pieces(fileWith(column)));
    const found: Record<string, number[]> = {};
    rows.forEach(({ row, problems }, i) => {
      if (row === null) (found[problems[0]?.rule ?? ""] ??= []).push(i);
    });
    return found;
  }
  const kept = (refused: Readonly<Record<string, readonly number[]>>): string[] => {
    const out = new Set(Object.values(refused).flat());
    return strings.flatMap((text, i) => (out.has(i) ? [] : [text.trim()]));
  };

  it("name queues in the one form of their letters, are stored and exported so, or are refused for a reason that is listed", async () => {
    expect(await refusals("queue")).toEqual(REFUSED_QUEUES);
    const receipt = await stage.handIn("naughty", "calls", fileWith("queue"));
    const wanted = new Set(kept(REFUSED_QUEUES).map((name) => name.normalize("NFC")));
    expect(receipt.counts).toMatchObject({ rows: strings.length, applied: kept(REFUSED_QUEUES).length });
    expect(new Set(await readQueues(stage.redis, "naughty", "calls"))).toEqual(wanted);
    const facts = await cellsOf(exportFacts({ redis: stage.redis, stored, feed: FEED, nowMs: NOW }));
    expect(new Set(facts.slice(1).map(([, , , queue]) => queue))).toEqual(wanted);
  });

  it("name agents: each is kept sealed as it is, under a pseudonym of its own", async () => {
    expect(await refusals("agent")).toEqual(REFUSED_AGENTS);
    await stage.handIn("naughty", "calls", fileWith("agent"));
    const pseudonyms = (await table("agents.csv")).flat();
    const names = await readAgentNames(stage.redis, stage.parts.keyRing, { agreementId: "naughty", pseudonyms });
    const wanted = kept(REFUSED_AGENTS).filter((name) => name !== "");
    expect(new Set([...names.values()].map((name) => name.normalize("NFC")))).toEqual(new Set(wanted.map((name) => name.normalize("NFC"))));
  });

  it("are the evidence of claims and come out as they went in, letter by letter", async () => {
    for (let i = 0; i < strings.length; i += 2) {
      const [mitigation = "", evidence = "-"] = strings.slice(i, i + 2);
      const window = { kind: "client-outage", targets: "all", fromMs: NOW - 7_200_000, toMs: NOW - 3_600_000 } as const;
      const operationId = randomUUID();
      await addClaim(stage.redis, { agreementId: "naughty", ...window, evidence, mitigation, operationId, by: SIGNED, nowMs: NOW });
    }
    const claims = (await table("claims.csv")).toReversed();
    const texts = claims.flatMap((cells) => [cells[6] ?? "", cells[5] ?? ""]);
    expect(texts.slice(0, strings.length)).toEqual(strings);
  });

  it("are notes on alerts and come out as they went in", async () => {
    const written = strings.filter((note) => note !== "");
    const noted = async (note: string): Promise<void> => {
      const { id } = await raiseTestAlert(stage, "naughty", undefined, NOW);
      await actAsLead(stage.redis, { agreementId: "naughty", alertId: id, act: { do: "acknowledge", note }, nowMs: NOW });
    };
    await Promise.all(written.map(noted));
    const notes = (await table("alerts.csv")).filter((cells) => cells[6] === "acknowledged").map((cells) => cells[9]);
    expect(new Set(notes)).toEqual(new Set(written));
    expect(notes).toHaveLength(written.length);
    expect(await stage.redis.hlen(agreementKeys("naughty").alerts)).toBe(written.length);
  });
});
