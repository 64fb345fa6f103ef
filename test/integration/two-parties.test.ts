import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Verdict } from "../../shared/agreement/verdict.ts";
import { addDays, weekdayOf } from "../../shared/calendar/day.ts";
import { createZone } from "../../shared/calendar/zone.ts";
import { Explanation, Variants, WhatIf } from "../../shared/protocol/compare.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { VersionView } from "../../shared/protocol/version.ts";
import { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { Settlement } from "../../shared/settlement/settlement.ts";
import { HttpClient } from "../support/http-client.ts";
import { startSystem, type System } from "../support/system.ts";
import { until } from "../support/until.ts";

const AGREEMENT = "/api/v1/agreements/duo";
const ZONE = createZone("Europe/Berlin");

/** A Monday that is over for a week at least. */
function pastMonday(): string {
  let day = addDays(ZONE.localDay(Date.now()), -14);
  while (weekdayOf(day) !== "mon") day = addDays(day, -1);
  return day;
}

const MONDAY = pastMonday();
const WEDNESDAY = addDays(MONDAY, 2);
const THURSDAY = addDays(MONDAY, 3);

function agreementText({ version = 1, from = addDays(MONDAY, -60), expected = "80 %" } = {}): string {
  return `accord: agreement/1
id: duo
name: Duo
version: ${version}
parties: { client: Acme, provider: Calls Ltd }
timeZone: Europe/Berlin
effectiveFrom: "${from}"
serviceHours: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }]
intervalMinutes: 60
fees: { currency: EUR, amount: "10000", per: week }
credits:
  period: week
  atRisk: 10 %
  scheme: { kind: allocation, categories: [{ id: all, pool: 100 %, targets: { service-level: 100 % } }] }
exclusions: { kinds: [client-outage], noticeWithin: P90D, decideWithin: P10D, undecided: lapsed }
deadlines: { claimCreditWithin: P15D }
targets:
  - id: service-level
    name: Service level
    clause: "Of all calls, ${expected} are answered within 20 seconds."
    feed: calls
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    clock: queue-entry
    direction: at-least
    expected: ${expected}
    windows: [day, week]
    minimumSample: 10
`;
}

const FEED = `accord: feed/1
id: calls
name: Calls
kind: interval
timeZone: Europe/Berlin
intervalMinutes: 60
format: { type: delimited, delimiter: comma }
start: { date: { column: day, format: yyyy-mm-dd }, time: { column: time, format: "h:mm" } }
queue: { constant: main }
counters:
  offered: { column: offered }
  answered: { column: answered }
  abandoned: { column: abandoned }
  answered-within-20000: { column: in20 }
  abandoned-within-20000: { column: out20 }
`;

/** Monday to Friday 200 calls a day, 8 of them hung up at once and 160 answered in time, but for Wednesday's 120; and 50 before opening. */
function file(): string {
  const rows = ["day,time,offered,answered,abandoned,in20,out20"];
  for (let i = 0; i < 5; i++) {
    const day = addDays(MONDAY, i);
    rows.push(`${day},7:00,50,50,0,0,0`, `${day},9:00,100,92,8,${day === WEDNESDAY ? 40 : 80},8`, `${day},10:00,100,100,0,80,0`);
  }
  return `${rows.join("\n")}\n`;
}

describe("two companies that share one agreement", () => {
  let system: System;
  let client: HttpClient;
  let provider: HttpClient;

  async function person(name: string, role: "client-manager" | "provider"): Promise<HttpClient> {
    const { email, password } = await system.addPerson(name, "duo", role);
    const http = new HttpClient(system.url);
    await http.signIn(email, password);
    return http;
  }

  async function weeks(): Promise<Verdict[]> {
    const verdicts = (await client.get(`${AGREEMENT}/verdicts`)).as(z.array(Verdict));
    return verdicts.filter(({ window }) => window.kind === "week" && window.start >= MONDAY && window.start <= THURSDAY);
  }

  async function settlement(): Promise<Settlement> {
    return (await client.get(`${AGREEMENT}/settlement`)).as(Settlement);
  }

  beforeAll(async () => {
    system = await startSystem({ workers: 1 });
    await system.addAgreement(agreementText(), [FEED]);
    client = await person("manager", "client-manager");
    provider = await person("operations", "provider");
    const key = await system.addKey("duo", ["calls"]);
    const { id } = (await system.upload(key, "duo.calls", file())).as(Receipt);
    await system.settled(key, id);
  });
  afterAll(async () => await system?.stop());

  it("see the same missed week and what it costs", async () => {
    const [week] = await weeks();
    expect(week).toMatchObject({ status: "missed", value: { num: 760, den: 1000 }, version: 1, default: "expected" });
    expect(week?.hash).toMatch(/^[0-9a-f]{64}$/u);
    const { periods, currency } = await settlement();
    expect([currency, periods.find(({ start }) => start === MONDAY)?.credit]).toEqual(["EUR", 100_000]);
    expect((await provider.get(`${AGREEMENT}/settlement`)).as(Settlement).periods).toEqual(periods);
  });

  it("compare the week under all eight formulas, each priced", async () => {
    const reply = await provider.get(`${AGREEMENT}/targets/service-level/variants?kind=week&from=${MONDAY}&to=${MONDAY}`);
    const { rows } = reply.as(Variants);
    const found = new Map(
      rows.map((row) => [row.variant.split("/")[1], { ...row.verdicts[0]?.value, credit: row.credit, lacks: row.lacks }]),
    );
    expect(found.get("negative")).toEqual({ num: 760, den: 1000, credit: 100_000, lacks: null });
    expect(found.get("ignore-within")).toEqual({ num: 760, den: 960, credit: 100_000, lacks: null });
    expect(found.get("positive")).toEqual({ num: 800, den: 1000, credit: 0, lacks: null });
    expect(found.get("+flowouts")?.lacks).toContain("flowed out");
    expect(rows.filter(({ agreed }) => agreed).map(({ variant }) => variant)).toEqual(["service-level/negative/20"]);
  });

  it("read every step of the verdict, down to the hour before opening", async () => {
    const reply = await provider.get(`${AGREEMENT}/targets/service-level/explanation?kind=week&start=${MONDAY}`);
    const { lines, verdict } = reply.as(Explanation);
    expect(verdict.status).toBe("missed");
    expect(lines.some((line) => line.includes("07:00") && line.includes("not counted: outside service hours"))).toBe(true);
    expect(lines.at(-1)).toContain("missed");
  });

  it("see the weeks judged again under a draft before anybody signs it", async () => {
    const text = agreementText({ version: 2, expected: "75 %" });
    const reply = (await provider.post(`${AGREEMENT}/what-if`, { text, months: 3 })).as(WhatIf);
    expect(reply.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const row = reply.rows.find(({ now }) => now?.window.start === MONDAY);
    expect([row?.now?.status, row?.draft?.status]).toEqual(["missed", "met"]);
    expect(reply.credits.find(({ start }) => start === MONDAY)).toEqual({ start: MONDAY, now: 100_000, draft: 0 });
    const broken = (await provider.post(`${AGREEMENT}/what-if`, { text: text.replace("expected: 75 %", "expected: 75"), months: 3 })).as(
      WhatIf,
    );
    expect(broken.findings.some(({ severity, path }) => severity === "error" && path.includes("expected"))).toBe(true);
  });

  it("settle a claim: nothing moves until the other side accepts, then only what it is about", async () => {
    const fromMs = ZONE.dayRange(WEDNESDAY).fromMs + 9 * 3_600_000;
    const body = {
      kind: "client-outage",
      targets: ["service-level"],
      fromMs,
      toMs: fromMs + 3_600_000,
      evidence: "Ticket 4711",
      mitigation: "",
    };
    const claim = (await provider.post(`${AGREEMENT}/claims`, { ...body, operationId: randomUUID() })).as(ExclusionClaim);
    await until(async () => (await weeks())[0]?.ifAllAccepted !== null, "the open claim shows what it would do");
    expect((await weeks())[0]).toMatchObject({ status: "missed", value: { num: 760, den: 1000 }, ifAllAccepted: { status: "met" } });
    const decision = { expectedSeq: claim.seq, decision: "accepted", accepted: [], note: "Our system was down" };
    const own = await provider.post(`${AGREEMENT}/claims/${claim.id}/decide`, { ...decision, operationId: randomUUID() });
    expect(own.status).toBe(409);
    const decided = await client.post(`${AGREEMENT}/claims/${claim.id}/decide`, { ...decision, operationId: randomUUID() });
    expect(decided.as(ExclusionClaim).state).toBe("accepted");
    await until(async () => (await weeks())[0]?.status === "met", "the week without the outage is met");
    expect((await weeks())[0]).toMatchObject({
      value: { num: 720, den: 900 },
      recomputed: { value: { num: 760, den: 1000 }, status: "missed" },
    });
    expect((await settlement()).periods.find(({ start }) => start === MONDAY)?.credit).toBe(0);
    const { rows } = (await client.get(`${AGREEMENT}/targets/service-level/variants?kind=week&from=${MONDAY}&to=${MONDAY}`)).as(Variants);
    const byVariant = new Map(rows.map(({ variant, verdicts }) => [variant.split("/")[1], verdicts[0]?.value]));
    expect([byVariant.get("negative"), byVariant.get("ignore-within")]).toEqual([
      { num: 720, den: 900 },
      { num: 720, den: 868 },
    ]);
  });

  it("sign a version that begins on Thursday: each part of the week is judged under its own", async () => {
    const text = agreementText({ version: 2, from: THURSDAY, expected: "85 %" });
    const proposed = (await provider.post(`${AGREEMENT}/versions`, { text, operationId: randomUUID() })).as(VersionView);
    expect(proposed).toMatchObject({ version: 2, state: "proposed", proposedBy: { party: "provider" } });
    const sign = { sha256: proposed.sha256 };
    const wrong = await client.post(`${AGREEMENT}/versions/2/sign`, { sha256: "0".repeat(64), operationId: randomUUID() });
    expect(wrong.status).toBe(409);
    const first = (await client.post(`${AGREEMENT}/versions/2/sign`, { ...sign, operationId: randomUUID() })).as(VersionView);
    expect(first.state).toBe("proposed");
    await provider.post(`${AGREEMENT}/versions/2/sign`, { ...sign, operationId: randomUUID() });
    await until(async () => (await weeks()).length === 2, "both parts of the week have a verdict");
    expect(await weeks()).toMatchObject([
      { version: 1, status: "met", value: { num: 400, den: 500 }, window: { start: MONDAY, part: true } },
      { version: 2, status: "missed", value: { num: 320, den: 400 }, window: { start: THURSDAY, part: true } },
    ]);
    const { periods } = await settlement();
    expect(periods.find(({ start }) => start === THURSDAY)?.credit).toBe(57_143);
    const versions = (await client.get(`${AGREEMENT}/versions`)).as(z.array(VersionView));
    expect(versions.map(({ version, state, term }) => [version, state, term])).toEqual([
      [2, "in-force", { from: THURSDAY, to: null }],
      [1, "in-force", { from: addDays(MONDAY, -60), to: WEDNESDAY }],
    ]);
  });
});
