import { contrastOf, contrastTail, shareOf } from "./day-contrast.ts";
import { ASKED_AT, type Question } from "./question.ts";
import { oddsText, shareText } from "./question-words.ts";

/** One day's contacts, who of them were asked, and what those who answered said. */
export interface InvitationDay {
  readonly contacts: number;
  readonly invited: number;
  readonly answers: number;
  /** Answers that count as satisfied. */
  readonly satisfied: number;
  /** Whether the day is of the month that is asked about; the others say what is usual. */
  readonly current: boolean;
}

export interface InvitationInput {
  readonly about: string;
  readonly days: readonly InvitationDay[];
  readonly looks?: number;
}

const LEAST_DAYS = 10;
const LEAST_ANSWERS = 50;
/** Invitations must have fallen by a tenth of their share at least. */
const LEAST_FALL = 0.9;

/**
 * Are fewer customers asked while the answers get better? Both must have moved, each by more than days differ at the full level: the
 * chance is the larger of the two. Needs 10 days and 50 answers, now and before.
 */
export function askAboutInvitations({ about, days, looks = 1 }: InvitationInput): Question | null {
  const groups = [true, false].map((current) => days.filter((day) => day.current === current && day.contacts > 0));
  const answers = groups.map((own) => own.reduce((sum, day) => sum + day.answers, 0));
  if (groups.some(({ length }) => length < LEAST_DAYS) || answers.some((count) => count < LEAST_ANSWERS)) return null;
  const [askedNow, askedBefore] = groups.map((own) => shareOf(own.map(({ invited, contacts }) => ({ num: invited, n: contacts }))));
  const [likedNow, likedBefore] = groups.map((own) => shareOf(own.map((day) => ({ num: day.satisfied, n: day.answers }))));
  if (!askedNow || !askedBefore || !likedNow || !likedBefore || askedNow.value > LEAST_FALL * askedBefore.value) return null;
  const fall = contrastTail(
    contrastOf([
      { part: askedBefore, sign: 1 },
      { part: askedNow, sign: -1 },
    ]),
  );
  const rise = contrastTail(
    contrastOf([
      { part: likedNow, sign: 1 },
      { part: likedBefore, sign: -1 },
    ]),
  );
  const chance = Math.max(fall, rise);
  if (chance > ASKED_AT / looks) return null;
  return {
    rule: "fewer-invitations",
    about,
    question: "Are fewer customers asked, and only those who are content?",
    evidence: [
      `${shareText(askedNow.value)} of the contacts were invited to the survey, ${shareText(askedBefore.value)} before.`,
      `${shareText(likedNow.value)} of the answers are satisfied, ${shareText(likedBefore.value)} before.`,
      `Days differ so much by chance in ${oddsText(chance)} months, for either.`,
    ],
    innocent: [
      "Customers are invited less often by agreement, and the service did get better.",
      "The survey moved to another channel or moment, in which people answer otherwise.",
      "The mix of queues changed: those with many invitations and low scores have fewer contacts.",
    ],
    chance,
  };
}
