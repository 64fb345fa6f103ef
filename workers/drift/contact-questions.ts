import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Target } from "../../shared/agreement/agreement.ts";
import type { Day } from "../../shared/calendar/day.ts";
import { agentDaysOf } from "../../shared/drift/agent-days.ts";
import { agentFunnel } from "../../shared/drift/agent-funnel.ts";
import { type EdgeDay, edgeDayOf } from "../../shared/drift/edge-mass.ts";
import { askAboutShortCalls } from "../../shared/drift/gaming-short-calls.ts";
import { askAboutShortAbandons, askAboutThreshold } from "../../shared/drift/gaming-threshold.ts";
import type { Question } from "../../shared/drift/question.ts";
import { CONTACT_FACTS, type ContactFact } from "../../shared/facts/contact-fact.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import type { QuestionSpan } from "./question-span.ts";

const AT_ONCE = 1000;

type Dated = ContactFact & { readonly day: Day };

async function readContacts(
  redis: Redis,
  { agreement, zone }: StoredAgreement,
  feed: FeedDefinition,
  span: QuestionSpan,
): Promise<Dated[]> {
  const found: Dated[] = [];
  for await (const some of readRecordFacts(redis, agreement.id, feed.id)) {
    for (const [at, bytes] of some.entries()) {
      // Whatever else the process has to do is not to wait for all of them.
      if (at % AT_ONCE === 0) await setImmediate();
      const fact = CONTACT_FACTS.unpack(bytes);
      if (fact.startMs >= span.fromMs && fact.startMs < span.toMs) found.push({ ...fact, day: zone.localDay(fact.startMs) });
    }
  }
  return found;
}

function answeredBySomebody(contacts: readonly Dated[]) {
  return contacts.flatMap(({ outcome, agent, queue, day, talkMs, holdMs, handleMs }) => {
    // Without after-call work where that is known: who hangs up may write for minutes.
    const spokenMs = talkMs === null ? handleMs : talkMs + (holdMs ?? 0);
    return outcome !== "answered" || agent === null || spokenMs === null ? [] : [{ agent, queue, day, spokenMs }];
  });
}

function edgeDays(contacts: readonly Dated[], outcome: Dated["outcome"], { queues }: Target, limitMs: number): EdgeDay[] {
  const counted = contacts.filter((one) => one.outcome === outcome && (queues === "all" || queues.includes(one.queue)));
  return [...Map.groupBy(counted, ({ day }) => day).values()].map((own) =>
    edgeDayOf(
      own.flatMap(({ waitMs }) => waitMs ?? []),
      limitMs,
    ),
  );
}

interface Limit {
  readonly target: Target;
  readonly outcome: "answered" | "abandoned";
  readonly seconds: number;
}

/** Every limit of waiting that the targets on a feed name, once for the same queues. */
function limitsOf(targets: readonly Target[]): Limit[] {
  const all = targets.flatMap((target): Limit[] => {
    const { measure } = target;
    if (measure.metric !== "service-level" && measure.metric !== "abandonment") return [];
    const short = measure.shortAbandonSeconds ?? 0;
    const abandons: Limit[] = short > 0 ? [{ target, outcome: "abandoned", seconds: short }] : [];
    return measure.metric === "abandonment" ? abandons : [{ target, outcome: "answered", seconds: measure.withinSeconds }, ...abandons];
  });
  const first = new Map(all.toReversed().map((limit) => [JSON.stringify([limit.outcome, limit.seconds, limit.target.queues]), limit]));
  return [...first.values()].toReversed();
}

/** What a month of single contacts asks: heaps at the limits of the targets, and agents who end calls in their first seconds. */
export async function contactQuestions(redis: Redis, stored: StoredAgreement, span: QuestionSpan): Promise<Question[]> {
  const { feeds, agreement } = stored;
  const questions: Question[] = [];
  const limits = limitsOf(agreement.targets);
  for (const feed of feeds.filter(({ kind }) => kind === "contact")) {
    const contacts = await readContacts(redis, stored, feed, span);
    for (const { target, outcome, seconds } of limits.filter((limit) => limit.target.feed === feed.id)) {
      const days = edgeDays(contacts, outcome, target, seconds * 1000);
      const ask = outcome === "answered" ? askAboutThreshold : askAboutShortAbandons;
      const question = ask({ about: target.id, limitMs: seconds * 1000, days, looks: limits.length });
      if (question !== null) questions.push(question);
    }
    questions.push(...askAboutShortCalls(agentFunnel(agentDaysOf(answeredBySomebody(contacts)))));
  }
  return questions;
}
