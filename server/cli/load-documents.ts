import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { toError } from "../../shared/protocol/errors.ts";
import { type Documents, type DocumentText, readVersions, type Versions } from "../documents/read-documents.ts";
import { CommandError } from "./command.ts";
import { wrapped } from "./wrapped.ts";

async function text(name: string): Promise<DocumentText> {
  try {
    return { name, text: await readFile(name, "utf8") };
  } catch (thrown) {
    throw new CommandError(`${name} cannot be read (${toError(thrown).message}). Check the path.`, thrown);
  }
}

/** @throws CommandError when a file cannot be read or one of the two is not named. */
export async function loadDocuments(agreements: readonly string[] = [], feeds: readonly string[] = []): Promise<Versions> {
  if (agreements.length === 0 || feeds.length === 0) {
    throw new CommandError("Name the files: --agreement a.yaml --feed f.yaml (both may be repeated).");
  }
  return readVersions(await Promise.all(agreements.map(text)), await Promise.all(feeds.map(text)));
}

/**
 * A small YAML or JSON file of the command line.
 *
 * @throws CommandError when it cannot be read or does not fit.
 */
export async function readYaml<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const read = await text(path);
  let value: unknown;
  try {
    value = parse(read.text);
  } catch (thrown) {
    throw new CommandError(`${path}: ${toError(thrown).message.split("\n")[0] ?? ""}`, thrown);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandError(`${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}. docs/agreements.md describes the file.`);
}

/** One problem as a person reads it: where and what, why it will be disputed, what to write instead. */
export function problemLines({ severity, path, message, dispute, remedy }: Documents["problems"][number]): string[] {
  return [
    ...wrapped(`${severity}: ${path}: ${message}`, 0, 4),
    ...wrapped(`why: ${dispute}`, 4, 9),
    ...wrapped(`instead: ${remedy}`, 4, 13),
  ];
}
