import { type Document, isCollection, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, stringify } from "yaml";
import { Agreement } from "../../../shared/agreement/agreement.ts";

/** Lines of a text, counted from 1, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export interface DocumentProblem {
  readonly line: number | null;
  readonly message: string;
}

/** An agreement's text as far as it can be read: the agreement if it is one, what is wrong if not, and where everything stands. */
export interface ReadDocument {
  readonly agreement: Agreement | null;
  readonly problems: readonly DocumentProblem[];
  /** The lines of a path such as `targets.service-level.expected`, or of the nearest place above it that the text has. */
  readonly linesOf: (path: string) => FoundRange | null;
  /** The text, rewritten as YAML if it is JSON, which has no place for a line of one's own. */
  readonly asYaml: () => string;
}

export interface FoundRange extends LineRange {
  /** Whether the text has the very place that was asked for. */
  readonly isExact: boolean;
}

/** Reads the YAML or JSON text of an agreement. Never throws: what is wrong with the text is in `problems`. */
export function readDocument(text: string): ReadDocument {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const linesOf = (path: string) => rangeOf({ text, document, counter }, path);
  const asYaml = () => (text.trimStart().startsWith("{") ? stringify(valueOf(document), { lineWidth: 0 }) : text);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({ line: counter.linePos(pos[0]).line, message }));
    return { agreement: null, problems, linesOf, asYaml };
  }
  const parsed = Agreement.safeParse(valueOf(document));
  if (parsed.success) return { agreement: parsed.data, problems: [], linesOf, asYaml };
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.join(".");
    return { line: linesOf(path)?.from ?? null, message: path === "" ? issue.message : `${path}: ${issue.message}` };
  });
  return { agreement: null, problems, linesOf, asYaml };
}

/** Aliases that would unfold without end are refused by the package with an exception. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

interface Source {
  readonly text: string;
  readonly document: Document;
  readonly counter: LineCounter;
}

function rangeOf({ text, document, counter }: Source, path: string): FoundRange | null {
  const { steps, isExact } = stepsDown(path, document.contents);
  const offsets = steps.at(-1)?.offsets;
  if (offsets === undefined) return null;
  const to = offsets[0] + withoutComments(text.slice(offsets[0], offsets[1])).length;
  return { from: counter.linePos(offsets[0]).line, to: counter.linePos(Math.max(offsets[0], to - 1)).line, isExact };
}

/** A block ends with the comments and blank lines behind it, which belong to what follows. */
function withoutComments(text: string): string {
  return text.replace(/(?:\s*\n\s*#[^\n]*)*\s*$/u, "");
}

interface Step {
  readonly value: unknown;
  readonly offsets: readonly [number, number];
}

/** The places on the way down a path, as far as the text has them. A list item is named by its `id` or its index; a key may hold dots. */
function stepsDown(path: string, root: unknown): { steps: Step[]; isExact: boolean } {
  const steps: Step[] = [];
  let node = root;
  let rest = path;
  while (rest !== "" && isCollection(node)) {
    const found = longestKey(node, rest);
    if (found === null) break;
    steps.push(found.step);
    node = found.step.value;
    rest = rest.slice(found.key.length + 1);
  }
  return { steps, isExact: rest === "" };
}

function longestKey(node: unknown, rest: string): { key: string; step: Step } | null {
  const found = childrenOf(node).filter(({ key }) => rest === key || rest.startsWith(`${key}.`));
  return found.toSorted((a, b) => b.key.length - a.key.length)[0] ?? null;
}

function childrenOf(node: unknown): { key: string; step: Step }[] {
  if (isMap(node)) {
    return node.items.flatMap((pair) => {
      if (!isPair(pair) || !isScalar(pair.key) || !isNode(pair.key)) return [];
      const start = pair.key.range?.[0];
      const end = isNode(pair.value) ? pair.value.range?.[1] : pair.key.range?.[1];
      if (start === undefined || end === undefined) return [];
      return [{ key: String(pair.key.value), step: { value: pair.value, offsets: [start, end] as const } }];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, index) => {
    if (!isNode(item) || item.range === undefined || item.range === null) return [];
    const step: Step = { value: item, offsets: [item.range[0], item.range[1]] };
    const id = isMap(item) ? item.get("id") : undefined;
    return [{ key: String(index), step }, ...(typeof id === "string" ? [{ key: id, step }] : [])];
  });
}
