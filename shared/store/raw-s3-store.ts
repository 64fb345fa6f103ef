import { openAsBlob } from "node:fs";
import { rm } from "node:fs/promises";
import { AwsClient } from "aws4fetch";
import { z } from "zod";
import { AppError } from "../protocol/errors.ts";
import type { RawStore } from "./raw-store.ts";

/** Settings of an S3-compatible store for raw files; without a bucket they lie on disk. */
const RawS3Settings = z.object({
  ACCORD_RAW_S3_BUCKET: z
    .url({ protocol: /^https?$/u, error: "must be a bucket's address such as https://s3.example.com/accord-raw" })
    .optional(),
  ACCORD_RAW_S3_REGION: z.string().min(1).default("us-east-1"),
  ACCORD_RAW_S3_KEY_ID: z.string().default(""),
  ACCORD_RAW_S3_SECRET: z.string().default(""),
});

const TRIES = 3;

/**
 * Where raw files lie, as the environment says; `null`: on disk.
 *
 * @throws Error that names the setting which is wrong.
 */
export function rawStoreOf(env: Readonly<Record<string, string | undefined>>): RawStore | null {
  const parsed = RawS3Settings.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")));
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; "));
  const { ACCORD_RAW_S3_BUCKET: bucket, ACCORD_RAW_S3_KEY_ID: accessKeyId, ACCORD_RAW_S3_SECRET: secretAccessKey } = parsed.data;
  if (bucket === undefined) return null;
  if (accessKeyId === "" || secretAccessKey === "")
    throw new Error("ACCORD_RAW_S3_KEY_ID and ACCORD_RAW_S3_SECRET must be set where ACCORD_RAW_S3_BUCKET is");
  return new S3RawStore(bucket, new AwsClient({ accessKeyId, secretAccessKey, region: parsed.data.ACCORD_RAW_S3_REGION, service: "s3" }));
}

interface Asked {
  readonly method: "PUT" | "GET" | "HEAD" | "DELETE";
  readonly headers?: Record<string, string>;
  readonly body?: Blob;
  /** Answers besides 2xx that are no failure. */
  readonly also?: readonly number[];
}

/** Sealed files in a bucket that all machines share. The operator names the host, so it is not guarded like those of providers. */
class S3RawStore implements RawStore {
  private readonly bucket: string;
  private readonly client: AwsClient;

  constructor(bucket: string, client: AwsClient) {
    this.bucket = bucket.replace(/\/+$/u, "");
    this.client = client;
  }

  /** Put if absent: an object of that name has the same plain bytes. */
  async keep(part: string, name: string): Promise<void> {
    const body = await openAsBlob(part);
    await (await this.ask(name, { method: "PUT", headers: { "If-None-Match": "*" }, body, also: [412] })).body?.cancel();
    await rm(part, { force: true });
  }

  async *open(name: string): AsyncGenerator<Uint8Array> {
    const { body } = await this.ask(name, { method: "GET" });
    if (body !== null) yield* body;
  }

  async has(name: string): Promise<boolean> {
    return (await this.ask(name, { method: "HEAD", also: [404] })).ok;
  }

  async remove(name: string): Promise<void> {
    await (await this.ask(name, { method: "DELETE", also: [404] })).body?.cancel();
  }

  async removeAll(vault: string): Promise<void> {
    for (;;) {
      const listing = await (await this.ask(`?list-type=2&prefix=${encodeURIComponent(`${vault}/`)}`, { method: "GET" })).text();
      const names = [...listing.matchAll(/<Key>([^<]+)<\/Key>/gu)].flatMap(([, name]) => name ?? []);
      if (names.length === 0) return;
      for (const name of names) await this.remove(name);
    }
  }

  /** Tries again what may pass: the store is away, overloaded, or another puts the same object. */
  private async ask(name: string, asked: Asked): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const { method, headers = {}, body, also = [] } = asked;
      const url = name.startsWith("?") ? `${this.bucket}${name}` : `${this.bucket}/${name}`;
      // Signed without the body, which is sealed and authenticated itself and need not be read twice.
      const signed = await this.client.sign(url, { method, headers });
      const answer = await fetch(signed.url, {
        method,
        headers: signed.headers,
        redirect: "error",
        ...(body === undefined ? {} : { body }),
      }).catch(() => null);
      if (answer !== null && (answer.ok || also.includes(answer.status))) return answer;
      const passing = answer === null || [409, 429].includes(answer.status) || answer.status >= 500;
      await answer?.body?.cancel();
      if (!passing || attempt === TRIES)
        throw new AppError(
          "unavailable",
          `The store of raw files answered ${answer?.status ?? "nothing"} to ${method}.`,
          "Send the file again with the same Idempotency-Key; the operator looks after the bucket and its keys.",
          { retryAfterSeconds: 2 },
        );
    }
  }
}
