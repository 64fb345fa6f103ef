import { AwsClient } from "aws4fetch";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { getGuarded, type Got } from "../../shared/store/outbound/get.ts";
import { refusedAnswer } from "./fetch-http.ts";
import { PullFailure } from "./pull-failure.ts";
import { chosenFiles, type Fetching, isMeant, type RemoteFile, shownName } from "./remote-file.ts";
import { readListing, type S3File } from "./s3-listing.ts";

type S3Source = Extract<PullSource, { kind: "s3" }>;

/** A page has 1,000 objects. */
const PAGES = 20;

function bucketUrl({ endpoint, bucket }: S3Source): string {
  return `${endpoint.replace(/\/+$/u, "")}/${bucket}`;
}

async function get(source: S3Source, { outbound, secret }: Fetching, url: URL): Promise<Got> {
  const { accessKeyId, region } = source;
  const client = new AwsClient({ accessKeyId, secretAccessKey: secret, region, service: "s3" });
  const signed = await client.sign(url.href, { method: "GET" });
  // Signed for this host: elsewhere the signature would not hold, so nothing is followed.
  const still = { ...outbound, limits: { ...outbound.limits, redirects: 0 } };
  const got = await getGuarded(still, { url: new URL(signed.url), headers: Object.fromEntries(signed.headers) });
  if (got.status === 200) return got;
  got.discard();
  throw refusedAnswer(got.status, `${url.hostname} (bucket ${source.bucket})`);
}

async function textOf(got: Got): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of got.body) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

async function list(source: S3Source, fetching: Fetching): Promise<readonly S3File[]> {
  const found: S3File[] = [];
  let next: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const url = new URL(bucketUrl(source));
    const asked = {
      "list-type": "2",
      "encoding-type": "url",
      prefix: source.prefix,
      ...(next === null ? {} : { "continuation-token": next }),
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const listing = readListing(await textOf(await get(source, fetching, url)));
    found.push(...listing.files);
    next = listing.next;
    if (next === null) break;
  }
  if (next !== null)
    throw new PullFailure(`More than ${PAGES * 1000} objects begin with "${source.prefix}".`, "Name a longer prefix.", {
      temporary: false,
    });
  return found.filter(({ key }) => isMeant(key.split("/").at(-1) ?? "", source.pattern));
}

function urlOf(source: S3Source, key: string): URL {
  return new URL(`${bucketUrl(source)}/${key.split("/").map(encodeURIComponent).join("/")}`);
}

/**
 * The objects of a bucket under a prefix whose last part fits the pattern; signed with AWS Signature Version 4.
 *
 * @throws PullFailure, OutboundError
 */
export async function* fetchS3(source: S3Source, fetching: Fetching): AsyncGenerator<RemoteFile> {
  const files = await list(source, fetching);
  for (const file of chosenFiles(files, source.take, fetching.seen)) {
    const got = await get(source, fetching, urlOf(source, file.key));
    try {
      yield { id: file.name, filename: shownName(file.key.split("/").at(-1) ?? ""), mark: file.mark, bytes: got.body };
    } finally {
      got.discard();
    }
  }
}
