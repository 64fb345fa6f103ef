import type { Redis } from "ioredis";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { verdictKey } from "../../shared/agreement/verdict.ts";
import { addDays } from "../../shared/calendar/day.ts";
import type { WhatIf, WhatIfRow } from "../../shared/protocol/compare.ts";
import { settle } from "../../shared/settlement/settle.ts";
import type { Settlement } from "../../shared/settlement/settlement.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readClaims } from "../../shared/store/claims.ts";
import type { Draft } from "../documents/read-draft.ts";
import { readFrom, replay } from "./replay.ts";

interface WhatIfInput {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly draft: Draft;
  readonly months: number;
  readonly nowMs: number;
}

const COMPARED = new Set(["week", "month", "quarter"]);

/** First day of the month so many months before that of a day. */
function monthsBefore(day: string, months: number): string {
  return Temporal.PlainDate.from(day).with({ day: 1 }).subtract({ months }).toString();
}

function pairs(now: readonly Verdict[], draft: readonly Verdict[], names: ReadonlyMap<string, string>): WhatIfRow[] {
  const byKey = new Map<string, WhatIfRow>();
  const at = (verdict: Verdict): WhatIfRow =>
    byKey.get(verdictKey(verdict.targetId, verdict.window)) ?? {
      targetId: verdict.targetId,
      name: names.get(verdict.targetId) ?? verdict.targetId,
      now: null,
      draft: null,
    };
  for (const verdict of now) byKey.set(verdictKey(verdict.targetId, verdict.window), { ...at(verdict), now: verdict });
  for (const verdict of draft) byKey.set(verdictKey(verdict.targetId, verdict.window), { ...at(verdict), draft: verdict });
  const startOf = ({ now: a, draft: b }: WhatIfRow): number => (a ?? b)?.window.fromMs ?? 0;
  return [...byKey.values()].toSorted((a, b) => startOf(a) - startOf(b) || (a.targetId < b.targetId ? -1 : 1));
}

function creditsOf({ periods }: Settlement): Map<string, number> {
  return new Map(periods.map(({ start, credit, atStake, open }) => [start, open ? atStake : credit]));
}

/** The last months as they were judged, beside the same months as if the draft had governed them all. Nothing is written. */
export async function whatIf({ redis, stored, draft, months, nowMs }: WhatIfInput): Promise<WhatIf> {
  const { agreement, feeds, findings } = draft;
  const currency = stored.agreement.fees?.currency ?? agreement?.fees?.currency ?? null;
  if (agreement === null || findings.some(({ severity }) => severity === "error"))
    return { findings: [...findings], currency, rows: [], credits: [] };
  const today = stored.zone.localDay(nowMs);
  const from = monthsBefore(today, months - 1);
  const { effectiveTo: _ends, ...rest } = agreement;
  const documents = stored.history.versions.map((version) => ({ agreement: version.agreement, feeds: version.feeds }));
  const span = { redis, from, to: addDays(today, 0), nowMs };
  const claims = await readClaims(redis, stored.agreement.id);
  // One after the other, so that a question takes one turn of the server's time at once, not two.
  const as = await replay({ ...span, documents });
  const would = await replay({ ...span, documents: [{ agreement: { ...rest, effectiveFrom: readFrom(from) }, feeds }] });
  const compared = ({ window }: Verdict): boolean => COMPARED.has(window.kind) && window.start >= from;
  const names = new Map(
    [...as.history.versions, ...would.history.versions].flatMap(({ targets }) =>
      targets.map(({ target }) => [target.id, target.name] as const),
    ),
  );
  const money = ({ history, verdicts }: typeof as): Map<string, number> =>
    creditsOf(settle({ versions: history.versions, verdicts, claims, nowMs }));
  const [now, then] = [money(as), money(would)];
  const starts = [...new Set([...now.keys(), ...then.keys()])].filter((start) => start >= from).toSorted();
  return {
    findings: [...findings],
    currency,
    rows: pairs(as.verdicts.filter(compared), would.verdicts.filter(compared), names),
    credits: starts.map((start) => ({ start, now: now.get(start) ?? 0, draft: then.get(start) ?? 0 })),
  };
}
