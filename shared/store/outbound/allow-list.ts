const ENTRY = /^(?:\[(?<v6>[0-9a-f:.]+)\]|(?<name>[a-z0-9._-]+))(?::(?<port>\d{1,5}))?$/u;

/** A host as URLs write it, without brackets and the dot of the root: what is compared and resolved. */
export function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(?<inner>.*)\]$/u, "$<inner>")
    .replace(/\.$/u, "");
}

/** Hosts of the operator's own network, which may be reached over plain HTTP, at any port, and at private addresses. */
export interface AllowList {
  has(host: string, port: number): boolean;
}

/**
 * Reads `ACCORD_PULL_ALLOW`: hosts or `host:port`, separated by commas, such as `sftp.corp.example:22,10.1.2.3`.
 *
 * @throws RangeError naming the entry that is none.
 */
export function parseAllowList(text: string): AllowList {
  const entries = text.split(",").flatMap((raw) => {
    const entry = raw.trim().toLowerCase();
    if (entry === "") return [];
    const { v6, name, port } = ENTRY.exec(entry)?.groups ?? {};
    const host = v6 ?? name;
    if (host === undefined) throw new RangeError(`"${entry}" is no host; write names or addresses, such as sftp.corp.example:22`);
    return [{ host: plainHost(host), port: port === undefined ? null : Number(port) }];
  });
  return { has: (host, port) => entries.some((one) => one.host === plainHost(host) && (one.port === null || one.port === port)) };
}
