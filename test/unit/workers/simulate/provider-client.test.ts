import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { NO_COUNTS, type Receipt } from "../../../../shared/protocol/receipt.ts";
import { createProviderClient, type ProviderClient, Refused } from "../../../../workers/simulate/provider-client.ts";

const FILE = { feedId: "manila-voice.acd-intervals", key: "k1", filename: "a.csv", body: "row_date;starttime\n" };
const RECEIPT: Receipt = {
  id: "manila-voice.r1",
  agreementId: "manila-voice",
  feedId: FILE.feedId,
  number: 1,
  state: "accepted",
  sha256: "0",
  bytes: 19,
  filename: "a.csv",
  acceptedAtMs: 0,
  acceptedFrom: "key",
  settledAtMs: null,
  attempts: 0,
  counts: NO_COUNTS,
  progressRows: 0,
  problems: [],
  fileProblems: [],
};
const REFUSAL = { code: "bad-request", message: "The file is empty.", remedy: "Send rows." };

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(
  answers: readonly { status: number; body: unknown }[],
  signal = AbortSignal.timeout(10_000),
): Promise<{ client: ProviderClient; seen: Seen[]; retries: string[] }> {
  const seen: Seen[] = [];
  const retries: string[] = [];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      seen.push({ request, body });
      response
        .writeHead(answer?.status ?? 500, { "Content-Type": "application/json", "Retry-After": "0" })
        .end(JSON.stringify(answer?.body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const keys = { baseUrl: `http://127.0.0.1:${port}`, feeds: { [FILE.feedId]: "s3cret" } };
  return { client: createProviderClient({ keys, signal, onRetry: (_feed, reason) => retries.push(reason) }), seen, retries };
}

describe("a provider's machine", () => {
  it("hands a file in with its key, its name and the feed's secret", async () => {
    const { client, seen } = await serve([{ status: 202, body: RECEIPT }]);
    expect(await client.upload(FILE)).toEqual(RECEIPT);
    const request = seen[0]?.request;
    expect(request).toMatchObject({ method: "PUT", url: "/api/v1/feeds/manila-voice.acd-intervals/uploads" });
    expect(request?.headers).toMatchObject({ authorization: "Bearer s3cret", "idempotency-key": "k1", "x-filename": "a.csv" });
    expect(seen.map(({ body }) => body)).toEqual([FILE.body]);
  });

  it("sends the same file under the same key again when the server cannot take it now", async () => {
    const busy = { code: "unavailable", message: "The store does not answer.", remedy: "Try again." };
    const { client, seen, retries } = await serve([
      { status: 503, body: busy },
      { status: 429, body: busy },
      { status: 200, body: RECEIPT },
    ]);
    await client.upload(FILE);
    expect(seen.map(({ request }) => request.headers["idempotency-key"])).toEqual(["k1", "k1", "k1"]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
    expect(retries[0]).toBe("503 The store does not answer. Try again.");
  });

  it("does not repeat what was refused for good, and says why", async () => {
    const { client, seen } = await serve([{ status: 400, body: REFUSAL }]);
    await expect(client.upload(FILE)).rejects.toThrow(new Refused("400 The file is empty. Send rows."));
    expect(seen).toHaveLength(1);
  });

  it("stops trying when it is told to stop", async () => {
    const stop = new AbortController();
    const { client } = await serve([{ status: 503, body: REFUSAL }], stop.signal);
    const uploading = client.upload(FILE);
    stop.abort();
    await expect(uploading).rejects.toThrow();
  });
});
