import { parseDocument, stringify } from "yaml";
import { FeedDefinition } from "../../../shared/feeds/definition.ts";

/** A definition as its text, or what is wrong with the text. */
export type ReadText = { readonly definition: FeedDefinition; readonly text: string } | { readonly lacks: readonly string[] };

/** A definition as a person would write it. */
export function definitionText(written: object): string {
  return stringify(written, { lineWidth: 0 });
}

/** Gives a definition of any kind another id and name, comments and all. */
export function withName(text: string, { id, name }: { readonly id: string; readonly name: string }): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  document.set("id", id);
  document.set("name", name);
  return document.toString({ lineWidth: 0 });
}

/** Reads the YAML or JSON text of a definition. Never throws. */
export function readDefinition(text: string): ReadText {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return { lacks: document.errors.map(({ message }) => message) };
  const parsed = FeedDefinition.safeParse(plainValue(document));
  if (parsed.success) return { definition: parsed.data, text };
  return { lacks: parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`)) };
}

/** Aliases that would unfold without end are refused by the package with an exception. */
function plainValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    return null;
  }
}
