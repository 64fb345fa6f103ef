import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { loadDocuments, problemLines } from "./load-documents.ts";

function counted(count: number, one: string): string {
  return `${count === 0 ? "no" : count} ${count === 1 ? one : `${one}s`}`;
}

/** `accord check`: every problem of an agreement, its versions and its feeds at once. Exit code 1 when one of them is an error. */
export const check: Command = async ({ args, print }) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      agreement: { type: "string", multiple: true },
      feed: { type: "string", multiple: true },
      json: { type: "boolean" },
    },
  });
  const { agreements, feeds, problems } = await loadDocuments(values.agreement, values.feed);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (values.json === true) {
    print(JSON.stringify({ findings: problems }));
    return errors > 0 ? 1 : 0;
  }
  problems.flatMap(problemLines).forEach(print);
  if (errors > 0) {
    print(`${counted(errors, "error")}; nothing can be evaluated until ${errors === 1 ? "it is" : "they are"} mended.`);
    return 1;
  }
  const last = agreements.at(-1);
  const versions = agreements.length > 1 ? `${counted(agreements.length, "version")}, ` : "";
  const found = `${counted(errors, "error")}, ${counted(problems.length, "warning")}`;
  print(`${last?.name ?? ""}: ${versions}${counted(last?.targets.length ?? 0, "target")}, ${counted(feeds.length, "feed")}, ${found}.`);
  return 0;
};
