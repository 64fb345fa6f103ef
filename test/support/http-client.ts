import { z } from "zod";
import { WireError } from "../../shared/protocol/errors.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed by a schema; fails the test when it does not fit. */
  as<T>(schema: z.ZodType<T>): T;
  error(): WireError;
}

interface Sent {
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

/** A browser without a screen: keeps its cookie and sends what a page of the server would send. */
export class HttpClient {
  readonly url: string;
  cookie = "";
  key: string | undefined;

  constructor(url: string, credentials: { cookie?: string; key?: string } = {}) {
    this.url = url;
    this.cookie = credentials.cookie ?? "";
    this.key = credentials.key;
  }

  async send(method: string, path: string, sent: Sent = {}): Promise<Reply> {
    const headers: Record<string, string> = { "X-Accord": "1" };
    if (this.cookie !== "") headers["Cookie"] = this.cookie;
    if (this.key !== undefined) headers["Authorization"] = `Bearer ${this.key}`;
    if (sent.body !== undefined) headers["Content-Type"] = "application/json";
    const body = sent.body === undefined ? sent.raw : JSON.stringify(sent.body);
    const response = await fetch(this.url + path, {
      method,
      redirect: "manual",
      headers: { ...headers, ...sent.headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : new Blob([new Uint8Array(body)]) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
    const text = await response.text();
    const as = <T>(schema: z.ZodType<T>): T => schema.parse(JSON.parse(text));
    return { status: response.status, headers: response.headers, text, as, error: () => as(WireError) };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send("GET", path, { headers });
  }

  post(path: string, body: unknown): Promise<Reply> {
    return this.send("POST", path, { body });
  }

  delete(path: string): Promise<Reply> {
    return this.send("DELETE", path);
  }

  upload(feedId: string, raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send("PUT", `/api/v1/feeds/${feedId}/uploads`, { raw, headers: { "Idempotency-Key": crypto.randomUUID(), ...headers } });
  }

  async signIn(email: string, password: string): Promise<Reply> {
    return this.post("/api/v1/session", { email, password });
  }
}
