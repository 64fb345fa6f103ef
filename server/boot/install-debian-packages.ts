import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { withProgress, type Say } from "./progress.ts";
import { runCommand, type CommandResult } from "./run-command.ts";

const APT = "/usr/bin/apt-get";
const POLICY = "/usr/sbin/policy-rc.d";
const POLICY_KEPT = "/usr/sbin/policy-rc.d.accord-kept";
const POLICY_TEXT = "#!/bin/sh\n# Written by Accord while it installs packages: none of them may start a service.\nexit 101\n";
const SERVICES_FORBIDDEN = 101;

/** Whether this process may install Debian packages by itself: root on Debian, Ubuntu or a relative. Never by sudo. */
export function canInstallDebianPackages(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync(APT);
}

async function machineForbidsServices(): Promise<boolean> {
  if (!existsSync(POLICY) || (await readFile(POLICY, "utf8")) === POLICY_TEXT) return false;
  return (await runCommand({ file: POLICY, args: ["any-service", "start"] })).code === SERVICES_FORBIDDEN;
}

/** Runs `work` while package scripts are forbidden to start services, and leaves the machine's own policy as it was, even after a start that was killed here. */
async function withoutStartingServices<T>(work: () => Promise<T>): Promise<T> {
  if (await machineForbidsServices()) return work();
  if (existsSync(POLICY) && (await readFile(POLICY, "utf8")) !== POLICY_TEXT) await rename(POLICY, POLICY_KEPT);
  await writeFile(POLICY, POLICY_TEXT, { mode: 0o755 });
  try {
    return await work();
  } finally {
    await rm(POLICY, { force: true });
    if (existsSync(POLICY_KEPT)) await rename(POLICY_KEPT, POLICY);
  }
}

function apt(args: readonly string[]): Promise<CommandResult> {
  return runCommand({ file: "/usr/bin/env", args: ["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", APT, "-y", "-q", ...args] });
}

/**
 * Installs Debian packages without letting any of them start a service (redis-server would take port 6379).
 * @throws BootFailure with apt's last lines and the command to run by hand
 */
export async function installDebianPackages(packages: readonly string[], say: Say): Promise<void> {
  const list = packages.join(" ");
  await withProgress(`Installing ${list} with apt-get`, say, async () => {
    await apt(["update"]);
    const result = await withoutStartingServices(() => apt(["install", "--no-install-recommends", ...packages]));
    if (result.code === 0) return;
    const lastLines = result.output.trim().split("\n").slice(-5).join("\n");
    throw new BootFailure(
      `${lastLines}\napt-get could not install ${list}: mend what it says above, or run \`apt-get install ${list}\` by hand.`,
      EXIT.unavailable,
    );
  });
}
