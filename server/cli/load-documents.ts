import { readFile } from "node:fs/promises";
import { toError } from "../../shared/protocol/errors.ts";
import { type Documents, type DocumentText, readDocuments } from "../documents/read-documents.ts";
import { CommandError } from "./command.ts";

async function text(name: string): Promise<DocumentText> {
  try {
    return { name, text: await readFile(name, "utf8") };
  } catch (thrown) {
    throw new CommandError(`${name} cannot be read (${toError(thrown).message}). Check the path.`, thrown);
  }
}

/** @throws CommandError when a file cannot be read or one of the two is not named. */
export async function loadDocuments(agreement: string | undefined, feeds: readonly string[] | undefined): Promise<Documents> {
  if (agreement === undefined || feeds === undefined || feeds.length === 0) {
    throw new CommandError("Name the files: --agreement a.yaml --feed f.yaml (--feed may be repeated).");
  }
  return readDocuments(await text(agreement), await Promise.all(feeds.map(text)));
}

/** One problem in one line, as an editor or a person reads it. */
export function problemLine({ severity, path, message, remedy }: Documents["problems"][number]): string {
  return `${severity}: ${path}: ${message} ${remedy}`;
}
