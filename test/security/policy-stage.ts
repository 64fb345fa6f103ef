import { randomUUID } from "node:crypto";
import { ROUTES, type RouteName } from "../../shared/protocol/routes.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { revokeApiKey } from "../../shared/store/api-keys.ts";
import type { HttpClient } from "../support/http-client.ts";
import { agreementTexts, buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import type { TestServer } from "../support/server.ts";
import { addTestKey, addTestPerson, PASSWORD, setStage, signedIn } from "../support/stage.ts";
import { raiseTestAlert } from "../support/test-alert.ts";
import type { ObjectKind, Principal } from "./policy-table.ts";

export type Clients = Readonly<Record<Principal, HttpClient>>;
type Subject = ObjectKind | "none";

export interface CellRequest {
  readonly path: string;
  readonly body?: unknown;
  readonly raw?: string;
}

const CSV = `${FEED_HEADER}2026-11-20,08:00,10,9,1,8\n`;
const AGREEMENTS: Readonly<Record<ObjectKind, string>> = { own: "north", foreign: "south", missing: "nowhere", absent: "north" };

/** Everybody of the policy table, each with what they would send. */
export async function castOf(server: TestServer): Promise<Clients> {
  await setStage(server);
  const keyClient = async (agreement: string, feed: string) => server.client({ key: (await addTestKey(server, agreement, [feed])).secret });
  const revoked = await addTestKey(server, "north", ["north.calls"]);
  await revokeApiKey(server.redis, "north", revoked.id);
  const ended = await signedIn(server, "provider");
  const endedCookie = ended.cookie;
  await ended.delete("/api/v1/session");
  const cast = {
    nobody: server.client(),
    administrator: await signedIn(server, "administrator"),
    "client-manager": await signedIn(server, "client-manager"),
    "qa-lead": await signedIn(server, "qa-lead"),
    provider: await signedIn(server, "provider"),
    stranger: await signedIn(server, "stranger"),
    outsider: await signedIn(server, "outsider"),
    key: await keyClient("north", "north.calls"),
    "sibling-key": await keyClient("north", "north.chats"),
    "south-key": await keyClient("south", "south.calls"),
    "revoked-key": server.client({ key: revoked.secret }),
    "ended-session": server.client({ cookie: endedCookie }),
  };
  for (const feed of ["north.calls", "south.calls"]) (await cast.administrator.upload(feed, CSV)).as(Receipt);
  return cast;
}

/** Which objects a route can be about. */
export function objectsOf(name: RouteName): readonly Subject[] {
  const params = [...ROUTES[name].path.matchAll(/:(\w+)/gu)].map(([, param]) => param);
  if (params.length === 0) return ["none"];
  return params.length === 1 && params[0] === "agreementId" ? ["own", "foreign", "missing"] : ["own", "foreign", "missing", "absent"];
}

async function alertOf(server: TestServer, object: ObjectKind): Promise<string> {
  return object === "own" || object === "foreign" ? (await raiseTestAlert(server, AGREEMENTS[object])).id : "no-alert";
}

async function paramsOf(server: TestServer, name: RouteName, object: ObjectKind): Promise<Record<string, string>> {
  const agreementId = AGREEMENTS[object];
  const exists = object === "own" || object === "foreign";
  const keyId = async () => (exists ? (await addTestKey(server, agreementId, [`${agreementId}.calls`])).id : "AAAAAAAA");
  return {
    agreementId,
    feedId: `${agreementId}.${object === "absent" ? "nofeed" : "calls"}`,
    receiptId: object === "absent" ? "north.r999" : `${agreementId}.r1`,
    targetId: object === "absent" ? "no-target" : "service-level",
    alertId: name === "acknowledge" ? await alertOf(server, object) : "",
    keyId: name === "revokeKey" ? await keyId() : "",
    personId: name === "changePerson" && exists ? (await addTestPerson(server, `changed-${randomUUID()}`, [])).id : "nobody",
  };
}

function bodyOf(name: RouteName): Omit<CellRequest, "path"> {
  const unique = randomUUID().slice(0, 8);
  switch (name) {
    case "setup":
      return { body: { token: "x", workspace: "W", email: "a@example.com", name: "A", password: PASSWORD } };
    case "signIn":
      return { body: { email: "outsider@example.com", password: PASSWORD } };
    case "addPerson":
      return { body: { email: `${unique}@example.com`, name: unique, password: PASSWORD, memberships: [] } };
    case "changePerson":
      return { body: { memberships: [] } };
    case "addAgreement":
      return { body: agreementTexts(buildAgreement({ id: `new-${unique}` }), [buildFeed()]) };
    case "addKey":
      return { body: { name: unique, feeds: ["calls"] } };
    case "acknowledge":
      return { body: acknowledgement() };
    case "upload":
      return { raw: CSV };
    default:
      return {};
  }
}

/** An acknowledgement of an alert that was just raised. */
export function acknowledgement() {
  return { expectedSeq: 1, note: "on it", operationId: randomUUID() };
}

/** A request that succeeds for whoever may send it; made anew for every cell, because many use their object up. */
export async function requestFor(server: TestServer, name: RouteName, subject: Subject): Promise<CellRequest> {
  const params = subject === "none" ? {} : await paramsOf(server, name, subject);
  const filled = Object.entries(params).reduce((path, [param, value]) => path.replace(`:${param}`, value), String(ROUTES[name].path));
  return { path: name === "series" ? `${filled}?day=2026-11-20` : filled, ...bodyOf(name) };
}

/** What a client event would be about; alerts are fresh for every cell. */
export async function eventPayload(server: TestServer, name: string, object: ObjectKind): Promise<object> {
  const agreementId = AGREEMENTS[object];
  if (name === "agreement:watch") return { agreementId, cursor: null };
  if (name === "agreement:unwatch") return { agreementId };
  return { agreementId, alertId: await alertOf(server, object), ...acknowledgement() };
}

/** Everything that a refused request might have changed. */
export async function fingerprint(server: TestServer): Promise<string> {
  const keys = (await server.redis.keys("*")).filter((key) => !/:limit:|:session|keys-used/u.test(key)).toSorted();
  const values = await Promise.all(["{a:north}:seq", "{a:south}:seq", "{people}:revision"].map((key) => server.redis.get(key)));
  return JSON.stringify([keys, values]);
}
