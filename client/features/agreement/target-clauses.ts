import type { Agreement, Target } from "../../../shared/agreement/agreement.ts";
import { usualDirection } from "../../../shared/metrics/catalogue.ts";
import { formulasOf } from "../../../shared/metrics/formula.ts";
import { countWords } from "../../live/count-words.ts";
import { type Clause, clause } from "./clause.ts";
import { listWords, windowKindWords } from "./clause-words.ts";

/** What was promised, target by target. */
export function targetClauses(agreement: Agreement): Clause[] {
  return agreement.targets.flatMap((target) => {
    const path = `targets.${target.id}`;
    const about = target.name;
    const one = (field: string, says: string, also: readonly string[] = []) =>
      clause("Targets", `${path}.${field}`, says, { about, also: also.map((other) => `${path}.${other}`) });
    return [
      { ...one("expected", levelWords(target), ["direction", "notBelow", "minimum", "stretch", "windows"]), level: levelOf(target) },
      one("measure", `Measured as ${formulasOf(target.measure)[0].says}.`),
      one(scopeField(target), scopeWords(agreement, target), ["each", "feed"]),
      ...optional(target).map(([field, says, also]) => one(field, says, also)),
    ];
  });
}

function levelOf(target: Target): string {
  return target.notBelow === undefined ? target.expected : `${target.notBelow} to ${target.expected}`;
}

const SIDES = { "at-least": "At least", "at-most": "At most", within: "Between" } as const;

function levelWords(target: Target): string {
  const level = target.direction === "within" ? `${target.notBelow ?? "?"} and ${target.expected}, both included` : target.expected;
  const windows = listWords(target.windows.map((kind) => `each ${windowKindWords(kind)}`));
  const more = [
    target.minimum === undefined ? "" : ` The minimum level is ${target.minimum}.`,
    target.stretch === undefined ? "" : ` ${target.stretch} is the better level that earns a bonus.`,
  ];
  return `${SIDES[target.direction]} ${level}, judged for ${windows}.${more.join("")}`;
}

function scopeField(target: Target): string {
  return target.programs === undefined ? "queues" : "programs";
}

function scopeWords(agreement: Agreement, target: Target): string {
  const each = target.each === undefined ? "" : ` Each ${target.each} has a verdict of its own.`;
  const from = ` It is read from the feed ${target.feed}.`;
  if (target.programs !== undefined) {
    const names = target.programs.map((id) => agreement.programs.find((program) => program.id === id)?.name ?? id);
    return `It counts the ${target.programs.length === 1 ? "program" : "programs"} ${listWords(names)}.${each}${from}`;
  }
  if (target.queues === "all") return `It counts all queues.${each}${from}`;
  return `It counts ${target.queues.length === 1 ? "the queue" : "the queues"} ${listWords(target.queues)}.${each}${from}`;
}

type Optional = readonly [field: string, says: string, also?: readonly string[]];

const CLASSES = {
  critical: "It is a critical target.",
  key: "It is a key target.",
  objective: "It is only watched and never carries money.",
} as const;
const CLOCKS = {
  "queue-entry": "as the contact enters the queue",
  "ivr-exit": "as the contact leaves the voice menu",
  "offered-to-agent": "as the contact is offered to an agent",
  "contact-start": "as the contact begins",
} as const;
const MEASURERS = { accord: null, client: "The client measures it.", provider: "The provider measures it." } as const;

/** What only some targets say. */
function optional(target: Target): Optional[] {
  const says: (Optional | null)[] = [
    present("class", CLASSES[target.class]),
    present("clock", target.clock === undefined ? null : `The clock of a wait starts ${CLOCKS[target.clock]}.`),
    present("aggregation", aggregationWords(target)),
    sampleClause(target),
    present(
      "onNoData",
      target.onNoData === "default" ? "A closed window without data counts as missed: not measuring is a default." : null,
    ),
    present("rounding", roundingWords(target)),
    present("ramp", rampWords(target)),
    present("atRisk", warningWords(target)),
    present("measuredBy", MEASURERS[target.measuredBy]),
    present("source", target.source === undefined ? null : `Where the data comes from: ${target.source}`),
    present("clause", target.clause === undefined ? null : `In the words of the contract: “${target.clause}”`),
  ];
  return says.filter((each) => each !== null);
}

function present(field: string, says: string | null): Optional | null {
  return says === null ? null : [field, says];
}

function aggregationWords({ aggregation, measure }: Target): string | null {
  const reach = usualDirection(measure) === "at-most" ? "stay within" : "reach";
  switch (aggregation.by) {
    case "ratio-of-sums":
      return null;
    case "intervals-met": {
      const length = aggregation.minutes === undefined ? "" : `${aggregation.minutes}-minute `;
      return `The figure of a window is the share of its ${length}intervals with contacts that ${reach} ${aggregation.level}.`;
    }
    case "days-met":
      return `The figure of a window is the share of its days with contacts that ${reach} ${aggregation.level}.`;
    case "mean-of-days":
      return `The figure of a window is the plain mean of its daily figures, each rounded half up to ${countWords(aggregation.dp, "decimal")} first.`;
  }
}

function sampleClause(target: Target): Optional | null {
  const fewer = `With fewer than ${target.minimumSample} in a window`;
  if (target.minimumSample === 0) return null;
  switch (target.onLowSample) {
    case "not-proven":
      return ["minimumSample", `${fewer} nothing is proven and there is no verdict.`, ["onLowSample"]];
    case "join-previous":
      return ["minimumSample", `${fewer}, it is judged together with the window before.`, ["onLowSample"]];
    case "allow-one-miss":
      return ["minimumSample", `${fewer}, one miss is forgiven.`, ["onLowSample"]];
  }
}

function roundingWords({ rounding }: Target): string | null {
  if (rounding === undefined) return null;
  const how = rounding.mode === "down" ? "rounded down" : "rounded half up";
  return `The figure is ${how} to ${countWords(rounding.dp, "decimal")} before it is compared.`;
}

function rampWords({ ramp }: Target): string | null {
  if (ramp === undefined || ramp.length === 0) return null;
  const steps = ramp.map(({ fromWeek, toWeek, expected, minimum }) => {
    const weeks = fromWeek === toWeek ? `in week ${fromWeek}` : `in the weeks ${fromWeek} to ${toWeek}`;
    return `${expected}${minimum === undefined ? "" : ` (minimum ${minimum})`} ${weeks}`;
  });
  return `Since go-live other levels hold: ${listWords(steps)}.`;
}

function warningWords({ atRisk }: Target): string | null {
  const when = [
    atRisk?.missProbability === undefined ? null : `a miss is at least ${atRisk.missProbability} likely`,
    atRisk?.burn === undefined ? null : `its budget is used up ${atRisk.burn} times as fast as the volume passes`,
  ].filter((each) => each !== null);
  return when.length === 0 ? null : `It is called at risk when ${when.join(" or ")}.`;
}
