import { decimalToNumber } from "../../stats/decimal.ts";
import type { Agreement, Target } from "../agreement.ts";
import type { AlertClauses, AlertSeverity } from "../alert-clauses.ts";
import { parseLevel } from "../level.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { lintDrift } from "./drift-clauses.ts";
import { agreedUnit } from "./target-levels.ts";

const SEVERITIES: readonly AlertSeverity[] = ["warning", "high", "critical"];
const DAY_MS = 86_400_000;
const LENGTH_MS = { day: DAY_MS, week: 7 * DAY_MS, month: 28 * DAY_MS, quarter: 90 * DAY_MS } as const;
/** Near the fastest possible spending a rule speaks too late to be of use; what is well below it is. */
const MOST_BURN = 0.9;
const USEFUL_BURN = 0.6;

function msOf(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: "millisecond" });
}

/** How fast a target's budget of misses goes if every contact misses; `null` for what has no such budget. */
function fastestOf(target: Target): number | null {
  const level = parseLevel(target.expected, agreedUnit(target));
  if (agreedUnit(target) !== "ratio" || target.direction === "within" || level === null) return null;
  const share = decimalToNumber(level);
  const allowed = target.direction === "at-least" ? 1 - share : share;
  return allowed <= 0 || target.windows.every((kind) => kind === "day") ? null : Number((1 / allowed).toFixed(6));
}

type SpendRule = NonNullable<AlertClauses["spend"]>[number];

function lintPace({ volume, budget }: SpendRule, path: string, targets: readonly Target[]): DocumentProblem[] {
  const burn = budget / volume;
  const [percent, share] = [`${Number((volume * 100).toFixed(4))} %`, `${Number((budget * 100).toFixed(4))} %`];
  const known = targets.map((target) => ({ target, fastest: fastestOf(target) })).filter(({ fastest }) => fastest !== null);
  if (burn <= 1)
    return [
      doubt(path, {
        message: `${share} of the budget in ${percent} of the volume is no faster than spending it evenly.`,
        dispute: "The alert comes although the level is just kept, and will be taken for noise.",
        remedy: `Write a budget above ${volume}.`,
      }),
    ];
  const slow = known.filter(({ fastest }) => fastest !== null && burn >= fastest * MOST_BURN);
  if (slow.length === 0 && known.length > 0) return [];
  const most = Math.max(0, ...known.map(({ fastest }) => fastest ?? 0));
  const words = {
    message:
      known.length === 0
        ? "No target has a budget of misses in a week or longer, so this rule can never be met."
        : `${share} of the budget in ${percent} of the volume is a pace of ${burn.toFixed(1)}; if every contact missed, ${slow.map(({ target, fastest }) => `${target.id} would have ${(fastest ?? 0).toFixed(2)}`).join(" and ")}.`,
    dispute: "The client will believe it is told in time; the alert never comes, or only when all is lost.",
    remedy:
      known.length === 0
        ? "Leave the rule out; missProbability works for every target."
        : `Write a budget between ${volume} and ${(most * USEFUL_BURN * volume).toPrecision(2)}.`,
  };
  return [slow.length === known.length ? problem(path, words) : doubt(path, words)];
}

function lintSpend({ spend }: AlertClauses, targets: readonly Target[]): DocumentProblem[] {
  return (spend ?? []).flatMap((rule, i) => {
    const path = `alerts.spend.${i}`;
    const isTwice = spend?.findIndex(({ volume }) => volume === rule.volume) !== i;
    const twice = problem(`${path}.volume`, {
      message: "Two rules watch the same share of the volume.",
      dispute: "The alert of one is the alert of the other, and nobody knows which was met.",
      remedy: "Leave the milder one out, or give it another volume.",
    });
    return [...(isTwice ? [twice] : []), ...lintPace(rule, path, targets)];
  });
}

function lintLevels({ missProbability }: AlertClauses): DocumentProblem[] {
  if (missProbability === undefined) return [];
  const { warning, high, critical } = missProbability;
  if (warning < high && high < critical) return [];
  return [
    problem("alerts.missProbability", {
      message: `The levels do not rise: warning ${warning}, high ${high}, critical ${critical}.`,
      dispute: "The lesser alert can never come: the worse one is there before it.",
      remedy: "Write levels that rise, such as { warning: 0.25, high: 0.5, critical: 0.9 }.",
    }),
  ];
}

function lintChain(severity: AlertSeverity, chain: NonNullable<AlertClauses["escalation"][AlertSeverity]>): DocumentProblem[] {
  const roles = chain.map(({ to }) => to);
  const path = `alerts.escalation.${severity}`;
  const provider = doubt(path, {
    message: "Nobody of the provider is asked.",
    dispute: "Those who could mend it hear of it from the other side.",
    remedy: "Begin with { to: provider, within: PT15M }.",
  });
  const client = doubt(path, {
    message: "Nobody of the client is asked, however long the provider does not answer.",
    dispute: "The client learns of it from its own customers.",
    remedy: "Add { to: qa-lead, within: PT30M }.",
  });
  return [...(roles.includes("provider") ? [] : [provider]), ...(roles.some((role) => role !== "provider") ? [] : [client])];
}

function shortestWindow(targets: readonly Target[]): { kind: string; ms: number } | null {
  const lengths = targets.flatMap(({ windows }) =>
    windows.flatMap((kind) =>
      kind === "day" || kind === "week" || kind === "month" || kind === "quarter" ? [{ kind, ms: LENGTH_MS[kind] }] : [],
    ),
  );
  return lengths.toSorted((a, b) => a.ms - b.ms)[0] ?? null;
}

/** Times that outlast the shortest window: by then the alert is about something that is over. */
function lintLengths({ acknowledgedFor, hold }: AlertClauses, targets: readonly Target[]): DocumentProblem[] {
  const shortest = shortestWindow(targets);
  if (shortest === null) return [];
  const long = SEVERITIES.filter((severity) => msOf(acknowledgedFor[severity] ?? "PT0S") > shortest.ms);
  return [
    ...long.map((severity) =>
      doubt(`alerts.acknowledgedFor.${severity}`, {
        message: `An acknowledgement lasts longer than the shortest window, a ${shortest.kind}.`,
        dispute: "The window is over before anybody is asked again what became of it.",
        remedy: "Write a shorter time; a comment prolongs it.",
      }),
    ),
    ...(hold !== undefined && msOf(hold) >= shortest.ms
      ? [
          doubt("alerts.hold", {
            message: `A breach must hold for at least a whole ${shortest.kind}, the shortest window.`,
            dispute: "Nobody is told before the window is over and missed.",
            remedy: "Write a shorter time, such as PT30M.",
          }),
        ]
      : []),
  ];
}

/** Alerts that can never come, that nobody answers, or that outlast what they are about. */
export function lintAlerts(agreement: Agreement): DocumentProblem[] {
  const { alerts, targets } = agreement;
  if (alerts === undefined) return [];
  const chains = SEVERITIES.flatMap((severity) => {
    const chain = alerts.escalation[severity];
    return chain === undefined ? [] : lintChain(severity, chain);
  });
  return [...lintLevels(alerts), ...lintSpend(alerts, targets), ...chains, ...lintLengths(alerts, targets), ...lintDrift(agreement)];
}
