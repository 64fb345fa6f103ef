import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsClient } from "aws4fetch";

export interface HttpPeer {
  readonly port: number;
  readonly url: string;
  /** Requests so far: what was asked with which headers. */
  readonly asked: readonly { readonly url: string; readonly headers: IncomingMessage["headers"] }[];
  /** What is answered from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A provider's web server on 127.0.0.1. */
export async function startHttpPeer(make: (listener: RequestListener) => Server = (listener) => createServer(listener)): Promise<HttpPeer> {
  const asked: { url: string; headers: IncomingMessage["headers"] }[] = [];
  const server = make((request, response) => {
    asked.push({ url: request.url ?? "", headers: request.headers });
    peer.answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const peer: HttpPeer = {
    port: portOf(server),
    url: `http://127.0.0.1:${portOf(server)}`,
    asked,
    answer: (_, response) => void response.writeHead(404).end(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return peer;
}

export interface S3Peer {
  readonly endpoint: string;
  readonly objects: Map<string, { body: string; changedMs: number }>;
  /** Requests whose signature was right, and those whose was not. */
  readonly signatures: { right: number; wrong: number };
  /** How many objects a page of the list has. */
  pageSize: number;
  close(): Promise<void>;
}

const SIGNED = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/[^,]+, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/u;

/** Whether a request is signed by the holder of the secret: signed anew from what arrived, and compared. */
async function isSigned(
  request: IncomingMessage,
  credentials: { accessKeyId: string; secretAccessKey: string; region: string },
): Promise<boolean> {
  const authorization = request.headers.authorization ?? "";
  const [, accessKeyId, names = ""] = SIGNED.exec(authorization) ?? [];
  if (accessKeyId !== credentials.accessKeyId || !names.split(";").includes("host")) return false;
  const client = new AwsClient({ ...credentials, service: "s3" });
  const datetime = String(request.headers["x-amz-date"]);
  const ageMs = Date.now() - Date.parse(datetime.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(ageMs) < 900_000)) return false;
  const again = await client.sign(`http://${request.headers.host}${request.url}`, { method: request.method ?? "GET", aws: { datetime } });
  return again.headers.get("authorization") === authorization;
}

function listing(peer: S3Peer, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const from = Number(query.get("continuation-token") ?? "0");
  const all = [...peer.objects].filter(([key]) => key.startsWith(prefix)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const contents = all
    .slice(from, from + peer.pageSize)
    .map(
      ([key, { body, changedMs }]) =>
        `<Contents><Key>${encodeURIComponent(key).replaceAll("%20", "+")}</Key><LastModified>${new Date(changedMs).toISOString()}</LastModified><ETag>&quot;${body.length}-${changedMs}&quot;</ETag><Size>${body.length}</Size></Contents>`,
    );
  const isTruncated = from + peer.pageSize < all.length;
  const next = isTruncated ? `<NextContinuationToken>${from + peer.pageSize}</NextContinuationToken>` : "";
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`;
}

/** An S3-compatible store on 127.0.0.1 with one bucket, which verifies every signature. */
export async function startS3Peer(
  bucket: string,
  credentials: { accessKeyId: string; secretAccessKey: string; region: string },
): Promise<S3Peer> {
  const http = await startHttpPeer();
  const peer: S3Peer = {
    endpoint: http.url,
    objects: new Map(),
    signatures: { right: 0, wrong: 0 },
    pageSize: 1000,
    close: () => http.close(),
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const right = await isSigned(request, credentials);
    peer.signatures[right ? "right" : "wrong"] += 1;
    if (!right) return void response.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
    const { pathname, searchParams } = new URL(request.url ?? "/", http.url);
    if (pathname === `/${bucket}`)
      return void response.writeHead(200, { "Content-Type": "application/xml" }).end(listing(peer, searchParams));
    const object = peer.objects.get(decodeURIComponent(pathname.slice(bucket.length + 2)));
    return object === undefined ? void response.writeHead(404).end() : void response.writeHead(200).end(object.body);
  }
  http.answer = (request, response) => void answer(request, response);
  return peer;
}
