// Plain JavaScript without dependencies: it runs on the machine's own Node, before anything is installed.
import { createHash } from "node:crypto";

const OLDEST_NODE_MAJOR = 20;
const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network request/u;
const MISSING = /E404|ETARGET|notarget/u;
const NO_SPACE = /ENOSPC/u;
const NOT_ALLOWED = /EACCES|EPERM/u;

/**
 * @param {string} version as in `process.versions.node`
 * @returns {string | null} one sentence if this Node is too old to begin with
 */
export function refuseNode(version) {
  if (Number.parseInt(version, 10) >= OLDEST_NODE_MAJOR) return null;
  return `Accord needs Node ${OLDEST_NODE_MAJOR} or newer to set itself up, and this is Node ${version}: install a current one from https://nodejs.org and run the same command again.`;
}

/**
 * What an install depends on: the lock and the platform whose binaries it fetched.
 * @param {string} lockText
 * @param {{ platform: string, arch: string }} machine
 * @returns {string}
 */
export function installFingerprint(lockText, machine) {
  return `${createHash("sha256").update(lockText).digest("hex")} ${machine.platform}-${machine.arch}`;
}

/**
 * @param {string | null} recorded the fingerprint written after the last install, null if there is none
 * @param {string} wanted
 * @returns {"missing" | "stale" | "current"}
 */
export function installState(recorded, wanted) {
  if (recorded === null) return "missing";
  return recorded.trim() === wanted ? "current" : "stale";
}

/**
 * @param {string} output what npm printed
 * @returns {string} one sentence that says what stopped it and what to do; for an unknown reason after what npm printed
 */
export function explainInstallFailure(output) {
  if (OFFLINE.test(output))
    return "The npm registry cannot be reached: connect this machine, or set its proxy or mirror with `npm config set registry URL`, and run the same command again.";
  if (MISSING.test(output))
    return "The npm registry in use lacks a package that package-lock.json names: point npm at a complete one with `npm config set registry URL` and run the same command again.";
  if (NO_SPACE.test(output)) return "The disk is full: free about 1 GB and run the same command again.";
  if (NOT_ALLOWED.test(output))
    return "npm may not write to node_modules: make this folder yours (`sudo chown -R $USER .`) and run the same command again.";
  return `${output.trimEnd()}\nnpm install failed for the reason above: mend it and run the same command again.`;
}
