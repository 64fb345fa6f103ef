import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { DecideClaim, Forecast, NewClaim, NewForecast, WithdrawClaim } from "../../shared/protocol/claims.ts";
import { Explanation, Variants } from "../../shared/protocol/compare.ts";
import type { Snapshot } from "../../shared/protocol/live.ts";
import { ExclusionClaim } from "../../shared/settlement/claim.ts";
import type { Settlement } from "../../shared/settlement/settlement.ts";
import { INGRID } from "./client-people.ts";
import { buildVerdict } from "./client-fixture.ts";
import { buildSettlement } from "./client-settlement.ts";
import { VOICE_PERIODS } from "./client-periods.ts";

interface Asked {
  readonly snapshot: Snapshot;
  readonly request: IncomingMessage;
  readonly party: "client" | "provider";
  readonly nowMs: number;
}

const NOTHING: Settlement = { currency: null, periods: [], years: [], terminations: [], deadlines: [], proposals: [] };

/** Of ICMI's six and two more: the share each finds in the calls of the story. */
const VARIANTS = [
  { variant: "positive", says: "(answered in time + abandoned in time) ÷ (answered + abandoned)", share: 0.806 },
  { variant: "answered-only", says: "answered in time ÷ answered", share: 0.827 },
  { variant: "negative", says: "answered in time ÷ (answered + abandoned)", share: 0.7712 },
  { variant: "ignore-within", says: "answered in time ÷ (answered + abandoned − abandoned in time)", share: 0.789 },
  { variant: "short-as-met", says: "(answered in time + short abandons) ÷ (answered + abandoned)", share: 0.7834 },
  { variant: "short-excluded", says: "answered in time ÷ (answered + abandoned − short abandons)", share: 0.801 },
  { variant: "+flowouts", says: "answered in time ÷ (answered + abandoned + flowed out)", share: null },
  { variant: "talkdesk-calls", says: "(answered in time + missed in time) ÷ (answered + missed)", share: null },
] as const;

function variantVerdict(share: number, window: Verdict["window"]): Verdict {
  const n = window.kind === "month" ? 43_180 : 10_100;
  const num = Math.round((share + (window.kind === "month" ? 0 : ((window.start.charCodeAt(9) % 5) - 2) / 100)) * n);
  const isMet = num / n >= 0.8;
  return buildVerdict({ window, value: { num, den: n }, n, status: isMet ? "met" : window.open ? "at-risk" : "missed" });
}

function windowsAsked(query: URLSearchParams): Verdict["window"][] {
  const kind = query.get("kind") === "week" ? "week" : "month";
  const DAY_MS = 86_400_000;
  const starts = kind === "week" ? ["2026-09-07", "2026-09-14", "2026-09-21"] : [`${(query.get("from") ?? "").slice(0, 7)}-01`];
  return starts.map((start) => {
    const fromMs = Date.parse(`${start}T00:00:00+08:00`);
    const toMs = fromMs + (kind === "week" ? 7 : 30) * DAY_MS;
    return { kind, start, fromMs, toMs, open: start >= "2026-09-21" || start === "2026-09-01", part: false };
  });
}

function variantsAnswer(query: URLSearchParams): Variants {
  const windows = windowsAsked(query);
  return {
    targetId: "service-level",
    currency: "EUR",
    rows: VARIANTS.map(({ variant, says, share }) => {
      const verdicts = share === null ? [] : windows.map((window) => variantVerdict(share, window));
      const misses = verdicts.filter(({ status }) => status !== "met").length;
      const lacks = share === null ? "the feed has no count of calls that flowed out or were missed" : null;
      return { variant, says, agreed: variant === "ignore-within", lacks, verdicts, credit: share === null ? null : misses * 420_000 };
    }),
  };
}

function explanationAnswer(snapshot: Snapshot, targetId: string, query: URLSearchParams): Explanation {
  const asked = snapshot.verdicts.find(
    ({ targetId: id, window }) => id === targetId && window.kind === query.get("kind") && window.start === query.get("start"),
  );
  return {
    verdict: { ...(asked ?? buildVerdict({ targetId })), hash: "7d1f0c9a4be25c83f6a0d17e92b4c85f3e6a1d0b9c7f284e5d63a8b1c0f4e297" },
    lines: [
      "1 Sep to 30 Sep 2026 in Asia/Manila under version 3; 21 days have begun.",
      "3 Sep 10:00-12:00 not counted: claim c1, outage at the client, accepted, 586 calls",
      "6 Sep 00:00-06:00 not counted: outside service hours, 14 calls",
      "20 days and 17 half hours of today summed: 34,069 answered within 20 s, 41,204 answered, 3,122 abandoned, 1,146 of them within 20 s",
      "34,069 ÷ (41,204 + 3,122 − 1,146) = 34,069 ÷ 43,180",
      "No rounding is agreed: the exact figure decides.",
      "34,069 × 100 = 3,406,900 is less than 43,180 × 80 = 3,454,400: on the wrong side.",
      "The window is open until 1 Oct 00:00: at risk.",
    ],
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(z.instanceof(Uint8Array).parse(chunk)));
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

async function claimAnswer(
  { snapshot, request, party, nowMs }: Asked,
  claimId: string | undefined,
  verb: string | undefined,
): Promise<ExclusionClaim> {
  const by = { ...INGRID, party };
  const body = await bodyOf(request);
  if (claimId === undefined) {
    const { operationId: _operation, fromMs, toMs, ...said } = NewClaim.parse(body);
    const step = { atMs: nowMs, state: "claimed" as const, by, note: "" };
    const clocks = { noticeAtMs: nowMs, noticeDueMs: toMs + 2.6e8, decideByMs: nowMs + 4.3e8 };
    return ExclusionClaim.parse({
      ...said,
      ...clocks,
      id: "c5",
      window: { fromMs, toMs },
      accepted: [],
      state: "claimed",
      seq: 1,
      steps: [step],
    });
  }
  const known = ExclusionClaim.parse(snapshot.claims.find(({ id }) => id === claimId));
  const { state, note } =
    verb === "decide"
      ? { ...DecideClaim.parse(body), state: DecideClaim.parse(body).decision }
      : { ...WithdrawClaim.parse(body), state: "withdrawn" as const };
  return { ...known, state, seq: known.seq + 1, steps: [...known.steps, { atMs: nowMs, state, by, note }] };
}

async function forecastAnswer({ request, nowMs }: Asked, month: string | undefined): Promise<unknown> {
  const october = { month: "2026-10", days: { "2026-10-01": 2150, "2026-10-02": 2210 }, handedInAtMs: nowMs - 4e8, locksAtMs: nowMs + 8e7 };
  if (month === undefined) return [Forecast.parse(october)];
  const { days } = NewForecast.parse(await bodyOf(request));
  return Forecast.parse({ month, days, handedInAtMs: nowMs, locksAtMs: nowMs + 8e7 });
}

/** What the server would answer about money, claims and comparisons; `undefined` for any other address. */
export async function moneyAnswer(asked: Asked): Promise<unknown> {
  const { pathname, searchParams } = new URL(asked.request.url ?? "/", "http://localhost");
  const [area, second, third] = pathname.split("/").slice(5);
  const isRead = asked.request.method === "GET";
  if (area === "settlement") return asked.snapshot.agreement.id === "acme-voice" ? buildSettlement() : NOTHING;
  if (area === "periods") return asked.snapshot.agreement.id === "acme-voice" ? VOICE_PERIODS : [];
  if (area === "targets" && third === "variants") return Variants.parse(variantsAnswer(searchParams));
  if (area === "targets" && third === "explanation")
    return Explanation.parse(explanationAnswer(asked.snapshot, decodeURIComponent(second ?? ""), searchParams));
  if (area === "claims") return isRead ? asked.snapshot.claims : await claimAnswer(asked, second, third);
  return area === "forecasts" ? await forecastAnswer(asked, second) : undefined;
}
