import type { Agreement, VolumeBand } from "../../../shared/agreement/agreement.ts";
import type { ExclusionKind, Termination } from "../../../shared/agreement/money-clauses.ts";
import { countWords } from "../../live/count-words.ts";
import { type Clause, clause } from "./clause.ts";
import { dateWords, listWords, targetName, termWords } from "./clause-words.ts";

/** Ramp-up, volume, exclusions, improvement, ending and deadlines. */
export function ruleClauses(agreement: Agreement): Clause[] {
  return [
    ...rampClauses(agreement),
    ...volumeClauses(agreement.volume),
    ...exclusionClauses(agreement),
    ...improvementClauses(agreement, agreement.improvement),
    ...agreement.termination.map((termination) =>
      clause("Ending", `termination.${termination.id}`, terminationWords(agreement, termination)),
    ),
    ...deadlineClauses(agreement.deadlines),
  ];
}

function rampClauses({ ramp }: Agreement): Clause[] {
  if (ramp === undefined) return [];
  const weeks = ramp.creditsSuspendedWeeks;
  const credits = weeks === 0 ? "" : ` No credits are due for periods that begin in its first ${weeks === 1 ? "week" : `${weeks} weeks`}.`;
  const { gate } = ramp;
  const arrived =
    gate === undefined
      ? ""
      : ` The team has arrived after ${gate.weeks} weeks in a row at the level after the ramp, each on ${gate.minimumSample} cases or more.`;
  return [clause("Ramp-up", "ramp", `Go-live is on ${dateWords(ramp.goLive)}.${credits}${arrived}`)];
}

function volumeClauses(volume: VolumeBand | undefined): Clause[] {
  if (volume === undefined) return [];
  const { forecastBy, unit, lockDaysBefore, upper, lower } = volume;
  const lock = `The ${forecastBy} forecasts the volume of the feed ${volume.feed}. The forecast is locked ${countWords(lockDaysBefore, "day")} before its month begins.`;
  const above =
    volume.above === "exclude" ? "is not counted" : "is held to a lower level: the agreed one times the upper limit, divided by the volume";
  return [
    clause("Volume", "volume.lockDaysBefore", lock, { also: ["volume.forecastBy", "volume.feed"] }),
    clause("Volume", "volume.upper", `A ${unit} with more than ${upper} of its forecast ${above}.`, {
      also: ["volume.above", "volume.unit"],
      level: upper,
    }),
    ...(lower === undefined
      ? []
      : [
          clause(
            "Volume",
            "volume.lower",
            `A ${unit} with less than ${lower} of its forecast ${volume.below === "keep" ? "still counts" : "is not counted"}.`,
            {
              also: ["volume.below"],
              level: lower,
            },
          ),
        ]),
  ];
}

const EXCLUSIONS: Readonly<Record<ExclusionKind, string>> = {
  "client-outage": "an outage of the client's systems",
  "third-party": "a failure of a third party",
  "force-majeure": "force majeure",
  volume: "volume far from the forecast",
  "agreed-change": "an agreed change",
  "bad-client-feed": "bad data from the client",
};

function exclusionClauses({ exclusions }: Agreement): Clause[] {
  if (exclusions === undefined) return [];
  const after = exclusions.undecided === "accepted" ? "counts as accepted" : "lapses";
  return [
    clause(
      "Exclusions",
      "exclusions.kinds",
      `Either side may ask that time be left out for ${listWords(
        exclusions.kinds.map((kind) => EXCLUSIONS[kind]),
        "or",
      )}.`,
    ),
    clause(
      "Exclusions",
      "exclusions.noticeWithin",
      `Notice must come within ${termWords(exclusions.noticeWithin)} after that time ends, or the claim lapses.`,
    ),
    clause(
      "Exclusions",
      "exclusions.decideWithin",
      `The other side decides within ${termWords(exclusions.decideWithin)}. A claim left undecided ${after}.`,
      {
        also: ["exclusions.undecided"],
      },
    ),
  ];
}

function improvementClauses(agreement: Agreement, improvement: Agreement["improvement"]): Clause[] {
  if (improvement === undefined) return [];
  const { formula, mostOfGap } = improvement;
  const names = listWords(improvement.targets.map((ref) => targetName(agreement, ref)));
  const rise =
    formula.by === "halfway"
      ? `After 12 months on its better side, the level of ${names} is to move halfway to the 12-month average.`
      : `The level of ${names} is to move to the mean of the best ${countWords(formula.best, "month")} of the last 12.`;
  const most = mostOfGap === undefined ? "" : ` A step is at most ${mostOfGap} of what is left to 100\u00a0%.`;
  return [clause("Improvement", "improvement", `${rise}${most} Both sides must sign it.`)];
}

function terminationWords(agreement: Agreement, termination: Termination): string {
  const notice = ` Notice must be given within ${termWords(termination.notice)}.`;
  switch (termination.when) {
    case "same-target":
      return `The agreement may be ended when one target is missed ${times(termination.times)} within ${countWords(termination.within, "period")}.${notice}`;
    case "cap-reached":
      return `The agreement may be ended when credits reach the amount at risk ${times(termination.times)} within ${countWords(termination.within, "period")}.${notice}`;
    case "below-minimum":
      return `The agreement may be ended when a target is beyond its minimum level in ${countWords(termination.times, "period")} in a row.${notice}`;
    case "rolling":
      return `The agreement may be ended when ${targetName(agreement, termination.target)} is beyond ${termination.beyond} over ${countWords(termination.within, "period")} together.${notice}`;
  }
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

function deadlineClauses({ reportWithin, claimCreditWithin, disputeWithin }: Agreement["deadlines"]): Clause[] {
  const after = (term: string) => `within ${termWords(term)} after a period ends`;
  return [
    ...(reportWithin === undefined ? [] : [clause("Deadlines", "deadlines.reportWithin", `The provider reports ${after(reportWithin)}.`)]),
    ...(claimCreditWithin === undefined
      ? []
      : [clause("Deadlines", "deadlines.claimCreditWithin", `The client claims its credits ${after(claimCreditWithin)}, or they lapse.`)]),
    ...(disputeWithin === undefined
      ? []
      : [clause("Deadlines", "deadlines.disputeWithin", `Figures may be disputed ${after(disputeWithin)}.`)]),
  ];
}
