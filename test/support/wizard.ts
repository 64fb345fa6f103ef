import { type FeedDefinition } from "../../shared/feeds/definition.ts";
import { type DryRun, dryRun } from "../../shared/feeds/propose/dry-run.ts";
import { draftDefinition } from "../../shared/feeds/propose/draft-definition.ts";
import type { Field } from "../../shared/feeds/propose/field.ts";
import type { Draft, Proposal } from "../../shared/feeds/propose/proposal.ts";
import { draftOf, propose } from "../../shared/feeds/propose/propose.ts";
import { answerOf, questionsOf } from "../../shared/feeds/propose/questions.ts";
import { readSample } from "../../shared/feeds/propose/read-sample.ts";
import { pieces } from "./sample-feeds.ts";

const HANDED_IN_MS = Date.UTC(2026, 10, 21);

/** What the wizard proposes for a file. @throws Error where it cannot be looked at. */
export async function proposalFor(content: string | Uint8Array): Promise<Proposal> {
  const outcome = await readSample(pieces(content));
  if ("sample" in outcome) return propose(outcome.sample);
  throw new Error(outcome.refused.message);
}

/** What a person says: fields by column where they know better, answers by the beginning of a question's id. */
export interface Said {
  readonly fields?: Readonly<Record<string, Field>>;
  readonly answers?: Readonly<Record<string, string>>;
}

/** The draft as a person would leave it. Questions that nobody answers stay open. */
export function draftWith(proposal: Proposal, { fields = {}, answers = {} }: Said): Draft {
  const first = draftOf(proposal);
  const draft: Draft = { ...first, fields: first.fields.map((field, at) => fields[proposal.sample.names[at] ?? ""] ?? field) };
  const given = questionsOf(proposal, draft).flatMap(({ id }) => {
    const key = Object.keys(answers).find((begin) => id === begin || id.startsWith(`${begin}:`));
    return key === undefined ? [] : [[id, answers[key] ?? ""]];
  });
  return { ...draft, answers: Object.fromEntries(given) };
}

/** Questions that are left when a person has said what they know. */
export function openQuestions(proposal: Proposal, draft: Draft): string[] {
  return questionsOf(proposal, draft).flatMap((question) => (answerOf(question, draft) === null ? [question.id] : []));
}

/** The definition that comes of a draft. @throws Error that names what it lacks. */
export function definitionFrom(proposal: Proposal, draft: Draft): FeedDefinition {
  const outcome = draftDefinition(proposal, draft, { id: "wizard", name: "Wizard" });
  if ("definition" in outcome) return outcome.definition;
  throw new Error(outcome.lacks.join(" "));
}

/** What reading the whole file comes to. */
export async function tried(definition: FeedDefinition, content: string | Uint8Array): Promise<DryRun> {
  let last: DryRun | null = null;
  for await (const state of dryRun(definition, pieces(content), { handedInMs: HANDED_IN_MS })) last = state;
  if (last === null) throw new Error("a dry run always ends with what came of it");
  return last;
}
