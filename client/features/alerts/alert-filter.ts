import { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import { aboutWords } from "./subject-words.ts";
import { TABS, type Tab } from "./alert-lanes.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** What the list is narrowed to; every part is in the address. An empty text narrows nothing. */
export interface AlertFilter {
  readonly agreement: string;
  /** A target, queue or feed by name. */
  readonly about: string;
  /** `mine`, `none`, or the id of a person. */
  readonly owner: string;
  readonly severity: string;
  readonly text: string;
}
export type FilterPart = keyof AlertFilter;

const PARAMETERS: Readonly<Record<FilterPart, string>> = {
  agreement: "agreement",
  about: "about",
  owner: "owner",
  severity: "severity",
  text: "q",
};

export function readTab(query: URLSearchParams): Tab {
  return TABS.find((tab) => tab === query.get("lane")) ?? "open";
}

export function readFilter(query: URLSearchParams): AlertFilter {
  const part = (name: FilterPart) => query.get(PARAMETERS[name]) ?? "";
  return { agreement: part("agreement"), about: part("about"), owner: part("owner"), severity: part("severity"), text: part("text") };
}

/** The address with one part of the filter changed; nothing empty stays in it. */
export function withPart(query: URLSearchParams, part: FilterPart, value: string): URLSearchParams {
  const changed = new URLSearchParams(query);
  if (value === "") changed.delete(PARAMETERS[part]);
  else changed.set(PARAMETERS[part], value);
  return changed;
}

/** The address without a filter, on the same tab. */
export function withoutFilter(query: URLSearchParams): URLSearchParams {
  const changed = new URLSearchParams(query);
  for (const name of Object.values(PARAMETERS)) changed.delete(name);
  return changed;
}

export function isFiltered(filter: AlertFilter): boolean {
  return Object.values(filter).some((value) => value !== "");
}

/** Who sees to an alert: its owner, else who acknowledged it. */
export function holderOf({ alert }: ListedAlert): { readonly id: string; readonly name: string } | null {
  const { owner, acknowledgement } = alert;
  if (owner !== null) return owner;
  return acknowledgement === null ? null : { id: acknowledgement.byId ?? acknowledgement.by, name: acknowledgement.by };
}

function isOwnedBy(listed: ListedAlert, owner: string, meId: string): boolean {
  const holder = holderOf(listed);
  return owner === "none" ? holder === null : holder?.id === (owner === "mine" ? meId : owner);
}

function holdsText(listed: ListedAlert, text: string): boolean {
  const { alert, agreement } = listed;
  const all = [alert.headline, agreement.name, agreement.provider, holderOf(listed)?.name ?? "", ...aboutWords(listed)];
  const known = all.join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => known.includes(word));
}

/** Whether an alert is one of those asked for. @param meId the reader's id, as alerts name people. */
export function isAskedFor(listed: ListedAlert, filter: AlertFilter, meId: string): boolean {
  const { agreement, about, owner, severity, text } = filter;
  return (
    (agreement === "" || listed.agreement.id === agreement) &&
    (severity === "" || listed.alert.severity === severity) &&
    (about === "" || aboutWords(listed).includes(about)) &&
    (owner === "" || isOwnedBy(listed, owner, meId)) &&
    (text === "" || holdsText(listed, text))
  );
}

export interface Choice {
  readonly value: string;
  readonly name: string;
}

function choices(all: Iterable<readonly [string, string]>): readonly Choice[] {
  return [...new Map(all)].map(([value, name]) => ({ value, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What there is to choose from, given all alerts. */
export function filterChoices(all: readonly ListedAlert[], meId: string): Readonly<Record<Exclude<FilterPart, "text">, readonly Choice[]>> {
  const people = all.flatMap((listed) => {
    const holder = holderOf(listed);
    return holder === null || holder.id === meId ? [] : [[holder.id, holder.name] as const];
  });
  return {
    agreement: choices(all.map(({ agreement }) => [agreement.id, agreement.name])),
    about: choices(all.flatMap((listed) => aboutWords(listed).map((word) => [word, word] as const))),
    owner: [{ value: "mine", name: "Yours" }, { value: "none", name: "Nobody" }, ...choices(people)],
    severity: AlertSeverity.options.toReversed().map((value) => ({ value, name: SEVERITY_WORDS[value] })),
  };
}

export const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = { critical: "Critical", high: "High", warning: "Warning" };
