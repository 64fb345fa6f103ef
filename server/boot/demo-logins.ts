import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { MemberRole } from "../../shared/protocol/role.ts";

const Login = z.strictObject({ email: z.email(), name: z.string(), password: z.string() });
export type Login = z.infer<typeof Login>;

/** Everybody in the demonstration, with passwords that exist on this machine only. */
export const DemoLogins = z.strictObject({
  administrator: Login,
  people: z.array(Login.extend({ role: z.string(), agreements: z.array(z.string()) })),
});
export type DemoLogins = z.infer<typeof DemoLogins>;

const FILE = "demo-logins.json";
const ROLE_NAMES: Readonly<Record<MemberRole, string>> = { "client-manager": "client manager", "qa-lead": "QA lead", provider: "provider" };

function newPassword(): string {
  return randomBytes(12).toString("base64url");
}

/** New logins for these agreements: both client roles see all of them, each provider sees its own. */
export function inventLogins(agreements: readonly { readonly id: string; readonly provider: string }[]): DemoLogins {
  const all = agreements.map((agreement) => agreement.id);
  const providers = agreements.map(({ id, provider }) => ({
    email: `${id}@provider.example`,
    name: `Operations, ${provider}`.slice(0, 80),
    password: newPassword(),
    role: "provider",
    agreements: [id],
  }));
  return {
    administrator: { email: "admin@client.example", name: "Ada Admin", password: newPassword() },
    people: [
      { email: "manager@client.example", name: "Mara Client", password: newPassword(), role: "client-manager", agreements: all },
      { email: "quality@client.example", name: "Quentin Lead", password: newPassword(), role: "qa-lead", agreements: all },
      ...providers,
    ],
  };
}

/** The logins of an earlier start, or null. */
export async function readLogins(stateDir: string): Promise<DemoLogins | null> {
  const text = await readFile(path.join(stateDir, FILE), "utf8").catch(() => null);
  return text === null ? null : DemoLogins.parse(JSON.parse(text));
}

/** Writes a file of secrets in one step, readable by its owner alone. */
export async function writeSecrets(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function writeLogins(stateDir: string, logins: DemoLogins): Promise<void> {
  await writeSecrets(path.join(stateDir, FILE), logins);
}

function roleName(role: string): string {
  return Object.entries(ROLE_NAMES).find(([key]) => key === role)?.[1] ?? role;
}

/** A small table for the terminal. */
export function describeLogins(logins: DemoLogins): string[] {
  const rows = [
    ...logins.people.map((person) => ({
      ...person,
      role: `${roleName(person.role)}${person.role === "provider" ? ` (${person.agreements.join(", ")})` : ""}`,
    })),
    { ...logins.administrator, role: "administrator" },
  ];
  const roleWidth = Math.max(...rows.map((row) => row.role.length));
  const emailWidth = Math.max(...rows.map((row) => row.email.length));
  return ["Sign in as", ...rows.map((row) => `  ${row.role.padEnd(roleWidth)}   ${row.email.padEnd(emailWidth)}   ${row.password}`), ""];
}
