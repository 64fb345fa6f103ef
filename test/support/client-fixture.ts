import type { Verdict, VerdictStatus } from "../../shared/agreement/verdict.ts";
import type { z } from "zod";
import { Alert } from "../../shared/alerts/alert.ts";
import type { DaySeries, FeedHealth, Snapshot, TargetView } from "../../shared/protocol/live.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import { buildOutlook } from "./client-outlook.ts";
import { VOICE_RESTATEMENTS } from "./client-restatements.ts";
import { NO_COUNTS, type Receipt } from "../../shared/protocol/receipt.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";

export const FIXTURE_DAY = "2026-09-21";
/** The moment of the story: Mon 21 Sep 2026, 14:32 in Manila, 07:32 in Lisbon. */
export const FIXTURE_NOW_MS = Date.parse(`${FIXTURE_DAY}T14:32:00+08:00`);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A small seeded generator (mulberry32), so that every picture of the fixture is the same. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface TargetStory {
  readonly view: TargetView;
  readonly expected: Verdict["expected"];
  /** Lower end of a band. */
  readonly notBelow?: Verdict["notBelow"];
  readonly month: {
    readonly status: VerdictStatus;
    readonly value: Verdict["value"];
    readonly n: number;
    readonly reason: string;
    readonly needed?: number;
    readonly fed?: Verdict["fed"];
    readonly recomputed?: Verdict["recomputed"];
    readonly ifAllAccepted?: Verdict["ifAllAccepted"];
  };
  readonly today: VerdictStatus;
  /** Where the month will end, as far as the story knows. */
  readonly outlook?: Partial<Outlook>;
  /** Middle and spread of the daily figures, in the unit of the value. */
  readonly daily: { readonly middle: number; readonly spread: number; readonly den: number };
}

interface AgreementStory {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly timeZone: string;
  readonly utcOffsetHours: number;
  readonly asOfMs: number;
  readonly targets: readonly TargetStory[];
  readonly feeds: readonly FeedHealth[];
  readonly alerts: readonly Alert[];
  readonly receipts: readonly Receipt[];
  readonly claims: readonly ExclusionClaim[];
  /** Verdicts of other windows than the month and the days. */
  readonly otherVerdicts?: readonly Verdict[];
}

export function buildTargetView(overrides: Partial<TargetView> & Pick<TargetView, "id" | "name">): TargetView {
  return {
    clause: null,
    feed: "acd-intervals",
    queues: "all",
    formula: "Calls answered within 20 s, divided by calls answered and calls abandoned in the queue.",
    detail: "within 20 s",
    variant: "service-level/ignore-within/20",
    unit: "ratio",
    direction: "at-least",
    expected: "80 %",
    notBelow: null,
    minimum: null,
    minimumSample: 0,
    class: "key",
    windows: ["day", "month"],
    of: null,
    ...overrides,
  };
}

export function buildVerdict(overrides: Partial<Verdict> & { readonly day?: string }): Verdict {
  const { day = FIXTURE_DAY, ...rest } = overrides;
  const fromMs = Date.parse(`${day}T00:00:00+08:00`);
  return {
    targetId: "service-level",
    version: 3,
    window: { kind: "day", start: day, fromMs, toMs: fromMs + DAY_MS, open: day === FIXTURE_DAY, part: false },
    status: "met",
    unit: "ratio",
    value: { num: 820, den: 1000 },
    n: 1000,
    needed: null,
    direction: "at-least",
    expected: { mantissa: 80, dp: 2 },
    notBelow: null,
    belowMinimum: false,
    default: null,
    recomputed: null,
    ifAllAccepted: null,
    interval: null,
    fed: null,
    asOfMs: Date.parse("2026-09-21T14:30:00+08:00"),
    reason: "The figure is on the agreed side.",
    trace: [],
    hash: "",
    ...rest,
  };
}

export function buildAlert(overrides: Partial<z.input<typeof Alert>> & Pick<Alert, "id" | "headline">): Alert {
  const raisedAtMs = overrides.raisedAtMs ?? FIXTURE_NOW_MS - 32 * 60_000;
  return Alert.parse({
    agreementId: "acme-voice",
    subject: { kind: "target", targetId: "service-level", window: "day", start: FIXTURE_DAY },
    episode: 1,
    status: "open",
    severity: "critical",
    seq: 1,
    raisedAtMs,
    changedAtMs: raisedAtMs,
    acknowledgement: null,
    resolution: null,
    history: [{ seq: 1, kind: "raised", atMs: raisedAtMs, by: "Accord", note: overrides.headline }],
    ...overrides,
  });
}

export function buildReceipt(overrides: Partial<Receipt> & Pick<Receipt, "number">): Receipt {
  const acceptedAtMs = overrides.acceptedAtMs ?? FIXTURE_NOW_MS - 60_000;
  return {
    id: `acme-voice.r${overrides.number}`,
    agreementId: "acme-voice",
    feedId: "acme-voice.acd-intervals",
    state: "applied",
    sha256: "9f2c41d07b3e55a1c8e0f4a2d6b19c73e5f0a8b4c2d1e6f79a3b5c7d9e1fe7a3",
    bytes: 412,
    filename: "intervals_1430.csv",
    acceptedAtMs,
    acceptedFrom: "key bayanihan-prod",
    settledAtMs: acceptedAtMs + 210,
    attempts: 1,
    counts: { ...NO_COUNTS, rows: 2, applied: 2 },
    progressRows: 2,
    problems: [],
    fileProblems: [],
    ...overrides,
  };
}

function dayVerdictsOf(story: AgreementStory, target: TargetStory, random: () => number): Verdict[] {
  return Array.from({ length: 21 }, (_, index) => {
    const isToday = index === 20;
    const dayMs = Date.parse("2026-09-01T00:00:00Z") + index * DAY_MS;
    const start = new Date(dayMs).toISOString().slice(0, 10);
    const fromMs = dayMs - story.utcOffsetHours * HOUR_MS;
    const figure = target.daily.middle + (random() - 0.5) * 2 * target.daily.spread;
    const num = Math.round(figure * target.daily.den);
    const level = target.expected.mantissa / 10 ** target.expected.dp;
    const isGood = target.view.direction === "at-least" ? figure >= level : figure <= level;
    const status = isToday ? target.today : target.month.status === "not-derivable" ? "not-derivable" : isGood ? "met" : "missed";
    const hasValue = status !== "no-data" && status !== "not-derivable";
    return buildVerdict({
      targetId: target.view.id,
      window: { kind: "day", start, fromMs, toMs: fromMs + DAY_MS, open: isToday, part: false },
      status,
      unit: target.view.unit,
      direction: target.view.direction,
      expected: target.expected,
      notBelow: target.notBelow ?? null,
      value: hasValue ? { num, den: target.daily.den } : null,
      n: hasValue ? target.daily.den : 0,
      asOfMs: hasValue ? (isToday ? story.asOfMs : fromMs + DAY_MS) : null,
      reason: target.month.reason,
    });
  });
}

function monthOf(story: AgreementStory): Verdict["window"] {
  const fromMs = Date.parse("2026-09-01T00:00:00Z") - story.utcOffsetHours * HOUR_MS;
  return { kind: "month", start: "2026-09-01", fromMs, toMs: fromMs + 30 * DAY_MS, open: true, part: false };
}

function outlookOf(story: AgreementStory, target: TargetStory): Outlook | null {
  if (target.outlook === undefined) return null;
  return buildOutlook({ targetId: target.view.id, window: monthOf(story), asOfMs: story.asOfMs, ...target.outlook });
}

function monthVerdictOf(story: AgreementStory, target: TargetStory): Verdict {
  const { status, value, n, reason, needed = null, fed = null, recomputed = null, ifAllAccepted = null } = target.month;
  return buildVerdict({
    targetId: target.view.id,
    window: monthOf(story),
    status,
    unit: target.view.unit,
    direction: target.view.direction,
    expected: target.expected,
    notBelow: target.notBelow ?? null,
    value,
    n,
    needed,
    fed,
    recomputed,
    ifAllAccepted,
    asOfMs: value === null ? null : story.asOfMs,
    reason,
    trace:
      value === null
        ? []
        : [`numerator = ${value.num}`, `denominator = ${value.den}`, `n = ${n}, minimum sample ${target.view.minimumSample}`, `${reason}`],
  });
}

/** Half hours from six to the as-of of the story, hours outside service closed. */
function seriesOf(story: AgreementStory, target: TargetStory, random: () => number): DaySeries {
  const fromMs = Date.parse("2026-09-21T00:00:00Z") - story.utcOffsetHours * HOUR_MS;
  const open = fromMs + 6 * HOUR_MS;
  const close = fromMs + 22 * HOUR_MS;
  const points: DaySeries["points"] = [];
  for (let startMs = open; startMs < Math.min(close, story.asOfMs); startMs += HOUR_MS / 2) {
    const den = Math.round((target.daily.den / 34) * (0.7 + random() * 0.6)) + 1;
    const dip = target.today === "at-risk" && startMs > open + 4 * HOUR_MS ? target.daily.spread * 1.2 : -target.daily.spread * 0.6;
    const figure = target.daily.middle - (target.view.direction === "at-least" ? dip : -dip) + (random() - 0.5) * target.daily.spread;
    points.push({
      startMs,
      num: Math.max(0, Math.min(target.view.unit === "ratio" ? den : Number.MAX_SAFE_INTEGER, Math.round(figure * den))),
      den,
    });
  }
  return {
    targetId: target.view.id,
    day: FIXTURE_DAY,
    fromMs: open - HOUR_MS,
    toMs: close + HOUR_MS,
    intervalMs: HOUR_MS / 2,
    closed: [
      { fromMs: open - HOUR_MS, toMs: open },
      { fromMs: close, toMs: close + HOUR_MS },
    ],
    points: target.month.status === "not-derivable" ? [] : points,
  };
}

/** The whole state of one agreement of the story, as the server would answer it. */
export function buildSnapshot(story: AgreementStory, seed = 7): Snapshot {
  const random = seeded(seed);
  const days = story.targets.flatMap((target) => dayVerdictsOf(story, target, random));
  return {
    seq: 100,
    atMs: FIXTURE_NOW_MS,
    agreement: {
      id: story.id,
      name: story.name,
      version: 3,
      client: "Acme Insurance",
      provider: story.provider,
      timeZone: story.timeZone,
      effectiveFrom: "2026-07-01",
      intervalMinutes: 30,
      targets: story.targets.map((target) => target.view),
    },
    verdicts: [...story.targets.map((target) => monthVerdictOf(story, target)), ...days, ...(story.otherVerdicts ?? [])],
    series: story.targets.map((target) => seriesOf(story, target, random)),
    alerts: [...story.alerts],
    feeds: [...story.feeds],
    receipts: [...story.receipts],
    outlooks: story.targets.flatMap((target) => outlookOf(story, target) ?? []),
    claims: [...story.claims],
    restatements: story.id === "acme-voice" ? [...VOICE_RESTATEMENTS] : [],
    pendingVersions: [],
  };
}

export type { AgreementStory, TargetStory };
