import { randomUUID } from "node:crypto";
import { ROUTES, type RouteName } from "../../shared/protocol/routes.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { putFeedGroup } from "../../shared/store/groups.ts";
import { revokeApiKey } from "../../shared/store/api-keys.ts";
import type { HttpClient } from "../support/http-client.ts";
import { agreementTexts, buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import type { TestServer } from "../support/server.ts";
import { addTestKey, addTestPerson, PASSWORD, setStage, signedIn } from "../support/stage.ts";
import { addTestPull, buildPull } from "../support/test-pull.ts";
import { raiseTestAlert } from "../support/test-alert.ts";
import { addClaimAgainst, addOwnClaim, bodyOfAgreementRoute, nextVersion, proposeNext, publishVerdict } from "./agreement-objects.ts";
import { calibrationParams } from "./calibration-objects.ts";
import { channelParams } from "./channel-objects.ts";
import { isPeriodRoute, periodRequest } from "./period-objects.ts";
import type { ObjectKind, Principal } from "./policy-table.ts";

export type Clients = Readonly<Record<Principal, HttpClient>>;
type Subject = ObjectKind | "none";

export interface CellRequest {
  readonly path: string;
  readonly body?: unknown;
  readonly raw?: string;
}

const CSV = `${FEED_HEADER}2026-11-20,08:00,10,9,1,8\n`;
const GROUP_CSV = `client,${FEED_HEADER}us,2026-11-20,08:00,10,9,1,8\n`;
const groupOf = (agreementId: string) => ({
  name: "Calls",
  column: "client",
  routes: { us: `${agreementId}.calls` },
  unknown: "refuse" as const,
});
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
  for (const agreementId of ["north", "south"]) await publishVerdict(server, agreementId);
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

async function claimOf({ server, name, principal }: Cell, agreementId: string): Promise<string> {
  if (name === "decideClaim") return await addClaimAgainst(server, agreementId, principal);
  return name === "withdrawClaim" ? await addOwnClaim(server, agreementId, principal) : "";
}

async function paramsOf(cell: Cell, object: ObjectKind): Promise<Record<string, string>> {
  const { server, name } = cell;
  const agreementId = AGREEMENTS[object];
  const exists = object === "own" || object === "foreign";
  if (exists && (name === "endPull" || name === "runPull")) await addTestPull(server, `${agreementId}.calls`);
  if (exists && (name === "groupUpload" || name === "endFeedGroup"))
    await putFeedGroup(server.redis, { id: `g-${agreementId}`, ...groupOf(agreementId) });
  const keyId = async () => (exists ? (await addTestKey(server, agreementId, [`${agreementId}.calls`])).id : "AAAAAAAA");
  return {
    agreementId,
    ...(await calibrationParams(server, name, exists ? agreementId : null)),
    ...(await channelParams(server, name, exists ? { agreementId, principal: cell.principal } : null)),
    groupId: name === "putFeedGroup" ? "made" : `g-${object === "absent" ? "absent" : agreementId}`,
    feedId: `${agreementId}.${object === "absent" ? "nofeed" : "calls"}`,
    receiptId: object === "absent" ? "north.r999" : `${agreementId}.r1`,
    targetId: object === "absent" ? "no-target" : "service-level",
    alertId: name === "actOnAlert" ? await alertOf(server, object) : "",
    keyId: name === "revokeKey" ? await keyId() : "",
    claimId: exists ? await claimOf(cell, agreementId) : "c999999",
    what: name === "exports" ? (object === "absent" ? "no.csv" : "receipts.csv") : "facts.csv",
    month: object === "absent" ? "not-a-month" : "2031-01",
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
    case "addFeed":
      return { body: { definition: JSON.stringify(buildFeed({ id: `f-${unique}` })) } };
    case "addKey":
      return { body: { name: unique, feeds: ["calls"] } };
    case "actOnAlert":
      return { body: acknowledgement() };
    case "upload":
      return { raw: CSV };
    case "putFeedGroup":
      return { body: groupOf("north") };
    case "groupUpload":
      return { raw: GROUP_CSV };
    case "putPull":
      return { body: buildPull() };
    default:
      return bodyOfAgreementRoute(name);
  }
}

/** A version is proposed anew for each cell, because signing and ending use it up; so are its number and its text. */
async function versionRequest({ server, name }: Cell, object: ObjectKind, path: string): Promise<CellRequest> {
  const agreementId = AGREEMENTS[object];
  const exists = object === "own" || object === "foreign";
  const operationId = randomUUID();
  if (name === "proposeVersion" || name === "whatIf") {
    const { text } = await nextVersion(server, exists ? agreementId : "north");
    return { path, body: name === "whatIf" ? { text, months: 1 } : { text, operationId } };
  }
  const { version, sha256 } = await proposeNext(server, exists ? agreementId : "north");
  const { body } = bodyOfAgreementRoute("endVersion");
  return {
    path: path.replace(":version", exists ? String(version) : "9999"),
    body: name === "signVersion" ? { sha256, operationId } : body,
  };
}

async function periodCell({ server, name, principal }: Cell, object: ObjectKind, path: string): Promise<CellRequest> {
  const agreementId = object === "foreign" ? "south" : "north";
  const { id, body } = await periodRequest(server, { agreementId, name, principal });
  return { path: path.replace(":periodId", object === "absent" ? "month.1999-01-01" : id), body };
}

const VERSION_ROUTES: readonly RouteName[] = ["proposeVersion", "signVersion", "endVersion", "whatIf"];
const QUERIES: Partial<Record<RouteName, string>> = {
  series: "?day=2026-11-20",
  variants: "?kind=day&from=2026-11-01&to=2026-11-20",
  explain: "?kind=day&start=2026-11-20",
  ledgerConsistency: "?from=1",
  feedConsistency: "?from=1",
};

/** An acknowledgement of an alert that was just raised. */
export function acknowledgement() {
  return { seenSeq: 1, act: { do: "acknowledge", note: "on it" }, operationId: randomUUID() };
}

export interface Cell {
  readonly server: TestServer;
  readonly name: RouteName;
  readonly principal: Principal;
}

/** A request that succeeds for whoever may send it; made anew for every cell, because many use their object up. */
export async function requestFor(cell: Cell, subject: Subject): Promise<CellRequest> {
  const { name } = cell;
  const params = subject === "none" ? {} : await paramsOf(cell, subject);
  const filled = Object.entries(params).reduce((path, [param, value]) => path.replace(`:${param}`, value), String(ROUTES[name].path));
  if (subject !== "none" && VERSION_ROUTES.includes(name)) return await versionRequest(cell, subject, filled);
  if (subject !== "none" && isPeriodRoute(name)) return await periodCell(cell, subject, filled);
  return { path: `${filled}${QUERIES[name] ?? ""}`, ...bodyOf(name) };
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
