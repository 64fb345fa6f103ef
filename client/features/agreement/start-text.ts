import type { VersionView } from "../../../shared/protocol/version.ts";
import { nextMonth, quoted, withTopLevel } from "./edit-text.ts";
import type { ReadDocument } from "./read-document.ts";

interface Start {
  readonly base: VersionView;
  /** The number of the version to come. */
  readonly number: number;
  readonly today: string;
}

/** The text of the version in force with what a next version must change: its number, its first day and its reason. */
export function startText(read: (text: string) => ReadDocument, { base, number, today }: Start): string {
  const put = (text: string, key: string, value: string) => {
    const { linesOf } = read(text);
    const at = linesOf(key);
    return withTopLevel(text, `${key}: ${value}`, { at: at?.isExact === true ? at : null, after: linesOf("version") });
  };
  const dated = put(read(base.text).asYaml(), "effectiveFrom", nextMonth(today));
  return put(put(dated, "version", String(number)), "reason", quoted(""));
}
