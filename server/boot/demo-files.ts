import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { BootFailure, EXIT } from "./boot-failure.ts";

/** An agreement of the demonstration with the feeds that its targets read, as texts for the server to check. */
export interface DemoAgreement {
  readonly id: string;
  readonly provider: string;
  readonly text: string;
  readonly feeds: readonly { readonly id: string; readonly text: string }[];
}

const Head = z.discriminatedUnion("accord", [
  z.looseObject({
    accord: z.literal("agreement/1"),
    id: z.string(),
    parties: z.looseObject({ provider: z.string() }),
    targets: z.array(z.looseObject({ feed: z.string() })),
  }),
  z.looseObject({ accord: z.literal("feed/1"), id: z.string() }),
]);

/** Matches the files of a folder: each agreement gets the feeds that its targets name. */
export function matchDemoFiles(texts: readonly string[]): DemoAgreement[] {
  const files = texts.map((text) => ({ text, head: Head.parse(parse(text)) }));
  const feeds = files.flatMap(({ text, head }) => (head.accord === "feed/1" ? [{ id: head.id, text }] : []));
  return files.flatMap(({ text, head }) => {
    if (head.accord !== "agreement/1") return [];
    const named = new Set(head.targets.map((target) => target.feed));
    return [{ id: head.id, provider: head.parties.provider, text, feeds: feeds.filter((feed) => named.has(feed.id)) }];
  });
}

/**
 * Reads `docs/examples/demo`.
 * @throws BootFailure if there is no agreement with a feed in it
 */
export async function readDemoFiles(root: string): Promise<DemoAgreement[]> {
  const folder = path.join(root, "docs", "examples", "demo");
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const yaml = names.filter((name) => name.endsWith(".yaml")).sort();
  const agreements = matchDemoFiles(await Promise.all(yaml.map((name) => readFile(path.join(folder, name), "utf8"))));
  if (agreements.length > 0 && agreements.every((agreement) => agreement.feeds.length > 0)) return agreements;
  throw new BootFailure(
    "docs/examples/demo lacks the agreements of the demonstration: get it again with `git checkout -- docs/examples/demo`.",
    EXIT.software,
  );
}
