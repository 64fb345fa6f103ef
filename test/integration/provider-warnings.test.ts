import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AlertReport } from "../../shared/alerts/report.ts";
import { MemberView } from "../../shared/protocol/alert-routes.ts";
import { Snapshot } from "../../shared/protocol/live.ts";
import { StreamAppended } from "../../shared/protocol/socket-events.ts";
import { findPersonByEmail } from "../../shared/store/people.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { ask, connectedSocket, served, type TestSocket } from "../support/socket-client.ts";
import { setStage, signedIn } from "../support/stage.ts";
import { observeTest, raiseTestAlert } from "../support/test-alert.ts";

let server: TestServer;
const WARNING = { signal: "warning", audience: "provider" } as const;

beforeAll(async () => {
  server = await startServer();
  await setStage(server);
});
afterAll(async () => {
  await server.stop();
});

async function watching(name: string): Promise<{ socket: TestSocket; entries: unknown[]; from: number }> {
  const browser = await signedIn(server, name);
  const socket = await connectedSocket(server.url, browser.cookie);
  const entries: unknown[] = [];
  socket.on("stream:appended", (payload: unknown) => entries.push(...StreamAppended.parse(payload).entries));
  const watched = await served(socket, "agreement:watch", { agreementId: "north", cursor: null });
  if (watched.kind !== "snapshot") throw new Error("expected a snapshot");
  return { socket, entries, from: watched.snapshot.seq };
}

async function idOf(name: string): Promise<string> {
  return `person:${(await findPersonByEmail(server.redis, `${name}@example.com`))?.id}`;
}

async function alertsSeenBy(name: string): Promise<string[]> {
  const reply = await (await signedIn(server, name)).send("GET", "/api/v1/agreements/north/snapshot");
  return Snapshot.parse(JSON.parse(reply.text)).alerts.map(({ id }) => id);
}

describe("those who answer for alerts", () => {
  it("are the people of the agreement on both sides, known by name and by nothing more", async () => {
    const reply = await (await signedIn(server, "provider")).send("GET", "/api/v1/agreements/north/members");
    const members = z.array(MemberView).parse(JSON.parse(reply.text));
    expect(members.map(({ name, role, party }) => `${name} ${role} ${party}`)).toEqual([
      "client-manager client-manager client",
      "provider provider provider",
      "qa-lead qa-lead client",
    ]);
    expect(reply.text).not.toContain("@");
  });

  it("the provider answers and its client sees who; whoever is not of the agreement can be given nothing", async () => {
    const lead = await watching("qa-lead");
    const alert = await raiseTestAlert(server, "north");
    const provider = await signedIn(server, "provider");
    const members = z.array(MemberView).parse(JSON.parse((await provider.send("GET", "/api/v1/agreements/north/members")).text));
    const ids = Object.fromEntries(members.map(({ name, id }) => [name, id]));
    const path = `/api/v1/agreements/north/alerts/${alert.id}/acts`;
    const acts = async (act: object) => await provider.send("POST", path, { body: { seenSeq: 1, operationId: randomUUID(), act } });
    const strangers = [await idOf("stranger"), "person:nobody", "person:", "provider", ids["provider"]?.slice(7)];
    for (const ownerId of strangers) expect((await acts({ do: "acknowledge", note: "theirs", ownerId })).status).toBe(404);
    const reply = await acts({ do: "acknowledge", note: "calling in two agents", cause: "staffing", ownerId: ids["provider"] });
    expect(reply.status).toBe(200);
    const owner = { id: ids["provider"], name: "provider", party: "provider" };
    await expect.poll(() => lead.entries.length, { timeout: 5000 }).toBe(2);
    expect(lead.entries[1]).toMatchObject({ event: { alert: { status: "acknowledged", owner, cause: "staffing" } } });
    expect((await acts({ do: "snooze", untilMs: 1, note: "x" })).status).toBe(409);
    lead.socket.disconnect();
  });

  it("are never the client's for a warning to the provider alone", async () => {
    const warning = await raiseTestAlert(server, "north", WARNING);
    const members = z
      .array(MemberView)
      .parse(JSON.parse((await (await signedIn(server, "provider")).send("GET", "/api/v1/agreements/north/members")).text));
    const ownerId = members.find(({ role }) => role === "qa-lead")?.id;
    const act = { do: "assign", ownerId, note: "have a look" };
    const provider = await signedIn(server, "provider");
    const body = { seenSeq: 1, operationId: randomUUID(), act };
    const reply = await provider.send("POST", `/api/v1/agreements/north/alerts/${warning.id}/acts`, { body });
    expect([reply.status, reply.text]).toEqual([409, expect.stringContaining("provider")]);
  });
});

describe("a warning to the provider", () => {
  it("reaches the provider and the administrator whole; to the client's people it is a number", async () => {
    const all = await Promise.all(["qa-lead", "client-manager", "provider", "administrator"].map(watching));
    const alert = await raiseTestAlert(server, "north", WARNING);
    const [lead, manager, provider, administrator] = all;
    for (const { entries } of all) await expect.poll(() => entries.length, { timeout: 5000 }).toBe(1);
    for (const one of [lead, manager]) expect(one?.entries).toEqual([{ seq: (one?.from ?? 0) + 1, hidden: true }]);
    for (const one of [provider, administrator]) expect(one?.entries).toMatchObject([{ event: { alert: { id: alert.id } } }]);
    for (const { socket } of all) socket.disconnect();
  });

  it("is in nobody else's snapshot or replay, and cannot be acknowledged by them: it does not exist", async () => {
    const lead = await watching("qa-lead");
    const alert = await raiseTestAlert(server, "north", WARNING);
    expect(await alertsSeenBy("provider")).toContain(alert.id);
    expect(await alertsSeenBy("qa-lead")).not.toContain(alert.id);
    const again = await served(lead.socket, "agreement:watch", { agreementId: "north", cursor: lead.from });
    expect(again).toEqual({ kind: "replay", entries: [{ seq: lead.from + 1, hidden: true }] });
    const told = async (name: string) =>
      (await (await signedIn(server, name)).send("GET", "/api/v1/agreements/north/alert-report?days=7")).as(AlertReport).told;
    expect((await told("provider")) - (await told("qa-lead"))).toBe(
      (await alertsSeenBy("provider")).length - (await alertsSeenBy("qa-lead")).length,
    );
    const step = { seenSeq: 1, act: { do: "acknowledge", note: "mine" }, operationId: randomUUID() };
    expect(await ask(lead.socket, "alert:act", { agreementId: "north", alertId: alert.id, ...step })).toMatchObject({
      ok: false,
      error: { code: "not-found" },
    });
    const browser = await signedIn(server, "client-manager");
    const reply = await browser.send("POST", `/api/v1/agreements/north/alerts/${alert.id}/acts`, { body: step });
    expect(reply.status).toBe(404);
    lead.socket.disconnect();
  });

  it("becomes everybody's, with its story, when the grace is over", async () => {
    const lead = await watching("qa-lead");
    const warned = await raiseTestAlert(server, "north", WARNING);
    const { agreementId, subject } = warned;
    await observeTest(server.redis, { agreementId, subject, signal: "critical", headline: "Silent", nowMs: Date.now() });
    await expect.poll(() => lead.entries.length, { timeout: 5000 }).toBe(2);
    expect(lead.entries[1]).toMatchObject({
      event: { alert: { id: warned.id, seq: 2, history: [{ kind: "raised" }, { kind: "worsened" }] } },
    });
    expect(await alertsSeenBy("qa-lead")).toContain(warned.id);
    lead.socket.disconnect();
  });
});
