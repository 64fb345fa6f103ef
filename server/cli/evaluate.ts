import { parseArgs } from "node:util";
import type { Agreement, Target } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { createHistory } from "../../shared/agreement/history.ts";
import { isWindowKind, type WindowKind } from "../../shared/calendar/window-kind.ts";
import { type Command, CommandError, type CommandInput } from "./command.ts";
import { explainLines } from "./explain.ts";
import { type Case, judge, type Judged, settleJudged } from "./judged.ts";
import { loadClaims } from "./load-claims.ts";
import { loadDocuments, problemLines } from "./load-documents.ts";
import { loadForecast } from "./load-forecast.ts";
import { moneyTable } from "./money-table.ts";
import { fileLines } from "./print-files.ts";
import { readFacts } from "./read-facts.ts";
import { variantTable } from "./variant-table.ts";
import { verdictTable } from "./verdict-table.ts";

const OPTIONS = {
  agreement: { type: "string", multiple: true },
  feed: { type: "string", multiple: true },
  claims: { type: "string" },
  forecast: { type: "string" },
  window: { type: "string", multiple: true },
  target: { type: "string", multiple: true },
  variants: { type: "boolean" },
  variant: { type: "string", multiple: true },
  money: { type: "boolean" },
  explain: { type: "string" },
  now: { type: "string" },
  json: { type: "boolean" },
} as const;

function options(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}
type Options = ReturnType<typeof options>["values"];

function instant(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch (thrown) {
    throw new CommandError(`--now "${text}" is not an instant. Write it with its offset, such as 2026-11-21T12:00:00Z.`, thrown);
  }
}

/** What the person wants to see of everything that is judged. */
interface Wanted {
  readonly targets: readonly Target[];
  readonly kinds: ReadonlySet<WindowKind>;
  readonly shows: (verdict: Verdict) => boolean;
}

function wantedTargets(agreement: Agreement, names: readonly string[] | undefined): Target[] {
  if (names === undefined) return [...agreement.targets];
  return names.flatMap((name) => {
    const target = agreement.targets.find(({ id }) => id === name.split("@")[0]);
    if (target === undefined)
      throw new CommandError(`There is no target "${name}". Name one of: ${agreement.targets.map(({ id }) => id).join(", ")}.`);
    return [target];
  });
}

function wantedOf(agreement: Agreement, { target, window }: Options): Wanted {
  const targets = wantedTargets(agreement, target);
  const judged = new Set(targets.flatMap(({ windows }) => windows));
  const asked = (window ?? [...judged]).map((kind) => {
    if (isWindowKind(kind) && judged.has(kind)) return kind;
    throw new CommandError(`No target is judged per "${kind}". Name one of: ${[...judged].join(", ")}, or add it to the target's windows.`);
  });
  const ids = new Set(targets.map(({ id }) => id));
  const exact = new Set(target);
  const kinds = new Set(asked);
  return {
    targets,
    kinds,
    shows: ({ targetId, window: { kind } }) => {
      const [base = ""] = targetId.split("@");
      return kinds.has(kind) && ids.has(base) && (target === undefined || exact.has(base) || exact.has(targetId));
    },
  };
}

function tables(values: Options, input: Case, judged: Judged, wanted: Wanted): string[] {
  if (values.explain !== undefined) return explainLines(judged, input, values.explain);
  if (values.variants === true || values.variant !== undefined)
    return variantTable(input, { targets: wanted.targets, kinds: wanted.kinds, variants: values.variant });
  const money = values.money === true ? moneyTable(judged.history, settleJudged(judged, input)) : [];
  return [...verdictTable(judged, judged.verdicts.filter(wanted.shows)), ...money];
}

function asJson(values: Options, input: Case, judged: Judged, wanted: Wanted): string {
  const money = values.money === true ? { settlement: settleJudged(judged, input) } : {};
  return JSON.stringify({
    files: input.facts.reports,
    verdicts: judged.verdicts.filter(wanted.shows),
    outlooks: judged.outlooks,
    ...money,
  });
}

async function caseOf(
  values: Options,
  names: readonly string[],
  { now, print }: Pick<CommandInput, "now" | "print">,
): Promise<Case | null> {
  const { agreements, feeds, problems } = await loadDocuments(values.agreement, values.feed);
  if (agreements.length === 0 || problems.some(({ severity }) => severity === "error")) {
    problems.flatMap(problemLines).forEach(print);
    return null;
  }
  const nowMs = instant(values.now, now);
  const documents = agreements.map((agreement) => ({ agreement, feeds }));
  const facts = await readFacts(names, feeds, nowMs);
  const claims = await loadClaims(values.claims, createHistory(documents), nowMs);
  return { documents, facts, claims, forecast: await loadForecast(values.forecast), nowMs };
}

/** `accord evaluate`: reads files and prints the verdict of every target and window, exactly as the live system finds them. */
export const evaluate: Command = async ({ args, now, print }) => {
  const { values, positionals } = options(args);
  const input = await caseOf(values, positionals, { now, print });
  if (input === null) return 1;
  if (input.facts.refused) {
    if (values.json === true) print(JSON.stringify({ files: input.facts.reports, verdicts: [] }));
    else input.facts.reports.flatMap(fileLines).forEach(print);
    return 1;
  }
  const judged = judge(input);
  const wanted = wantedOf(judged.history.latest.agreement, values);
  if (values.json === true) {
    print(asJson(values, input, judged, wanted));
    return 0;
  }
  input.facts.reports.flatMap(fileLines).forEach(print);
  tables(values, input, judged, wanted).forEach(print);
  return 0;
};
