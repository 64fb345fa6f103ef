import { randomBytes, randomUUID } from "node:crypto";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { Membership } from "../../shared/protocol/role.ts";
import { putAgreement } from "../../shared/store/put-agreement.ts";
import { addApiKey } from "../../shared/store/api-keys.ts";
import { addPerson, type PersonRecord } from "../../shared/store/people.ts";
import { addSetupToken, createFirstAdministrator } from "../../shared/store/setup-token.ts";
import { newApiKeySecret, sha256Hex } from "../../server/access/api-key-secret.ts";
import { hashPassword } from "../../server/access/password.ts";
import type { HttpClient } from "./http-client.ts";
import { buildAgreement, buildFeed, ON_PAPER } from "./sample-agreement.ts";
import type { TestServer } from "./server.ts";

export const PASSWORD = "correct horse battery";
const hashed = hashPassword(PASSWORD);

/** Adds a person straight to the store and returns the record. */
export async function addTestPerson(
  server: TestServer,
  name: string,
  memberships: Membership[],
  administrator = false,
): Promise<PersonRecord> {
  const record = { id: randomUUID(), email: `${name}@example.com`, name, administrator, memberships, password: await hashed };
  await addPerson(server.redis, record);
  return record;
}

/** Signs somebody in, once more where a busy machine made the store too slow: the answer 503 asks for just that. */
export async function signedIn(server: TestServer, name: string): Promise<HttpClient> {
  const client = server.client();
  const signIn = () => client.signIn(`${name}@example.com`, PASSWORD);
  const first = await signIn();
  const reply = first.status === 503 ? await signIn() : first;
  if (reply.status !== 200) throw new Error(`sign-in of ${name} answered ${reply.status}: ${reply.text}`);
  return client;
}

/** @returns the secret and the id of a new key for some feeds. */
export async function addTestKey(server: TestServer, agreementId: string, feeds: string[]): Promise<{ id: string; secret: string }> {
  const { id, secret, secretSha256 } = newApiKeySecret();
  await addApiKey(server.redis, { id, name: "test key", agreementId, feeds, secretSha256, createdAtMs: Date.now() });
  return { id, secret };
}

const EXCLUSIONS: Agreement["exclusions"] = { kinds: ["client-outage"], noticeWithin: "P5D", decideWithin: "P10D", undecided: "lapsed" };
const VOLUME: Agreement["volume"] = {
  feed: "calls",
  unit: "month",
  upper: "110 %",
  above: "exclude",
  below: "keep",
  lockDaysBefore: 10,
  forecastBy: "client",
};

/**
 * Two clients' worth of people on one server: agreements `north` (feeds `calls` and `chats`) and `south`, an administrator
 * and, for north, one person of each role named after it; `stranger` belongs to south in every role's stead.
 */
export async function setStage(server: TestServer): Promise<void> {
  const token = randomBytes(24).toString("base64url");
  await addSetupToken(server.redis, sha256Hex(token));
  const record = {
    id: randomUUID(),
    email: "administrator@example.com",
    name: "administrator",
    administrator: true,
    memberships: [],
    password: await hashed,
  };
  await createFirstAdministrator(server.redis, { tokenHash: sha256Hex(token), workspace: "Acme", record });
  const feeds = [buildFeed(), buildFeed({ id: "chats", name: "Chats" })];
  for (const [id, name] of [
    ["north", "Claims CANARY-NORTH"],
    ["south", "Sales CANARY-SOUTH"],
  ] as const) {
    const agreement = buildAgreement({ id, name, exclusions: EXCLUSIONS, volume: VOLUME });
    await putAgreement(server.redis, {
      agreement,
      feeds,
      agreementText: JSON.stringify(agreement),
      feedTexts: feeds.map((feed) => JSON.stringify(feed)),
      by: { id: "person:test", name: "Test", party: "client" },
      signedOnPaper: ON_PAPER,
      nowMs: Date.now(),
    });
  }
  for (const role of ["client-manager", "qa-lead", "provider"] as const)
    await addTestPerson(server, role, [{ agreementId: "north", role }]);
  await addTestPerson(server, "stranger", [{ agreementId: "south", role: "provider" }]);
  await addTestPerson(server, "outsider", []);
}
