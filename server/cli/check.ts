import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { loadDocuments, problemLine } from "./load-documents.ts";

/** `accord check`: every problem of an agreement and its feeds at once. Exit code 1 when one of them is an error. */
export const check: Command = async ({ args, print }) => {
  const { values } = parseArgs({ args: [...args], options: { agreement: { type: "string" }, feed: { type: "string", multiple: true } } });
  const { agreement, feeds, problems } = await loadDocuments(values.agreement, values.feed);
  problems.forEach((problem) => print(problemLine(problem)));
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) {
    print(`${errors} ${errors === 1 ? "error" : "errors"}; nothing can be evaluated until they are mended.`);
    return 1;
  }
  print(`${agreement?.name ?? ""}: ${agreement?.targets.length ?? 0} targets, ${feeds.length} feeds, no errors.`);
  return 0;
};
