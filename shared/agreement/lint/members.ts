import type { FeedDefinition } from "../../feeds/definition.ts";
import type { Agreement, Program, Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { expandTarget } from "../members.ts";

function programsOf(agreement: Agreement, target: Target): readonly Program[] {
  const { programs } = target;
  return programs === undefined ? agreement.programs : agreement.programs.filter(({ id }) => programs.includes(id));
}

function sharedQueues({ programs }: Agreement): DocumentProblem[] {
  const owner = new Map<string, string>();
  return programs.flatMap(({ id, queues }) =>
    queues.flatMap((queue) => {
      const first = owner.get(queue);
      if (first === undefined) owner.set(queue, id);
      if (first === undefined) return [];
      return [
        problem(`programs.${id}.queues`, {
          message:
            first === id ? `The queue "${queue}" is named twice.` : `The queue "${queue}" already belongs to the program "${first}".`,
          dispute: "Its contacts would count for two programs, in the hours of both.",
          remedy: "Let each queue belong to one program.",
        }),
      ];
    }),
  );
}

function unknownPrograms(agreement: Agreement, target: Target): DocumentProblem[] {
  const known = agreement.programs.map(({ id }) => id);
  const path = `targets.${target.id}.programs`;
  const strange = (target.programs ?? []).filter((id) => !known.includes(id));
  const problems = strange.map((id) =>
    problem(path, {
      message: `There is no program "${id}".`,
      dispute: "Its contacts would be in no figure.",
      remedy: known.length === 0 ? "Add it under programs, or name queues." : `Name one of: ${known.join(", ")}.`,
    }),
  );
  if (target.programs !== undefined && target.queues !== "all")
    problems.push(
      problem(path, {
        message: "The target names both queues and programs.",
        dispute: "One side will count the queues, the other those of the programs.",
        remedy: "Name one of the two.",
      }),
    );
  return problems;
}

function lintEach(agreement: Agreement, target: Target): DocumentProblem[] {
  const { each } = target;
  if (each === undefined) return [];
  const path = `targets.${target.id}.each`;
  if (expandTarget(agreement, target).every(({ member }) => member === null))
    return [
      problem(path, {
        message: `The target is judged for each ${each}, but no ${each} is named.`,
        dispute: "Nobody knows whose figures are promised, so none is judged.",
        remedy:
          each === "queue"
            ? "Name queues in the target, or programs with their queues."
            : `Add programs with their ${each === "program" ? "queues" : each}.`,
      }),
    ];
  if (each === "queue" || each === "program") return [];
  const without = programsOf(agreement, target).filter((program) => program[each] === undefined);
  return without.map(({ id }) =>
    problem(path, {
      message: `The program "${id}" has no ${each}, so its contacts are in no member's figure.`,
      dispute: "The client believes that every contact is promised.",
      remedy: `Add ${each} to the program "${id}", or name only programs that have one.`,
    }),
  );
}

function strangeQueues(agreement: Agreement, feed: FeedDefinition, target: Target): DocumentProblem[] {
  const known = "constant" in feed.queue ? [feed.queue.constant] : (feed.queue.known ?? []);
  if (known.length === 0) return [];
  const { queues } = target;
  const named =
    queues !== "all" ? queues : target.programs === undefined ? [] : programsOf(agreement, target).flatMap((program) => program.queues);
  const strange = named.filter((queue) => !known.includes(queue));
  if (strange.length === 0) return [];
  return [
    doubt(`targets.${target.id}.${queues === "all" ? "programs" : "queues"}`, {
      message: `${feed.id} does not know the ${strange.length === 1 ? "queue" : "queues"} ${strange.map((queue) => `"${queue}"`).join(", ")}.`,
      dispute: "No contact is ever counted there, and silence looks like a quiet queue.",
      remedy: `Spell it as the feed does: ${known.join(", ")}.`,
    }),
  ];
}

/** Who is counted: programs, queues, and members of a target with `each`. */
export function lintMembers(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  const perTarget = agreement.targets.flatMap((target) => {
    const feed = feeds.find(({ id }) => id === target.feed);
    const own = [...unknownPrograms(agreement, target), ...lintEach(agreement, target)];
    return feed === undefined || own.length > 0 ? own : strangeQueues(agreement, feed, target);
  });
  return [...sharedQueues(agreement), ...perTarget];
}

/** More could neither be read by anybody nor judged within seconds. */
const MOST_JUDGED = 1000;

/**
 * Whether an agreement promises more figures than can be judged. Asked before anything else, because every other finding
 * looks at each member.
 */
export function lintSize(agreement: Agreement): DocumentProblem[] {
  const count = agreement.targets.reduce((sum, target) => {
    if (target.each === undefined) return sum + 1;
    const listed = target.programs === undefined && target.queues !== "all" ? target.queues.length : 0;
    const inPrograms = programsOf(agreement, target).reduce((all, { queues }) => all + (target.each === "queue" ? queues.length : 1), 0);
    return sum + Math.max(1, target.each === "queue" && listed > 0 ? listed : inPrograms);
  }, 0);
  if (count <= MOST_JUDGED) return [];
  return [
    problem("targets", {
      message: `The targets have ${count} members in all, more than the ${MOST_JUDGED} that can be judged.`,
      dispute: "Nobody can watch so many figures, and most of them stand on too few contacts to prove anything.",
      remedy: "Use each with fewer queues or programs, or judge them together.",
    }),
  ];
}
