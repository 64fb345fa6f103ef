import type { Agreement } from "../../../shared/agreement/agreement.ts";
import type { AlertClauses, AlertSeverity, DutyRole } from "../../../shared/agreement/alert-clauses.ts";
import { countWords } from "../../live/count-words.ts";
import { type Clause, clause } from "./clause.ts";
import { dateWords, listWords } from "./clause-words.ts";

const SEVERITIES: readonly AlertSeverity[] = ["critical", "high", "warning"];
const NAMES: Readonly<Record<AlertSeverity, string>> = { critical: "critical alert", high: "high alert", warning: "warning" };
const ROLES: Readonly<Record<DutyRole, string>> = {
  provider: "the provider",
  "qa-lead": "the client's QA lead",
  "client-manager": "the client's manager",
};

/** `PT15M` is "15 minutes", `P1DT12H` is "1 day and 12 hours". */
function lengthWords(length: string): string {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u.exec(length);
  const units = ["day", "hour", "minute", "second"];
  return listWords(units.flatMap((unit, i) => (Number(parts?.[i + 1] ?? 0) === 0 ? [] : [countWords(Number(parts?.[i + 1]), unit)])));
}

/** `0.25` is "25 %". */
function shareWords(share: number): string {
  return `${Number((share * 100).toFixed(4))}\u00a0%`;
}

function dutyClauses({ escalation, acknowledgedFor }: AlertClauses): Clause[] {
  return SEVERITIES.flatMap((severity) => {
    const [chain, lasts] = [escalation[severity], acknowledgedFor[severity]];
    const steps = chain?.map(({ to, within }) => `${ROLES[to]} within ${lengthWords(within)}`) ?? [];
    return [
      ...(chain === undefined
        ? []
        : [clause("Alerts", `alerts.escalation.${severity}`, `A ${NAMES[severity]} is to be answered by ${steps.join(", else by ")}.`)]),
      ...(lasts === undefined
        ? []
        : [
            clause(
              "Alerts",
              `alerts.acknowledgedFor.${severity}`,
              `Whoever answers a ${NAMES[severity]} gives the next update within ${lengthWords(lasts)}.`,
            ),
          ]),
    ];
  });
}

function timeClauses({ hours, hold, keepFiring, reopenWithin }: AlertClauses): Clause[] {
  const passes =
    hours === "always"
      ? "The time to answer passes around the clock."
      : "The time to answer passes in service hours only, that of a critical alert around the clock.";
  return [
    clause("Alerts", "alerts.hours", passes),
    ...(hold === undefined
      ? []
      : [
          clause(
            "Alerts",
            "alerts.hold",
            `A figure is told of when it has been on the wrong side for ${lengthWords(hold)}, or three of the last five times it was judged, and at once when its window is over.`,
          ),
        ]),
    ...(keepFiring === undefined
      ? []
      : [clause("Alerts", "alerts.keepFiring", `An alert is over when all has been well for ${lengthWords(keepFiring)}.`)]),
    ...(reopenWithin === undefined
      ? []
      : [clause("Alerts", "alerts.reopenWithin", `What comes again within ${lengthWords(reopenWithin)} is the same alert.`)]),
  ];
}

function foresightClauses({ missProbability: miss, spend }: AlertClauses): Clause[] {
  return [
    ...(miss === undefined
      ? []
      : [
          clause(
            "Alerts",
            "alerts.missProbability",
            `A window that will be missed with a probability of ${shareWords(miss.warning)} or more raises a warning, from ${shareWords(miss.high)} on a high and from ${shareWords(miss.critical)} on a critical alert.`,
          ),
        ]),
    ...(spend ?? []).map(({ volume, budget, severity }, i) =>
      clause(
        "Alerts",
        `alerts.spend.${i}`,
        `A ${NAMES[severity]} comes when ${shareWords(budget)} of the misses that a window allows have come within ${shareWords(volume)} of its contacts.`,
      ),
    ),
  ];
}

function driftClauses({ drift }: AlertClauses): Clause[] {
  if (drift === undefined) return [];
  const { toleratePerMonth, watch, baselines } = drift;
  const what = watch === "all" ? "all targets" : listWords(watch);
  const most = toleratePerMonth === 1 ? "one false alarm" : `${toleratePerMonth} false alarms`;
  return [
    clause("Alerts", "alerts.drift", `The figures of ${what} are watched for drift, with at most ${most} a month, all of them together.`),
    ...Object.entries(baselines).map(([id, { from, to }]) =>
      clause("Alerts", `alerts.drift.baselines.${id}`, `What is usual of ${id} is how it was from ${dateWords(from)} to ${dateWords(to)}.`),
    ),
  ];
}

/** Who answers alerts within what time, and what raises them before a window is over. What is not written is as usual. */
export function alertClauses({ alerts }: Pick<Agreement, "alerts">): Clause[] {
  return alerts === undefined ? [] : [...dutyClauses(alerts), ...timeClauses(alerts), ...foresightClauses(alerts), ...driftClauses(alerts)];
}
