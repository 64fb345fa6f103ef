import { COACHING_KINDS, type Cohort, CoachingNote } from "../../../shared/drift/coaching.ts";
import type { z } from "zod";
import { AppError } from "../../../shared/protocol/errors.ts";
import { formText } from "../../ui/form-text.ts";

/** Names as typed, one a line or with commas between. */
function namesIn(text: string): string[] {
  return text
    .split(/[\n,;]/u)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function cohortIn(form: FormData): Cohort {
  const [queues, agents] = [namesIn(formText(form, "queues")), namesIn(formText(form, "agents"))];
  const joinedAfter = formText(form, "joinedAfter");
  return {
    ...(queues.length === 0 ? {} : { queues }),
    ...(joinedAfter === "" ? {} : { joinedAfter }),
    ...(agents.length === 0 ? {} : { agents }),
  };
}

/**
 * What was typed of an action.
 *
 * @throws AppError where nobody is named, or something else is missing.
 */
export function readCoachingForm(form: FormData, targetId: string): z.infer<typeof CoachingNote> {
  const cohort = cohortIn(form);
  if (Object.keys(cohort).length === 0)
    throw new AppError("bad-request", "Nobody is named.", "Say which queues, which agents, or since when they joined.");
  const note = CoachingNote.safeParse({
    targetId,
    kind: COACHING_KINDS.find((kind) => kind === formText(form, "kind")),
    cohort,
    startDay: formText(form, "startDay"),
    days: Number(formText(form, "days")),
    words: formText(form, "words").trim(),
  });
  if (!note.success) throw new AppError("bad-request", "Something is missing or too long.", "Look at every field again.");
  return note.data;
}
