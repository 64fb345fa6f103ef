import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { checkAgreement } from "../../shared/agreement/lint/check.ts";
import type { DocumentProblem } from "../../shared/agreement/lint/document-problem.ts";
import { lintSize } from "../../shared/agreement/lint/members.ts";
import { checkVersions } from "../../shared/agreement/lint/versions.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { hiddenCharacter } from "./hidden-character.ts";
import { repeatedKeys } from "./repeated-keys.ts";
import { schemaProblem } from "./schema-problem.ts";
import { isTooDeep } from "./too-deep.ts";

export interface DocumentText {
  /** How problems name it: a file's path, or `agreement` and `feeds.0` of a request. */
  readonly name: string;
  readonly text: string;
}

export interface Documents {
  readonly agreement: Agreement | null;
  readonly feeds: readonly FeedDefinition[];
  readonly problems: readonly DocumentProblem[];
}

const SYNTAX_REMEDY = "Mend the YAML or JSON; docs/examples has whole files.";
const SYNTAX_DISPUTE = "What cannot be read cannot be agreed on.";

/** A text of which nothing fits is not told so a thousand times. */
const MOST_ERRORS = 50;

function syntaxErrors({ errors }: Document.Parsed): string[] {
  return errors.map(({ message }) => message.split("\n")[0] ?? message);
}

/** Aliases that would unfold into a huge value are an error of the text, not of the program. */
function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return toError(error);
  }
}

/** JSON is YAML too, so one parser reads both; duplicate keys, deep nesting and alias bombs are errors. */
function readDocument<T>(schema: z.ZodType<T>, { name, text }: DocumentText, problems: DocumentProblem[]): T | null {
  const lines = new LineCounter();
  const document = isTooDeep(text) ? null : parseDocument(text, { version: "1.2", uniqueKeys: false, lineCounter: lines });
  const errors = document === null ? ["The text is nested too deeply."] : [...syntaxErrors(document), ...repeatedKeys(document, lines)];
  for (const message of errors.slice(0, MOST_ERRORS))
    problems.push({ severity: "error", path: name, message, dispute: SYNTAX_DISPUTE, remedy: SYNTAX_REMEDY });
  if (document === null || errors.length > 0) return null;
  const value = plainValue(document);
  if (value instanceof Error) {
    problems.push({ severity: "error", path: name, message: value.message, dispute: SYNTAX_DISPUTE, remedy: SYNTAX_REMEDY });
    return null;
  }
  const hidden = hiddenCharacter(text, value);
  if (hidden !== null) {
    problems.push({ severity: "error", path: name, ...hidden });
    return null;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  problems.push(...parsed.error.issues.map((issue) => schemaProblem(issue, { name, document, lines })));
  return null;
}

/** Reads an agreement and its feeds and names every problem of all of them at once. */
export function readDocuments(agreementText: DocumentText, feedTexts: readonly DocumentText[]): Documents {
  const { agreements, feeds, problems } = readVersions([agreementText], feedTexts);
  return { agreement: agreements[0] ?? null, feeds, problems };
}

export interface Versions {
  /** By number; empty where one of the texts cannot be read. */
  readonly agreements: readonly Agreement[];
  readonly feeds: readonly FeedDefinition[];
  readonly problems: readonly DocumentProblem[];
}

/** Reads all versions of an agreement with their feeds; problems of one of several versions are named after it. */
export function readVersions(agreementTexts: readonly DocumentText[], feedTexts: readonly DocumentText[]): Versions {
  const problems: DocumentProblem[] = [];
  const agreements = agreementTexts.flatMap((text) => readDocument(Agreement, text, problems) ?? []);
  const feeds = feedTexts.flatMap((text) => readDocument(FeedDefinition, text, problems) ?? []);
  if (agreements.length < agreementTexts.length || feeds.length < feedTexts.length) return { agreements: [], feeds, problems };
  const sorted = agreements.toSorted((a, b) => a.version - b.version);
  const tooLarge = sorted.flatMap(lintSize);
  if (tooLarge.length > 0) return { agreements: sorted, feeds, problems: [...problems, ...tooLarge] };
  for (const agreement of sorted) {
    const prefix = sorted.length > 1 ? `version ${agreement.version}: ` : "";
    problems.push(...checkAgreement(agreement, feeds).map((found) => ({ ...found, path: `${prefix}${found.path}` })));
  }
  return { agreements: sorted, feeds, problems: [...problems, ...checkVersions(sorted)] };
}
