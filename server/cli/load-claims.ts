import { z } from "zod";
import { createZone, type Zone } from "../../shared/calendar/zone.ts";
import type { AgreementHistory } from "../../shared/agreement/history.ts";
import { EXCLUSION_KINDS } from "../../shared/agreement/money-clauses.ts";
import type { Range } from "../../shared/calendar/range.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { type ClaimResult, lapse, moveClaim, openClaim } from "../../shared/settlement/claim-transition.ts";
import { CommandError } from "./command.ts";
import { readYaml } from "./load-documents.ts";

const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/u, {
  error: 'must be a day or a clock time in the agreement\'s zone, such as 1999-01-13 or "1999-01-13T09:30"',
});
const LocalRange = z.strictObject({ from: LocalTime, to: LocalTime });

const ClaimFile = z.strictObject({
  accord: z.literal("claims/1"),
  claims: z.array(
    z.strictObject({
      kind: z.enum(EXCLUSION_KINDS),
      targets: z.union([z.literal("all"), z.array(z.string()).min(1)]).default("all"),
      from: LocalTime,
      /** The end, not included. */
      to: LocalTime,
      /** When notice was given. */
      noticed: LocalTime,
      evidence: z.string().default(""),
      mitigation: z.string().default(""),
      /** What the other side said; without it the claim is open, or ends as the agreement says. */
      decided: z
        .strictObject({ at: LocalTime, as: z.enum(["accepted", "partly", "rejected"]), accepted: z.array(LocalRange).default([]) })
        .optional(),
    }),
  ),
});
type Entry = z.infer<typeof ClaimFile>["claims"][number];

const PROVIDER = { id: "provider", name: "Provider", party: "provider" } as const;
const CLIENT = { id: "client", name: "Client", party: "client" } as const;

function instant(zone: Zone, text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone.timeZone).epochMilliseconds;
}

function done(result: ClaimResult, name: string): ExclusionClaim {
  if (result.kind === "done") return result.claim;
  throw new CommandError(`${name}: ${result.why} ${result.remedy}`);
}

interface Told {
  readonly id: string;
  readonly name: string;
  readonly nowMs: number;
}

function told(history: AgreementHistory, entry: Entry, { id, name, nowMs }: Told): ExclusionClaim[] {
  const zone = createZone(history.latest.agreement.timeZone);
  const at = (text: string): number => instant(zone, text);
  const range = ({ from, to }: { from: string; to: string }): Range => ({ fromMs: at(from), toMs: at(to) });
  if (at(entry.noticed) > nowMs) return [];
  const version = history.contextOn(zone.localDay(at(entry.from))) ?? history.latest;
  const rules = version.agreement.exclusions;
  const { kind, targets, evidence, mitigation, decided } = entry;
  const demand = { id, kind, targets, evidence, mitigation, window: range(entry), by: PROVIDER, atMs: at(entry.noticed) };
  const claim = done(openClaim(demand, { rules, timeZone: zone.timeZone }), name);
  if (rules === undefined) return [claim];
  if (claim.state !== "claimed" || decided === undefined || at(decided.at) > nowMs) return [lapse(claim, nowMs, rules)];
  const accepted = decided.accepted.map(range);
  const event = {
    kind: "decide",
    by: CLIENT,
    atMs: at(decided.at),
    expectedSeq: claim.seq,
    decision: decided.as,
    accepted,
    note: "",
  } as const;
  return [done(moveClaim(claim, event), name)];
}

/**
 * Claims as a file tells them, each taken through the agreement's own rules: a late notice lapses, an undecided claim ends as agreed.
 *
 * @throws CommandError when the file cannot be read or the agreement refuses a claim.
 */
export async function loadClaims(path: string | undefined, history: AgreementHistory, nowMs: number): Promise<ExclusionClaim[]> {
  if (path === undefined) return [];
  const file = await readYaml(path, ClaimFile);
  return file.claims.flatMap((entry, i) => told(history, entry, { id: `c${i + 1}`, name: `${path}, claim ${i + 1}`, nowMs }));
}
