/**
 * Which episodes of an alert there are, minute by minute, from the table of the reference and not from the code: a breach that
 * was held for `hold` minutes of data, or three of the last five evaluations, is an episode; evidence that it is over, held for
 * `keep` minutes of data, ends it; a breach at most `reopen` minutes after an end is the same episode. Four turns within twenty
 * evaluations are flapping: no end is told until there are two at most, or the evidence has not turned for 240 minutes of data;
 * then the turns before are forgotten.
 */
export interface NaiveMoment {
  readonly minute: number;
  readonly says: "clear" | "warning" | "high" | "critical" | "no data";
}

export interface NaiveTerms {
  readonly hold: number;
  readonly keep: number;
  readonly reopen: number;
}

/** When it stood, from and until (`null`: still), and the worst it has been. */
export interface NaiveEpisode {
  readonly spans: [number, number | null][];
  peak: string;
}

const ORDER = ["warning", "high", "critical"];

function worse(one: string, other: string): string {
  return ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other;
}

function turnsIn(marks: readonly string[]): number {
  let turns = 0;
  for (let i = marks.length - 19; i < marks.length; i += 1) if ((marks[i] ?? "clear") !== (marks[i - 1] ?? "clear")) turns += 1;
  return turns;
}

/** The evidence so far: every evaluation, and for how many minutes of data the last has said the same. */
class Evidence {
  marks: ("breach" | "clear")[] = [];
  severity = "warning";
  heldFor = 0;
  isSilent = false;

  get isBreach(): boolean {
    return this.marks.at(-1) === "breach";
  }

  hear(says: NaiveMoment["says"]): void {
    this.isSilent = says === "no data";
    if (says === "no data") return;
    const mark = says === "clear" ? "clear" : "breach";
    if (mark !== (this.marks.at(-1) ?? "clear")) this.heldFor = 0;
    this.marks.push(mark);
    if (says !== "clear") this.severity = says;
  }

  isMostly(): boolean {
    return this.marks.slice(-5).filter((mark) => mark === "breach").length >= 3;
  }
}

/** The episodes of one fingerprint until `end`, given all that is heard of it in the order of time. */
export function naiveEpisodes(moments: readonly NaiveMoment[], { hold, keep, reopen }: NaiveTerms, end: number): NaiveEpisode[] {
  const episodes: NaiveEpisode[] = [];
  const evidence = new Evidence();
  let isFlapping = false;
  let next = 0;

  const standing = () => {
    const last = episodes.at(-1);
    return last?.spans.at(-1)?.[1] === null ? last : undefined;
  };
  const begin = (minute: number) => {
    const last = episodes.at(-1);
    const endedAt = last?.spans.at(-1)?.[1] ?? null;
    if (last === undefined || endedAt === null || minute - endedAt > reopen)
      episodes.push({ spans: [[minute, null]], peak: evidence.severity });
    else {
      last.spans.push([minute, null]);
      last.peak = worse(evidence.severity, last.peak);
    }
  };
  const finish = (minute: number) => {
    const span = standing()?.spans.at(-1);
    if (span !== undefined) span[1] = minute;
    isFlapping = false;
  };
  const look = (minute: number) => {
    const stands = standing() !== undefined;
    if (!stands && evidence.isBreach && evidence.heldFor >= hold) begin(minute);
    if (stands && !evidence.isBreach && !isFlapping && evidence.heldFor >= keep) finish(minute);
  };

  for (let minute = 0; minute <= end; minute += 1) {
    if (isFlapping && evidence.heldFor >= 240 && !evidence.isSilent) {
      isFlapping = false;
      evidence.marks = evidence.marks.slice(-1);
    }
    if (!evidence.isSilent) look(minute);
    for (; moments[next]?.minute === minute; next += 1) {
      const says = moments[next]?.says ?? "no data";
      evidence.hear(says);
      if (says === "no data") continue;
      if (standing() === undefined && evidence.isBreach && evidence.isMostly()) begin(minute);
      look(minute);
      const stands = standing();
      if (stands !== undefined && says !== "clear") stands.peak = worse(says, stands.peak);
      const turns = turnsIn(evidence.marks);
      if (stands !== undefined && turns >= 4) isFlapping = true;
      if (turns <= 2) isFlapping = false;
      look(minute);
    }
    if (!evidence.isSilent) evidence.heldFor += 1;
  }
  return episodes;
}
