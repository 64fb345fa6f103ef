import { z } from "zod";
import { WireError } from "../../shared/protocol/errors.ts";

/** An answer of the server that was not a success. */
export class AccordRefusal extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(what: string, status: number, wire: WireError | null) {
    super(`${what} answered ${status}${wire ? `: ${wire.message} ${wire.remedy}` : ""}`);
    this.name = "AccordRefusal";
    this.status = status;
    this.code = wire?.code ?? null;
  }
}

interface Call<T> {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly response: z.ZodType<T>;
}

const TIMEOUT_MS = 20_000;
const Refusal = z.union([WireError, z.object({ error: WireError }).transform((wrapped) => wrapped.error)]);

/** A person at the public HTTP API, as a browser would be: it keeps the session's cookie and nothing else. */
export class AccordClient {
  readonly #baseUrl: string;
  #cookie = "";

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** @throws AccordRefusal for any answer but a success */
  async call<T>({ method, path, body, response }: Call<T>): Promise<T> {
    const answer = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        "X-Accord": "1",
        ...(this.#cookie ? { Cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const cookies = answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
    if (cookies.length > 0) this.#cookie = cookies.join("; ");
    const content: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw new AccordRefusal(`${method} ${path}`, answer.status, Refusal.safeParse(content).data ?? null);
    return response.parse(content);
  }
}
