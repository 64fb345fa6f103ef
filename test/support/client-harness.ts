import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { Server } from "socket.io";
import { z } from "zod";
import { verdictKey } from "../../shared/agreement/verdict.ts";
import { act, type AlertAct } from "../../shared/alerts/act.ts";
import { dutyPolicy } from "../../shared/alerts/duty-policy.ts";
import type { AlertActRequest } from "../../shared/protocol/alert-acts.ts";
import { MemberView } from "../../shared/protocol/alert-routes.ts";
import type { DaySeries, Snapshot, StreamEntry, StreamEvent } from "../../shared/protocol/live.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { Restatement } from "../../shared/protocol/restatement.ts";
import type { Person, Role } from "../../shared/protocol/role.ts";
import { AgreementSummary, KeyView, NewKeyView, Session } from "../../shared/protocol/routes.ts";
import { CLIENT_EVENTS, SERVER_EVENTS } from "../../shared/protocol/socket-events.ts";
import { buildReceipt, buildSnapshot, FIXTURE_NOW_MS } from "./client-fixture.ts";
import { alertReportAnswer } from "./client-alert-report.ts";
import { DANIEL, INGRID, MARISOL } from "./client-people.ts";
import { moneyAnswer } from "./client-money-answers.ts";
import { driftAnswer } from "./client-drift-answers.ts";
import { channelAnswer } from "./client-channel-answers.ts";
import { groupsAnswer, groupUploadAnswer } from "./client-group-answers.ts";
import { feedReportAnswer } from "./client-feed-report.ts";
import { qualityAnswer } from "./client-quality-answers.ts";
import { questionAnswer } from "./client-quality-story.ts";
import { pullAnswer } from "./client-pull-answers.ts";
import { recordAnswer } from "./client-record-answers.ts";
import { CHAT } from "./client-story-chat.ts";
import { VOICE } from "./client-story-voice.ts";
import { createVersionAnswers } from "./client-version-answers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self' ws:; base-uri 'none'; form-action 'self'";

export interface Harness {
  readonly url: string;
  readonly append: (agreementId: string, event: StreamEvent) => void;
  /** Stops the clock: the browser must notice by itself. */
  readonly silence: () => void;
  readonly dropConnections: () => void;
  readonly close: () => Promise<void>;
}

interface HarnessOptions {
  readonly role: Role;
  readonly port?: number;
  readonly signedIn?: boolean;
  readonly isEmpty?: boolean;
}

/** The built dashboard before the fixture, spoken to by the real protocol: for pictures and for tests of the layout. */
export async function startClientHarness({ role, port = 0, signedIn = true, isEmpty = false }: HarnessOptions): Promise<Harness> {
  const startedAtMs = Date.now();
  const nowMs = () => FIXTURE_NOW_MS + Date.now() - startedAtMs;
  const pendingVersions = [{ version: 4, state: "proposed" as const }];
  const stories = isEmpty ? [] : [VOICE, CHAT];
  const snapshots = new Map<string, Snapshot>(stories.map((story) => [story.id, { ...buildSnapshot(story), pendingVersions }]));
  const entries = new Map<string, StreamEntry[]>();
  const versions = createVersionAnswers({ role, nowMs, append });
  const world = { role, signedIn, snapshots, nowMs, versions };
  const http = createServer((request, response) => void answer(world, request, response));
  const io = new Server(http, { transports: ["websocket"] });
  io.on("connection", (socket) => {
    socket.on("agreement:watch", (raw, reply) => {
      const { agreementId, cursor } = CLIENT_EVENTS["agreement:watch"].payload.parse(raw);
      const snapshot = snapshots.get(agreementId);
      if (snapshot === undefined)
        return reply({ ok: false, error: { code: "not-found", message: "No such agreement.", remedy: "Look at the list." } });
      if (cursor === null)
        return reply({
          ok: true,
          data: {
            kind: "snapshot",
            snapshot: CLIENT_EVENTS["agreement:watch"].data.parse({ kind: "snapshot", snapshot }).kind === "snapshot" ? snapshot : null,
          },
        });
      return reply({ ok: true, data: { kind: "replay", entries: (entries.get(agreementId) ?? []).filter((entry) => entry.seq > cursor) } });
    });
    socket.on("alert:act", (raw, reply) => {
      const asked = CLIENT_EVENTS["alert:act"].payload.parse(raw);
      const alert = snapshots.get(asked.agreementId)?.alerts.find((each) => each.id === asked.alertId);
      if (alert === undefined) return reply({ ok: false, error: { code: "not-found", message: "No such alert.", remedy: "Reload." } });
      const result = act(alert, actOf(asked.act), { who: INGRID, seenSeq: asked.seenSeq, nowMs: nowMs() }, POLICY_OF_ALERTS);
      if (result.kind !== "done")
        return reply({ ok: false, error: { code: "conflict", message: "It has changed.", remedy: "Look again." } });
      append(asked.agreementId, { kind: "alert:changed", alert: result.alert });
      return reply({ ok: true, data: result.alert });
    });
  });
  const tick = () => io.emit("clock:ticked", SERVER_EVENTS["clock:ticked"].parse({ asOf: nowMs(), redis: "up", unjudgedSince: null }));
  io.on("connection", tick);
  const ticker = setInterval(tick, 2000);
  function append(agreementId: string, event: StreamEvent): void {
    const snapshot = snapshots.get(agreementId);
    if (snapshot === undefined) return;
    const entry: StreamEntry = { seq: snapshot.seq + 1, atMs: nowMs(), event };
    snapshots.set(agreementId, advanced(snapshot, entry));
    entries.set(agreementId, [...(entries.get(agreementId) ?? []), entry]);
    io.emit("stream:appended", SERVER_EVENTS["stream:appended"].parse({ agreementId, asOf: nowMs(), entries: [entry] }));
  }
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("The harness has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    append,
    silence: () => clearInterval(ticker),
    dropConnections: () => io.disconnectSockets(true),
    close: async () => {
      clearInterval(ticker);
      await io.close();
    },
  };
}

/** The day of the fixture, as another one. */
function seriesAnswer({ snapshots }: World, { pathname, searchParams }: URL): DaySeries | undefined {
  const [, , , , agreementId = "", , targetId] = pathname.split("/");
  const known = snapshots.get(agreementId)?.series.find((series) => series.targetId === targetId);
  const day = searchParams.get("day");
  if (known === undefined || day === null) return undefined;
  const ms = Date.parse(day) - Date.parse(known.day);
  const moved = <T extends { readonly fromMs: number; readonly toMs: number }>(range: T): T => ({
    ...range,
    fromMs: range.fromMs + ms,
    toMs: range.toMs + ms,
  });
  const points = known.points.map((point) => ({ ...point, startMs: point.startMs + ms }));
  return { ...moved(known), day, closed: known.closed.map(moved), points };
}

const MEMBERS = [
  { ...DANIEL, role: "qa-lead" },
  { ...INGRID, role: "client-manager" },
  { ...MARISOL, role: "provider" },
];
const POLICY_OF_ALERTS = dutyPolicy({ version: 3 }, (fromMs, ms) => fromMs + ms);

function actOf(request: AlertActRequest): AlertAct {
  if (request.do === "assign") return { ...request, owner: INGRID };
  if (request.do !== "acknowledge") return request;
  const { note, cause, dueMs } = request;
  return { do: "acknowledge", note, cause, dueMs };
}

function advanced(snapshot: Snapshot, { seq, event }: StreamEntry): Snapshot {
  const next = { ...snapshot, seq };
  if (event.kind === "alert:changed") next.alerts = [...snapshot.alerts.filter((alert) => alert.id !== event.alert.id), event.alert];
  if (event.kind === "receipt:changed")
    next.receipts = [event.receipt, ...snapshot.receipts.filter((receipt) => receipt.id !== event.receipt.id)];
  if (event.kind === "verdict:changed") {
    const key = verdictKey(event.verdict.targetId, event.verdict.window);
    next.verdicts = [...snapshot.verdicts.filter((verdict) => verdictKey(verdict.targetId, verdict.window) !== key), event.verdict];
  }
  return next;
}

interface World {
  readonly role: Role;
  signedIn: boolean;
  readonly versions: ReturnType<typeof createVersionAnswers>;
  readonly snapshots: Map<string, Snapshot>;
  readonly nowMs: () => number;
}

function personOf({ role, snapshots }: World): Person {
  const memberships = role === "administrator" ? [] : [...snapshots.keys()].map((agreementId) => ({ agreementId, role }));
  return { id: "p1", email: "ingrid.holm@acme.example", name: "Ingrid Holm", administrator: role === "administrator", memberships };
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { "Content-Type": "application/json" }).end(status === 204 ? "" : JSON.stringify(body));
  if (!pathname.startsWith("/api/")) return await serveFile(pathname, response);
  const method = request.method ?? "GET";
  if (method !== "GET" && request.headers["x-accord"] !== "1")
    return void send(403, { code: "not-allowed", message: "The guard header is missing.", remedy: "Send X-Accord: 1." });
  if (pathname === "/api/v1/session" || pathname === "/api/v1/setup") {
    if (method === "DELETE") world.signedIn = false;
    if (method === "POST") world.signedIn = true;
    if (method === "DELETE") return void send(204, null);
    if (!world.signedIn) return void send(401, { code: "not-signed-in", message: "You are not signed in.", remedy: "Sign in." });
    return void send(200, Session.parse({ person: personOf(world), workspace: "Acme Insurance" }));
  }
  if (pathname === "/api/v1/agreements")
    return void send(
      200,
      z.array(AgreementSummary).parse(
        [...world.snapshots.values()].map(({ agreement }) => ({
          id: agreement.id,
          name: agreement.name,
          client: agreement.client,
          provider: agreement.provider,
          timeZone: agreement.timeZone,
          role: world.role,
          inForce: true,
        })),
      ),
    );
  if (pathname === "/api/v1/people")
    return void send(200, [
      personOf(world),
      {
        id: "p2",
        email: "daniel.ortega@acme.example",
        name: "Daniel Ortega",
        administrator: false,
        memberships: [{ agreementId: "acme-voice", role: "qa-lead" }],
      },
    ]);
  if (pathname.endsWith("/members")) return void send(200, z.array(MemberView).parse(MEMBERS));
  if (pathname.endsWith("/keys")) return void send(200, keysAnswer(method, world.nowMs()));
  if (pathname === "/api/v1/feed-groups") return void send(200, groupsAnswer(world.role));
  if (pathname.endsWith("/uploads")) {
    for await (const _chunk of request) continue;
    if (pathname.startsWith("/api/v1/feed-groups/")) return void send(207, groupUploadAnswer(world.nowMs()));
    return void send(
      202,
      Receipt.parse(
        buildReceipt({
          number: 88_215,
          state: "accepted",
          settledAtMs: null,
          acceptedAtMs: world.nowMs(),
          filename: decodeURIComponent(String(request.headers["x-filename"])),
        }),
      ),
    );
  }
  if (pathname.endsWith("/restatements"))
    return void send(200, z.array(Restatement).parse(world.snapshots.get(pathname.split("/")[4] ?? "")?.restatements ?? []));
  if (pathname.endsWith("/series")) return void send(200, seriesAnswer(world, new URL(request.url ?? "/", "http://localhost")));
  const record = recordAnswer(pathname, new URL(request.url ?? "/", "http://localhost").searchParams);
  if (record !== undefined) return void send(200, record);
  if (pathname.endsWith("/report")) return void send(200, feedReportAnswer(decodeURIComponent(pathname.split("/")[4] ?? "")));
  const drift = driftAnswer(pathname);
  if (drift !== undefined) return void send(200, drift);
  const quality = qualityAnswer(pathname);
  if (quality !== undefined) return void send(200, quality);
  const question = questionAnswer(pathname);
  if (question !== undefined) return void send(200, question);
  const channel = channelAnswer(pathname, world.nowMs());
  if (channel !== undefined) return void send(200, channel);
  if (pathname.endsWith("/alert-report"))
    return void send(
      200,
      alertReportAnswer(world.nowMs(), Number(new URL(request.url ?? "/", "http://localhost").searchParams.get("days"))),
    );
  if (pathname.endsWith("/pull")) return void send(200, pullAnswer(decodeURIComponent(pathname.split("/")[4] ?? "")));
  const ofVersions = await world.versions(request, pathname);
  if (ofVersions !== undefined) return void send(200, ofVersions);
  const snapshot = world.snapshots.get(pathname.split("/")[4] ?? "");
  const party = world.role === "provider" ? "provider" : "client";
  const money = snapshot === undefined ? undefined : await moneyAnswer({ snapshot, request, party, nowMs: world.nowMs() });
  if (money !== undefined) return void send(200, money);
  return void send(404, { code: "not-found", message: "There is no such thing.", remedy: "Check the address." });
}

function keysAnswer(method: string, nowMs: number): unknown {
  const key = {
    id: "k1",
    name: "bayanihan-prod",
    feeds: ["acd-intervals", "csat-survey"],
    createdAtMs: nowMs - 9e9,
    lastUsedAtMs: nowMs - 60_000,
  };
  return method === "POST"
    ? NewKeyView.parse({ ...key, id: "k2", name: "new", secret: "accord_3kq9vYtQm0Xw7RzJd1aLfE5uHsPbN8cGiTe2oWxK" })
    : z.array(KeyView).parse([key]);
}

async function serveFile(pathname: string, response: ServerResponse): Promise<void> {
  const root = join(import.meta.dirname, "../../dist/client");
  const hasFile = pathname.startsWith("/assets/") || (pathname.split("/").length === 2 && extname(pathname) !== "");
  const path = hasFile ? join(root, normalize(pathname)) : join(root, "index.html");
  try {
    const content = await readFile(path);
    response
      .writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", "Content-Security-Policy": POLICY })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
}
