import type { Agreement, Program, Target } from "./agreement.ts";

/** A target as it is judged: itself, or one member of its `each`. */
export interface Member {
  /** The target with its own id, name and queues. */
  readonly target: Target;
  /** The id as written in the agreement. */
  readonly base: string;
  readonly member: string | null;
}

function programsOf(agreement: Agreement, target: Target): readonly Program[] {
  const { programs } = target;
  return programs === undefined ? agreement.programs : agreement.programs.filter(({ id }) => programs.includes(id));
}

function unique(queues: readonly string[]): string[] {
  return [...new Set(queues)];
}

/** The queues of each member, in the order of the agreement. Programs that do not say their site (channel, language) have none. */
function queuesByMember(agreement: Agreement, target: Target, each: NonNullable<Target["each"]>): Map<string, string[]> {
  const programs = programsOf(agreement, target);
  if (each === "queue") {
    const listed = target.programs === undefined && target.queues !== "all" ? target.queues : programs.flatMap(({ queues }) => queues);
    return new Map(unique(listed).map((queue) => [queue, [queue]]));
  }
  const members = new Map<string, string[]>();
  for (const program of programs) {
    const member = each === "program" ? program.id : program[each];
    if (member !== undefined) members.set(member, unique([...(members.get(member) ?? []), ...program.queues]));
  }
  return members;
}

/**
 * The targets that are judged: a target with `each` becomes one per member, `<id>@<member>`, named `<name>, <member>`.
 * One whose `each` finds no member stays whole, so that no promise vanishes.
 */
export function expandTarget(agreement: Agreement, target: Target): Member[] {
  const whole = target.programs === undefined ? target.queues : unique(programsOf(agreement, target).flatMap(({ queues }) => queues));
  const members = target.each === undefined ? [] : [...queuesByMember(agreement, target, target.each)];
  if (members.length === 0) return [{ target: { ...target, queues: whole }, base: target.id, member: null }];
  return members.map(([member, queues]) => ({
    target: { ...target, id: `${target.id}@${member}`, name: `${target.name}, ${member}`, queues },
    base: target.id,
    member,
  }));
}
