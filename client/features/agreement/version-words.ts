import type { Signature, VersionView } from "../../../shared/protocol/version.ts";
import { Party } from "../../../shared/settlement/party.ts";
import { countWords } from "../../live/count-words.ts";
import { bothClocks, dayIn } from "../../ui/zone-time.ts";
import { dateWords, listWords } from "./clause-words.ts";

/** The version whose term covers the day. */
export function versionOn(versions: readonly VersionView[], day: string): VersionView | null {
  return versions.find(({ term }) => term !== null && term.from <= day && (term.to === null || day <= term.to)) ?? null;
}

/** A version that waits for a signature or for its counters; there is one at most. */
export function openVersion(versions: readonly VersionView[]): VersionView | null {
  return versions.find(({ state }) => state === "proposed" || state === "signed") ?? null;
}

/** What a version is compared with: the one before it that ever governed a day. */
export function versionBefore(versions: readonly VersionView[], version: VersionView): VersionView | null {
  const governed = versions.filter((other) => other.version < version.version && other.state === "in-force");
  return governed.toSorted((a, b) => b.version - a.version)[0] ?? null;
}

/** The sides that have not signed a proposed version. */
export function unsignedBy({ state, signatures }: VersionView): Party[] {
  if (state !== "proposed") return [];
  return Party.options.filter((party) => !signatures.some(({ by }) => by.party === party));
}

export function partyName({ agreement }: VersionView, party: Party): string {
  return agreement.parties[party];
}

/** The state for a table: "In force", "Until 30 Jun 2026", "Waits for Acme Insurance". */
export function stateWords(version: VersionView, today: string): string {
  const { state, term } = version;
  switch (state) {
    case "proposed":
      return `Waits for ${listWords(unsignedBy(version).map((party) => partyName(version, party)))}`;
    case "signed":
      return "Signed, being prepared";
    case "declined":
      return "Declined";
    case "withdrawn":
      return "Withdrawn";
    case "in-force":
      if (term === null) return "Replaced before its first day";
      if (term.from > today) return `In force from ${dateWords(term.from)}`;
      return term.to !== null && term.to < today ? "Past" : "In force";
  }
}

/** "1 Jul 2026 to 30 Sep 2026", "from 1 Jul 2026"; of a version without a term the days it asks for. */
export function termWordsOf({ term, agreement }: VersionView): string {
  const from = term?.from ?? agreement.effectiveFrom;
  const to = term === null ? (agreement.effectiveTo ?? null) : term.to;
  return to === null ? `from ${dateWords(from)}` : `${dateWords(from)} to ${dateWords(to)}`;
}

/** "Ingrid Holm for Acme Insurance, 17 Sep 10:00 Manila (04:00 yours)"; a signature on paper says so and has a day only. */
export function signatureWords(version: VersionView, { by, atMs, onPaper }: Signature, nowMs: number): string {
  const zone = version.agreement.timeZone;
  const who = `${by.name} for ${partyName(version, by.party)}`;
  return onPaper ? `${who}, on paper, ${dateWords(dayIn(zone, atMs))}` : `${who}, ${bothClocks(zone, atMs, nowMs)}`;
}

const DAY_MS = 86_400_000;

/** How many days before today a version would begin: those are judged again under it. 0 for one that does not reach back. */
export function daysBack({ agreement }: VersionView, today: string): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(agreement.effectiveFrom)) / DAY_MS));
}

/** What follows once both sides have signed, in one or two sentences. */
export function consequenceWords(version: VersionView, before: VersionView | null, today: string): string {
  const from = dateWords(version.agreement.effectiveFrom);
  const ends = before === null ? "" : ` Version ${before.version} then ends with the day before.`;
  const back = daysBack(version, today);
  if (back === 0) return `Once both sides have signed, version ${version.version} applies from ${from}.${ends}`;
  return `Once both sides have signed, version ${version.version} applies from ${from}, which is in the past: the last ${countWords(back, "day")} and every period they lie in are judged again under it, with their credits.${ends}`;
}

/** The heading of a version's page: where it stands. */
export function versionFinding(version: VersionView, today: string, mine: Party | null): string {
  const name = `Version ${version.version}`;
  const from = dateWords(version.term?.from ?? version.agreement.effectiveFrom);
  switch (version.state) {
    case "proposed": {
      const waiting = unsignedBy(version);
      if (mine !== null && waiting.includes(mine)) return `${name} waits for your signature`;
      return `${name} waits for ${listWords(waiting.map((party) => partyName(version, party)))} to sign`;
    }
    case "signed":
      return `${name} is signed by both sides and is being prepared`;
    case "declined":
      return `${name} was declined`;
    case "withdrawn":
      return `${name} was withdrawn`;
    case "in-force":
      if (version.term === null) return `${name} was replaced before its first day`;
      if (version.term.from > today) return `${name} is in force from ${from}`;
      return version.term.to !== null && version.term.to < today
        ? `${name} was in force ${dateWords(version.term.from)} to ${dateWords(version.term.to)}`
        : `${name} has been in force since ${from}`;
  }
}
