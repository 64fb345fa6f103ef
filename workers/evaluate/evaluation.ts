import { type Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import { isInTerm } from "../../shared/agreement/windows.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../shared/alerts/subject.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import type { DaySeries, StreamEvent } from "../../shared/protocol/live.ts";
import { type KnownState, readStates } from "../../shared/store/alert-states.ts";
import type { Write } from "../../shared/store/commit.ts";
import { inPieces } from "../../shared/store/in-pieces.ts";
import { jsonText } from "../../shared/store/json-text.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { seriesOf } from "../../shared/store/series.ts";
import { verdictSignal } from "./alert-moves.ts";
import type { EvaluationRequest } from "./evaluation-request.ts";
import { judge } from "./judge.ts";
import { outlookSignals, outlookSubjects } from "./outlook-signals.ts";
import { type Plan, plansOf, volumesOf } from "./plan.ts";
import { hasChart, windowsLeft } from "./spared.ts";
import { spendSignals, spendSubjects } from "./spend-signals.ts";

/** A verdict that is published anew, beside the text of the one before. */
export interface VerdictChange {
  readonly before: string | null;
  readonly verdict: Verdict;
}

/** What an evaluation wants written and told; data, carried out by the publisher. */
export interface EvaluationOutcome {
  readonly writes: Write[];
  readonly events: StreamEvent[];
  readonly ledger: LedgerEntry[];
  readonly signals: SignalEvent[];
  readonly changes: VerdictChange[];
  /** What is known of the alerts that the signals may be about, and of the feeds'. */
  readonly states: ReadonlyMap<string, KnownState>;
}

/** The published state by its stored name, as text. */
type Published = ReadonlyMap<string, string | null>;

export function verdictEntry(agreementId: string, verdict: Verdict, nowMs: number): LedgerEntry {
  return {
    v: 1,
    kind: "verdict-sealed",
    agreement: agreementId,
    atMs: nowMs,
    actor: "accord",
    target: verdict.targetId,
    version: verdict.version,
    window: `${verdict.window.kind}.${verdict.window.start}`,
    status: verdict.status,
    num: verdict.value?.num ?? 0,
    den: verdict.value?.den ?? 0,
    default: verdict.default,
    sha256: verdict.hash,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** What is published of the windows that are judged, and what is known of their alerts. */
interface Standing {
  readonly adjustments: Published;
  readonly outlooks: Published;
  readonly series: Published;
  readonly days: readonly DaySeries[];
  readonly states: ReadonlyMap<string, KnownState>;
}

/** What is published is asked for in one round: each to the store costs as much as an evaluation. */
async function readStanding(request: EvaluationRequest, plans: readonly Plan[], subjects: readonly string[]): Promise<Standing> {
  const { redis, stored, closedIn } = request;
  const closed = plans.flatMap((plan) => namesOf({ ...plan, windows: plan.windows.filter((window) => closedIn(window) !== null) }));
  const ahead = plans.flatMap(namesOf).filter((name) => !name.includes(".day."));
  const [adjustments, outlooks, series, states, days] = await Promise.all([
    readPublished(request, "adjusted", closed),
    readPublished(request, "outlooks", ahead),
    readPublished(
      request,
      "series",
      plans.map(({ compiled }) => compiled.target.id),
    ),
    readStates(redis, stored.agreement.id, subjects),
    Promise.all(plans.map(async (plan) => await seriesToday(request, plan))),
  ]);
  return { adjustments, outlooks, series, states, days: days.filter((day) => day !== null) };
}

/** Of targets for whose queues no rows came: those of which something must be judged or drawn all the same. */
function plansLeft(request: EvaluationRequest, spared: readonly Plan[], verdicts: Published): Plan[] {
  const left = spared.map((plan) => {
    const windows = windowsLeft(request, plan, (window) => verdicts.get(verdictKey(plan.compiled.target.id, window)) ?? null);
    return { ...plan, windows };
  });
  return left.filter((plan) => plan.windows.length > 0 || !hasChart(request, plan));
}

/** Evaluates every window that changed days, closed windows or silent feeds touch, and keeps what differs from the published state. */
export async function evaluateAgreement(request: EvaluationRequest): Promise<EvaluationOutcome> {
  const { source } = request;
  const plans = plansOf(request);
  const volumes = volumesOf(request);
  const { touched = [], spared = [] } = Object.groupBy(plans, ({ isSpared }) => (isSpared ? "spared" : "touched"));
  source.narrowTo([...touched, ...volumes]);
  const [verdicts, first] = await Promise.all([
    readPublished(request, "verdicts", plans.flatMap(namesOf)),
    readStanding(request, touched, [...subjectsOf(request, touched), ...commonSubjects(request)]),
    Promise.all(plans.map(async (plan) => await count(request, plan))),
    Promise.all(volumes.map(async (volume) => await source.renew(volume, volume.changedDays))),
  ]);
  const left = plansLeft(request, spared, verdicts);
  const second = left.length === 0 ? null : await readStanding(request, left, subjectsOf(request, left));
  const outcome: EvaluationOutcome = { writes: [], events: [], ledger: [], signals: [], changes: [], states: first.states };
  await keepAll(request, touched, { ...first, verdicts }, outcome);
  if (second !== null) await keepAll(request, left, { ...second, verdicts }, outcome);
  outcome.writes.push(...source.writes());
  return second === null ? outcome : { ...outcome, states: new Map([...first.states, ...second.states]) };
}

/** Judges every window of some plans. */
async function keepAll(
  request: EvaluationRequest,
  plans: readonly Plan[],
  { verdicts, adjustments, outlooks, states, series, days }: Standing & { readonly verdicts: Published },
  outcome: EvaluationOutcome,
): Promise<void> {
  for (const plan of plans) {
    for (const judged of judge(request, plan)) {
      const { verdict, outlook } = judged;
      keepVerdict(request, { plan, verdict, published: verdicts, adjustments }, outcome);
      keepOutlook(request, { name: verdictKey(verdict.targetId, verdict.window), outlook, published: outlooks }, outcome);
      outcome.signals.push(...outlookSignals(request, plan, judged, states), ...(await spendSignals(request, plan, judged, states)));
    }
  }
  for (const day of days) keepSeries(request, day, series, outcome);
}

/** Takes the changed days anew and loads what else the plan needs, of whichever version governs each day. */
async function count({ source }: EvaluationRequest, plan: Plan): Promise<void> {
  const changed = new Set(plan.changedDays);
  const loads = plan.needs.map(async (need) => await source.load(need, need.compiled === plan.compiled ? changed : NONE));
  await Promise.all([source.renew(plan, plan.changedDays), ...loads]);
}

function namesOf({ compiled, windows }: Plan): string[] {
  return windows.map((window) => verdictKey(compiled.target.id, window));
}

function subjectsOf({ stored }: EvaluationRequest, plans: readonly Plan[]): string[] {
  const windows = plans.flatMap((plan) =>
    plan.windows
      .filter(({ toMs }) => toMs > stored.sinceMs)
      .flatMap((window): AlertSubject[] => {
        const targetId = plan.compiled.target.id;
        const verdict = { kind: "target" as const, targetId, window: window.kind, start: window.start };
        return [verdict, ...outlookSubjects(targetId, window), ...spendSubjects(plan, window)];
      }),
  );
  return [...new Set(windows.map(subjectKey))];
}

function commonSubjects({ stored }: EvaluationRequest): string[] {
  return [...stored.feeds.map(({ id }) => subjectKey({ kind: "feed", feed: id })), subjectKey({ kind: "provider" })];
}

async function readPublished(
  { redis, stored }: EvaluationRequest,
  what: "verdicts" | "adjusted" | "outlooks" | "series",
  names: string[],
): Promise<Published> {
  const key = agreementKeys(stored.agreement.id)[what];
  const texts = (await Promise.all(inPieces(names).map(async (some) => await redis.hmget(key, ...some)))).flat();
  return new Map(names.map((name, i) => [name, texts[i] ?? null]));
}

async function seriesToday({ stored, nowMs, dirty, revisit, source }: EvaluationRequest, plan: Plan): Promise<DaySeries | null> {
  const { context, compiled } = plan;
  const { feed } = compiled.target;
  const today = stored.zone.localDay(nowMs);
  if (!isInTerm(context.term, today) || (dirty.get(feed)?.has(today) !== true && !revisit.has(today))) return null;
  return seriesOf(context, compiled, today, await source.intervalsOf(compiled, today));
}

/** A file changes the day of its feed; most targets of that feed look as before, and a chart is most of what is sent. */
function keepSeries({ stored }: EvaluationRequest, day: DaySeries, known: Published, outcome: EvaluationOutcome): void {
  const text = JSON.stringify(day);
  if (text === known.get(day.targetId)) return;
  outcome.writes.push(["HSET", agreementKeys(stored.agreement.id).series, day.targetId, text]);
  outcome.events.push({ kind: "day:changed", series: day });
}

interface JudgedVerdict {
  readonly plan: Plan;
  readonly verdict: Verdict;
  readonly published: Published;
  readonly adjustments: Published;
}

/** A closed period's verdicts stay as both sides signed them; what the facts say now is kept beside them. */
function keepAdjustment(
  { stored, nowMs }: EvaluationRequest,
  { verdict, published, adjustments }: JudgedVerdict,
  period: string,
  outcome: EvaluationOutcome,
): void {
  const { id } = stored.agreement;
  const { adjusted } = agreementKeys(id);
  const name = verdictKey(verdict.targetId, verdict.window);
  const [closed, text] = [published.get(name) ?? null, jsonText(verdict)];
  const known = adjustments.get(name) ?? closed;
  if (text === known) return;
  outcome.writes.push(text === closed ? ["HDEL", adjusted, name] : ["HSET", adjusted, name, text]);
  outcome.events.push({ kind: "period:changed", period, change: "adjusted" });
  outcome.changes.push({ before: known, verdict });
  outcome.ledger.push(verdictEntry(id, verdict, nowMs));
}

function keepVerdict(request: EvaluationRequest, judged: JudgedVerdict, outcome: EvaluationOutcome): void {
  const period = request.closedIn(judged.verdict.window);
  if (period !== null) return keepAdjustment(request, judged, period, outcome);
  const { stored, nowMs } = request;
  const { plan, verdict, published } = judged;
  const { id } = stored.agreement;
  const name = verdictKey(verdict.targetId, verdict.window);
  if (verdict.window.toMs > stored.sinceMs) outcome.signals.push(verdictSignal(id, plan.compiled, verdict, nowMs));
  const text = jsonText(verdict);
  const before = published.get(name) ?? null;
  if (text === before) return;
  outcome.changes.push({ before, verdict });
  outcome.writes.push(["HSET", agreementKeys(id).verdicts, name, text]);
  outcome.events.push({ kind: "verdict:changed", verdict });
  if (!verdict.window.open) outcome.ledger.push(verdictEntry(id, verdict, nowMs));
}

interface JudgedOutlook {
  readonly name: string;
  readonly outlook: Outlook | null;
  readonly published: Published;
}

/** Only open windows have an outlook: with the window it goes. */
function keepOutlook({ stored }: EvaluationRequest, { name, outlook, published }: JudgedOutlook, outcome: EvaluationOutcome): void {
  const { outlooks } = agreementKeys(stored.agreement.id);
  const before = published.get(name) ?? null;
  if (outlook === null) {
    if (before !== null) outcome.writes.push(["HDEL", outlooks, name]);
    return;
  }
  const text = jsonText(outlook);
  if (text === before) return;
  outcome.writes.push(["HSET", outlooks, name, text]);
  outcome.events.push({ kind: "outlook:changed", outlook });
}
