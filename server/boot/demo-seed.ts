import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AgreementSummary, KeyView, NewKeyView, Session } from "../../shared/protocol/routes.ts";
import { Person } from "../../shared/protocol/role.ts";
import { AccordClient, AccordRefusal } from "./accord-client.ts";
import type { BootConfig } from "./boot-config.ts";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { readDemoFiles, type DemoAgreement } from "./demo-files.ts";
import { inventLogins, readLogins, writeLogins, writeSecrets, type DemoLogins } from "./demo-logins.ts";
import { tellDemoStory } from "./demo-story.ts";
import { demoKeysFile } from "./node-programs.ts";
import { withProgress, type Say } from "./progress.ts";

const WORKSPACE = "Northwind Insurance";
const KEY_NAME = "simulator";
const DemoKeys = z.strictObject({ baseUrl: z.string(), feeds: z.record(z.string(), z.string()) });
type DemoKeys = z.infer<typeof DemoKeys>;

interface Seeding {
  readonly client: AccordClient;
  readonly config: BootConfig;
  readonly agreements: readonly DemoAgreement[];
  readonly logins: DemoLogins;
}

function startAgain(config: BootConfig): BootFailure {
  return new BootFailure(
    `The data in ${config.stateDir} is not this demonstration's any more (its administrator cannot sign in): delete that folder and run \`npm run demo\` again.`,
    EXIT.configuration,
  );
}

/** Becomes the administrator: with the one-time link at the first start, by signing in later. */
async function becomeAdministrator({ client, config, logins }: Seeding): Promise<void> {
  const { email, name, password } = logins.administrator;
  const link = await readFile(path.join(config.stateDir, "setup-link"), "utf8").catch(() => null);
  if (link !== null) {
    const token = link.trim().split("#")[1] ?? "";
    await client.call({
      method: "POST",
      path: "/api/v1/setup",
      body: { token, workspace: WORKSPACE, email, name, password },
      response: Session,
    });
    return;
  }
  try {
    await client.call({ method: "POST", path: "/api/v1/session", body: { email, password }, response: Session });
  } catch (error) {
    if (error instanceof AccordRefusal && error.status === 401) throw startAgain(config);
    throw error;
  }
}

/** The demonstration begins with agreements that are in force. */
const SIGNED_ON_PAPER = { client: "the client's buyer", provider: "the provider's director", date: "2025-12-15" };

async function addAgreements({ client, agreements }: Seeding): Promise<void> {
  const present = await client.call({ method: "GET", path: "/api/v1/agreements", response: z.array(AgreementSummary) });
  for (const { id, text, feeds } of agreements) {
    if (present.some((one) => one.id === id)) continue;
    const body = { agreement: text, feeds: feeds.map((feed) => feed.text), signedOnPaper: SIGNED_ON_PAPER };
    await client.call({ method: "POST", path: "/api/v1/agreements", body, response: AgreementSummary });
  }
}

async function addPeople({ client, logins }: Seeding): Promise<void> {
  const present = await client.call({ method: "GET", path: "/api/v1/people", response: z.array(Person) });
  for (const { email, name, password, role, agreements } of logins.people) {
    if (present.some((one) => one.email === email)) continue;
    const memberships = agreements.map((agreementId) => ({ agreementId, role }));
    await client.call({ method: "POST", path: "/api/v1/people", body: { email, name, password, memberships }, response: Person });
  }
}

async function readKeys(file: string): Promise<DemoKeys["feeds"]> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? {} : (DemoKeys.safeParse(JSON.parse(text)).data?.feeds ?? {});
}

/** One key per agreement for the simulator. A key whose secret was lost in a crash is revoked and made anew. */
async function addKeys({ client, config, agreements }: Seeding, baseUrl: string): Promise<void> {
  const file = demoKeysFile(config.stateDir);
  const feeds = await readKeys(file);
  for (const agreement of agreements) {
    const ids = agreement.feeds.map((feed) => `${agreement.id}.${feed.id}`);
    // Data of an earlier release may not know all of these feeds; its keys stay as they are.
    if (ids.some((id) => id in feeds)) continue;
    const keys = `/api/v1/agreements/${agreement.id}/keys`;
    for (const old of await client.call({ method: "GET", path: keys, response: z.array(KeyView) })) {
      if (old.name === KEY_NAME) await client.call({ method: "DELETE", path: `${keys}/${old.id}`, response: z.unknown() });
    }
    const { secret } = await client.call({ method: "POST", path: keys, body: { name: KEY_NAME, feeds: ids }, response: NewKeyView });
    for (const id of ids) feeds[id] = secret;
  }
  await writeSecrets(file, { baseUrl, feeds });
}

/** Where the server answers on this machine, whatever address browsers use. */
export function localUrl({ host, port }: Pick<BootConfig, "host" | "port">): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Fills an empty Accord with the demonstration, through the public HTTP API alone, and completes a half-filled one.
 * @returns the logins, the same at every start
 * @throws BootFailure if the data belongs to something else
 */
export async function seedDemo(parts: { root: string; config: BootConfig; say: Say }): Promise<DemoLogins> {
  const { config } = parts;
  const agreements = await readDemoFiles(parts.root);
  const known = await readLogins(config.stateDir);
  const logins = known ?? inventLogins(agreements);
  if (!known) await writeLogins(config.stateDir, logins);
  const baseUrl = localUrl(config);
  const seeding = { client: new AccordClient(baseUrl), config, agreements, logins };
  await withProgress("Setting up the demonstration", parts.say, async () => {
    await becomeAdministrator(seeding);
    await addAgreements(seeding);
    await addPeople(seeding);
    await addKeys(seeding, baseUrl);
    for (const agreement of agreements) await tellDemoStory(baseUrl, { logins, agreement, nowMs: Date.now() });
  });
  return logins;
}
