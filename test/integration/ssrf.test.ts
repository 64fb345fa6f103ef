import { connect } from "node:net";
import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllowList } from "../../shared/store/outbound/allow-list.ts";
import { getGuarded } from "../../shared/store/outbound/get.ts";
import { connectTo, openOutbound, type Outbound } from "../../shared/store/outbound/outbound.ts";
import { OutboundError } from "../../shared/store/outbound/outbound-error.ts";
import { isPublicAddress } from "../../shared/store/outbound/public-address.ts";
import { type CountingListener, startCountingListener } from "../support/counting-listener.ts";
import { FORBIDDEN_ADDRESSES, FORBIDDEN_HOSTS, PUBLIC_ADDRESSES } from "../support/forbidden-hosts.ts";

let listener: CountingListener;
let redirector: ReturnType<typeof createServer>;
let redirectorPort = 0;

beforeAll(async () => {
  listener = await startCountingListener();
  redirector = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    // A header carries bytes: what is beyond ASCII goes out as its UTF-8.
    const to = Buffer.from(searchParams.get("to") ?? "").toString("latin1");
    response.writeHead(Number(searchParams.get("status")), { Location: to }).end();
  }).listen(0, "127.0.0.1");
  await once(redirector, "listening");
  const address = redirector.address();
  redirectorPort = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(async () => {
  redirector.close();
  await listener.close();
});

/** The guard with the port of the listener open, so that only the address can be the reason to refuse. */
function guard(overrides: Partial<Outbound> = {}): Outbound {
  const { port } = listener;
  return { ...openOutbound(`127.0.0.1:${redirectorPort}`), ports: { http: [port], https: [port], sftp: [port] }, ...overrides };
}

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "reached";
  } catch (error) {
    if (error instanceof OutboundError) return error.reason;
    throw error;
  }
}

const never = (): AbortSignal => new AbortController().signal;

describe("the guard of connections to elsewhere", () => {
  it("has a listener that counts, reached by whoever is not guarded", async () => {
    const other = await startCountingListener();
    const socket = connect({ host: "127.0.0.1", port: other.port });
    await once(socket, "close");
    expect(other.connections()).toBe(1);
    await other.close();
  });

  it(`knows ${FORBIDDEN_ADDRESSES.length} addresses for private and ${PUBLIC_ADDRESSES.length} for public`, () => {
    expect(FORBIDDEN_ADDRESSES.filter(isPublicAddress)).toEqual([]);
    expect(PUBLIC_ADDRESSES.filter((address) => !isPublicAddress(address))).toEqual([]);
  });

  it(`connects to none of ${FORBIDDEN_HOSTS.length} spellings of private hosts, by https, http and sftp`, async () => {
    expect(FORBIDDEN_HOSTS.length).toBeGreaterThanOrEqual(60);
    for (const host of FORBIDDEN_HOSTS) {
      for (const scheme of ["https", "http"]) {
        const text = `${scheme}://${host}:${listener.port}/export.csv`;
        if (!URL.canParse(text)) continue;
        expect(await refusal(() => getGuarded(guard(), { url: new URL(text), headers: {} })), text).toMatch(/-refused$|^unknown-host$/u);
      }
      const place = { protocol: "sftp", host, port: listener.port } as const;
      expect(await refusal(() => connectTo(guard(), place, never())), `sftp ${host}`).toMatch(/-refused$|^unknown-host$/u);
    }
    expect(listener.connections()).toBe(0);
  });

  it("follows no redirect to any of them, whatever its status", async () => {
    for (const host of FORBIDDEN_HOSTS) {
      for (const status of [301, 302, 307, 308]) {
        const to = encodeURIComponent(`http://${host}:${listener.port}/`);
        const url = new URL(`http://127.0.0.1:${redirectorPort}/?status=${status}&to=${to}`);
        expect(await refusal(() => getGuarded(guard(), { url, headers: {} })), `${status} to ${host}`).toMatch(
          /-refused$|^unknown-host$|^broken$/u,
        );
      }
    }
    expect(listener.connections()).toBe(0);
  });

  it("asks a name once, so that one which changes its mind is not reached at its second address", async () => {
    let asked = 0;
    const resolve = async (): Promise<string[]> => (asked++ === 0 ? ["3000::1"] : ["127.0.0.1"]);
    const limits = { ...guard().limits, connectMs: 200 };
    const url = new URL(`https://rebinding.example:${listener.port}/`);
    expect(await refusal(() => getGuarded(guard({ resolve, limits }), { url, headers: {} }))).toMatch(/^unreachable$|^timeout$/u);
    expect(asked).toBe(1);
    expect(listener.connections()).toBe(0);
  });

  it("refuses a name that has one private address among public ones", async () => {
    for (const address of FORBIDDEN_ADDRESSES) {
      const resolve = async (): Promise<string[]> => ["93.184.215.14", "2606:4700::1", address];
      const url = new URL(`https://dual.example:${listener.port}/`);
      expect(await refusal(() => getGuarded(guard({ resolve }), { url, headers: {} })), address).toBe("address-refused");
    }
    expect(listener.connections()).toBe(0);
  });

  it("speaks only https with the Internet, and only at ports of https", async () => {
    const outbound = openOutbound("");
    const reason = (text: string) => refusal(() => getGuarded(outbound, { url: new URL(text), headers: {} }));
    expect(await reason("http://93.184.215.14/")).toBe("scheme-refused");
    expect(await reason("https://93.184.215.14:22/")).toBe("port-refused");
    expect(await reason("https://93.184.215.14:6379/")).toBe("port-refused");
    for (const scheme of ["ftp", "file", "gopher", "data", "unix", "javascript"])
      expect(await reason(`${scheme}://93.184.215.14/`), scheme).toBe("scheme-refused");
  });

  it("says nothing of the addresses it found", async () => {
    const resolve = async (): Promise<string[]> => ["10.11.12.13"];
    const url = new URL(`https://inside.example:${listener.port}/`);
    await expect(getGuarded(guard({ resolve }), { url, headers: {} })).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("10.11.12.13") }),
    );
  });
});

describe("the allow list", () => {
  it("opens exactly the host and port that the operator named", () => {
    const list = parseAllowList("sftp.corp.example:22, 10.1.2.3, [fd00::1]:8443");
    expect(list.has("SFTP.corp.example.", 22)).toBe(true);
    expect(list.has("sftp.corp.example", 23)).toBe(false);
    expect(list.has("10.1.2.3", 9000)).toBe(true);
    expect(list.has("10.1.2.4", 9000)).toBe(false);
    expect(list.has("[fd00::1]", 8443)).toBe(true);
    expect(parseAllowList("").has("", 0)).toBe(false);
  });

  it("names an entry that is no host", () => {
    expect(() => parseAllowList("https://x.example/")).toThrow(/"https:\/\/x\.example\/" is no host/u);
  });
});
