import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { toError } from "../../protocol/errors.ts";
import { type AllowList, parseAllowList, plainHost } from "./allow-list.ts";
import { OutboundError } from "./outbound-error.ts";
import { isPublicAddress } from "./public-address.ts";

export interface OutboundLimits {
  readonly connectMs: number;
  /** From the first look-up to the last byte of one file. */
  readonly totalMs: number;
  readonly maxBytes: number;
  readonly redirects: number;
}

/** What connections to elsewhere are made with. Tests give their own resolver and smaller limits. */
export interface Outbound {
  readonly allow: AllowList;
  /** Every address a name has. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly ports: Readonly<Record<Protocol, readonly number[]>>;
  readonly limits: OutboundLimits;
}

export type Protocol = "http" | "https" | "sftp";

export interface Place {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
}

export const OUTBOUND_LIMITS: OutboundLimits = { connectMs: 10_000, totalMs: 30_000, maxBytes: 50_000_000, redirects: 3 };

async function addressesOf(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Plain HTTP has no port of its own: it is for hosts of the allow list only. */
const PORTS = { http: [], https: [443, 8443], sftp: [22, 2222] } as const;

/** @param allowed the setting ACCORD_PULL_ALLOW. */
export function openOutbound(allowed: string): Outbound {
  return { allow: parseAllowList(allowed), resolve: addressesOf, ports: PORTS, limits: OUTBOUND_LIMITS };
}

async function resolved(outbound: Outbound, host: string, signal: AbortSignal): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const addresses = await Promise.race([
    outbound.resolve(host).catch((cause: unknown) => {
      throw new OutboundError("unknown-host", `The name ${host} is not known`, cause);
    }),
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(toError(signal.reason)), { once: true });
    }),
  ]);
  if (addresses.length === 0) throw new OutboundError("unknown-host", `The name ${host} is not known`);
  return addresses;
}

/**
 * The addresses of a place, all of them vetted: one private address among public ones refuses the name. The answer is
 * connected to as it is, so that a name which changes its mind afterwards (DNS rebinding) changes nothing.
 */
async function vetted(outbound: Outbound, place: Place, signal: AbortSignal): Promise<readonly string[]> {
  const { protocol, port } = place;
  const host = plainHost(place.host);
  const allowed = outbound.allow.has(host, port);
  if (!allowed && protocol === "http") throw new OutboundError("scheme-refused", "Only https is fetched from the Internet");
  if (!allowed && !outbound.ports[protocol].includes(port))
    throw new OutboundError("port-refused", `Port ${port} is not open for ${protocol}`);
  const addresses = await resolved(outbound, host, signal);
  if (!allowed && !addresses.every(isPublicAddress))
    throw new OutboundError("address-refused", `The host ${host} is not on the public Internet`);
  return addresses;
}

function openSocket(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true });
    const abort = (): void => void socket.destroy(toError(signal.reason));
    signal.addEventListener("abort", abort, { once: true });
    socket.once("connect", () => {
      signal.removeEventListener("abort", abort);
      resolve(socket);
    });
    socket.once("error", (error) => {
      signal.removeEventListener("abort", abort);
      reject(error);
    });
  });
}

/**
 * The one way out: every connection that Accord opens to a place named by somebody else. Nothing of the environment's
 * proxies is used.
 *
 * @param signal ends the attempt; its reason is what is thrown then.
 * @throws OutboundError
 */
export async function connectTo(outbound: Outbound, place: Place, signal: AbortSignal): Promise<Socket> {
  const late = AbortSignal.timeout(outbound.limits.connectMs);
  const either = AbortSignal.any([signal, late]);
  let last: unknown = null;
  try {
    either.throwIfAborted();
    for (const address of await vetted(outbound, place, either)) {
      try {
        return await openSocket(address, place.port, either);
      } catch (error) {
        last = error;
        either.throwIfAborted();
      }
    }
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    throw new OutboundError("timeout", `${place.host} did not answer in time`, error);
  }
  throw new OutboundError("unreachable", `${place.host} does not accept connections at port ${place.port}`, last);
}
