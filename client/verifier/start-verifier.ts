import type { Finding } from "../../shared/ledger/finding.ts";
import type { Verified } from "../../shared/ledger/verify-bundle.ts";
import { verifyFile } from "./verify-file.ts";

const SHOWN = 20;

function lineOf({ severity, index, to, kind, what }: Finding): string {
  const where = to > index ? `between entries ${index} and ${to}` : `entry ${index}`;
  return `${severity === "tampered" ? "Changed" : "Missing"}: ${where} (${kind}): ${what}`;
}

function verdictOf({ findings }: Verified): string {
  const [first] = findings;
  if (first === undefined) return "The record is whole: nothing in it was changed since it was sealed.";
  return first.severity === "tampered" ? "The record was changed." : "The record cannot be checked whole: something is missing.";
}

function factsOf({ entries, files, root, replayed }: Verified): string {
  const derived =
    replayed === null
      ? "this browser cannot derive verdicts anew; a newer one or accord verify can"
      : `${replayed.rows} rows read, ${replayed.derived} sealed verdicts derived anew`;
  return `${entries} entries, ${files} files, ${derived}. Root of all entries: ${root}`;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found;
}

function show(verdict: string, lines: readonly string[]): void {
  byId("verdict").textContent = verdict;
  const list = byId("lines");
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}

function filesOf(id: string): readonly File[] {
  const input = byId(id);
  return input instanceof HTMLInputElement ? [...(input.files ?? [])] : [];
}

async function run(): Promise<void> {
  const [record] = filesOf("record");
  if (record === undefined) return show("Choose a record first.", []);
  show("Checking…", []);
  try {
    const held = await Promise.all(filesOf("checkpoints").map(async (file) => (await file.text()).replaceAll("\r\n", "\n")));
    const verified = await verifyFile(record, held);
    show(verdictOf(verified), [...verified.findings.slice(0, SHOWN).map(lineOf), factsOf(verified)]);
  } catch (thrown) {
    show("This file cannot be checked.", [thrown instanceof Error ? thrown.message : String(thrown)]);
  }
}

byId("check").addEventListener("click", () => void run());
