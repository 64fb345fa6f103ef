import type { DocumentProblem } from "../../shared/agreement/lint/document-problem.ts";

/** Controls, and what turns the direction of the text around it: embeddings, overrides and isolates. */
const HIDDEN = /[\u202A-\u202E\u2066-\u2069]|(?![\t\n\r\u0085])\p{Cc}/u;

/**
 * A character that nobody sees but that changes what everybody sees, so that what is signed would not be what is read: in the
 * text, or in its value, where it may have been written as an escape.
 */
export function hiddenCharacter(text: string, value: unknown): Pick<DocumentProblem, "message" | "dispute" | "remedy"> | null {
  const [plain, escaped] = [HIDDEN.exec(text), HIDDEN.exec(JSON.stringify(value) ?? "")];
  const found = plain ?? escaped;
  if (found === null) return null;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const place = plain === null ? "An escape of the text" : `Line ${text.slice(0, plain.index).split("\n").length}`;
  return {
    message: `${place} holds an invisible character (U+${code}).`,
    dispute: "It can show one side another text than the one that is judged.",
    remedy: "Delete it; letters of any language are welcome, direction and control characters are not.",
  };
}
