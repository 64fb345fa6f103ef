import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROUTES, type RouteName } from "../../shared/protocol/routes.ts";
import { CLIENT_EVENTS, type ClientEventName } from "../../shared/protocol/socket-events.ts";
import { ROUTE_NAMES } from "../../server/http/register-routes.ts";
import type { HttpClient, Reply } from "../support/http-client.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { signedIn } from "../support/stage.ts";
import { ask, openSocket, outcomeOf } from "../support/socket-client.ts";
import { castOf, type Clients, eventPayload, fingerprint, objectsOf, requestFor } from "./policy-stage.ts";
import { declaredAnswer, EVENT_ANSWERS, OBJECTS, PRINCIPALS, type Principal, ROUTE_ANSWERS } from "./policy-table.ts";

let server: TestServer;
let cast: Clients;
let cells = 0;
const EVENT_NAMES = Object.keys(CLIENT_EVENTS).filter((name): name is ClientEventName => Object.hasOwn(CLIENT_EVENTS, name));

beforeAll(async () => {
  const patient = { name: "patient", free: 1000, capSeconds: 1 };
  server = await startServer({ limits: { signIn: { address: patient, accountFromAddress: patient, account: patient }, setup: patient } });
  cast = await castOf(server);
});
afterAll(async () => {
  console.info(`policy cells checked: ${cells}`);
  await server.stop();
});

function answerOf(status: number): string {
  return status < 300 ? "ok" : String(status);
}

/** Signing in or out ends the session that it is done with, so each such cell gets a session of its own. */
async function senderOf(name: RouteName, principal: Principal): Promise<HttpClient> {
  const own = cast[principal];
  const spent = (name === "signIn" || name === "signOut" || name === "setup") && own.key === undefined;
  const signsIn = principal !== "nobody" && principal !== "ended-session";
  if (spent && signsIn) return signedIn(server, principal);
  return server.client({ cookie: own.cookie, ...(own.key === undefined ? {} : { key: own.key }) });
}

/** Everything of a refusal that its receiver can see, but for the clock and the request's own number. */
function visible({ status, headers, text }: Reply): string {
  const rest = [...headers].filter(([name]) => name !== "date" && name !== "x-request-id");
  return JSON.stringify([status, rest, text]);
}

/** Strings that must not reach a principal: the names of agreements that are not theirs. */
function canariesFor(principal: Principal): string[] {
  if (principal === "administrator") return [];
  if (principal === "stranger" || principal === "south-key") return ["CANARY-NORTH"];
  return ["nobody", "outsider", "revoked-key", "ended-session"].includes(principal) ? ["CANARY-NORTH", "CANARY-SOUTH"] : ["CANARY-SOUTH"];
}

describe.each(ROUTE_NAMES)("route %s", (name) => {
  it.each(PRINCIPALS)("answers %s as declared, for every owner of the object", async (principal) => {
    const { method } = ROUTES[name];
    const refusals = new Set<string>();
    for (const object of objectsOf(name)) {
      const expected = declaredAnswer(ROUTE_ANSWERS[name], principal, object);
      const { path, body, raw } = await requestFor({ server, name, principal }, object);
      const sender = await senderOf(name, principal);
      const before = await fingerprint(server);
      const headers = name === "upload" || name === "groupUpload" ? { "Idempotency-Key": crypto.randomUUID() } : {};
      const reply = await sender.send(method.toUpperCase(), path, { body, ...(raw === undefined ? {} : { raw }), headers });
      expect(answerOf(reply.status), `${principal} ${method} ${path}: ${reply.text}`).toBe(expected);
      if (expected !== "ok") expect(await fingerprint(server)).toBe(before);
      if (expected === "404") refusals.add(visible(reply));
      for (const canary of canariesFor(principal)) expect(visible(reply)).not.toContain(canary);
      cells += 1;
    }
    expect(refusals.size, "what is foreign and what does not exist look the same, byte for byte").toBeLessThanOrEqual(1);
  });
});

describe.each(EVENT_NAMES)("event %s", (name) => {
  it.each(PRINCIPALS)("answers %s as declared, for every owner of the object", async (principal) => {
    const { cookie } = cast[principal];
    const socket = openSocket(server.url, { cookie });
    const connected = (await outcomeOf(socket)) === "connected";
    const refusals = new Set<string>();
    for (const object of name === "alert:act" ? OBJECTS : OBJECTS.slice(0, 3)) {
      const expected = declaredAnswer(EVENT_ANSWERS[name], principal, object);
      cells += 1;
      // A machine's key opens no socket: whatever a key may not do over HTTP it cannot even ask for here.
      if (principal.endsWith("key") || expected === "401") {
        expect(connected).toBe(false);
        continue;
      }
      expect(connected).toBe(true);
      const payload = await eventPayload(server, name, object);
      const settled = await fingerprint(server);
      const answer = await ask(socket, name, payload);
      expect(answer.ok ? "ok" : codeOf(answer.error.code), `${principal} ${name} ${object}`).toBe(expected);
      if (!answer.ok) expect(await fingerprint(server)).toBe(settled);
      if (expected === "404") refusals.add(JSON.stringify(answer));
      for (const canary of canariesFor(principal)) expect(JSON.stringify(answer)).not.toContain(canary);
    }
    socket.disconnect();
    expect(refusals.size).toBeLessThanOrEqual(1);
  });
});

function codeOf(code: string): string {
  return code === "not-found" ? "404" : code === "not-allowed" ? "403" : code;
}
