import { answersFor } from "../../facts/answerable.ts";
import type { FeedDefinition } from "../../feeds/definition.ts";
import { decimalToNumber } from "../../stats/decimal.ts";
import type { Agreement } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { levelRemedy, parseLevel } from "../level.ts";

function lintExclusions({ exclusions, credits, volume }: Agreement): DocumentProblem[] {
  if (exclusions === undefined)
    return credits === undefined
      ? []
      : [
          doubt("exclusions", {
            message: "Credits are due, but nothing says what may be left out of the figures, within what notice.",
            dispute: "After the first outage of the client's own systems the provider will refuse to pay, with or without notice.",
            remedy: "Add exclusions: { kinds: [client-outage, force-majeure], noticeWithin: P2D, decideWithin: P5D, undecided: lapsed }.",
          }),
        ];
  if (!exclusions.kinds.includes("volume") || volume !== undefined) return [];
  return [
    doubt("exclusions.kinds", {
      message: "Volume may be claimed as a reason, but no volume was agreed.",
      dispute: "How much is too much is decided after the fact.",
      remedy: "Add volume with its band around the locked forecast, or take volume out of kinds.",
    }),
  ];
}

const CLOCKS = [
  { name: "reportWithin", what: "when the report of a period is due", example: "P5D" },
  { name: "claimCreditWithin", what: "until when a credit must be claimed", example: "P15D" },
  { name: "disputeWithin", what: "until when a figure may be disputed", example: "P30D" },
] as const;

function lintDeadlines({ credits, deadlines }: Agreement): DocumentProblem[] {
  if (credits === undefined) return [];
  const missing = CLOCKS.filter(({ name }) => deadlines[name] === undefined);
  const [first] = missing;
  if (first === undefined) return [];
  const whats = missing.map(({ what }) => what).join(", ");
  return [
    doubt(missing.length === 1 ? `deadlines.${first.name}` : "deadlines", {
      message: `Credits are due, but nothing says ${whats}.`,
      dispute: "The right ends by the law of some country, or never, and both sides will name another day.",
      remedy: `Add deadlines: { ${missing.map(({ name, example }) => `${name}: ${example}`).join(", ")} }.`,
    }),
  ];
}

function share(text: string | undefined): number | null {
  const level = text === undefined ? null : parseLevel(text, "ratio");
  return level === null ? null : decimalToNumber(level);
}

function lintBand(volume: NonNullable<Agreement["volume"]>): DocumentProblem[] {
  const unread = Object.entries({ lower: volume.lower, upper: volume.upper }).filter(
    ([, text]) => text !== undefined && parseLevel(text, "ratio") === null,
  );
  if (unread.length > 0)
    return unread.map(([name, text]) =>
      problem(`volume.${name}`, {
        message: `"${text ?? ""}" is not a share of the forecast.`,
        dispute: "Nobody can say which days are too full.",
        remedy: levelRemedy("ratio"),
      }),
    );
  const [lower, upper] = [share(volume.lower), share(volume.upper)];
  const problems: DocumentProblem[] = [];
  if (upper !== null && upper <= 1)
    problems.push(
      doubt("volume.upper", {
        message: `Above ${volume.upper} of the forecast a day is too full, so a day exactly as forecast is.`,
        dispute: "The provider could leave out the days it planned for.",
        remedy: 'Write an upper limit above 100 %, such as "110 %".',
      }),
    );
  if (lower !== null && upper !== null && lower >= upper)
    problems.push(
      problem("volume.lower", {
        message: "The lower limit of the volume is not below the upper one.",
        dispute: "Every day is outside the band.",
        remedy: 'Write limits around 100 %, such as "90 %" and "110 %".',
      }),
    );
  if (volume.lower === undefined && volume.below === "exclude")
    problems.push(
      problem("volume.below", {
        message: "Quiet days are left out, but nothing says how quiet.",
        dispute: "Each side will draw the line elsewhere.",
        remedy: 'Add lower, such as "90 %".',
      }),
    );
  return problems;
}

function lintVolume({ volume }: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  if (volume === undefined) return [];
  const feed = feeds.find(({ id }) => id === volume.feed);
  const problems = lintBand(volume);
  if (feed === undefined)
    problems.push(
      problem("volume.feed", {
        message: `There is no feed "${volume.feed}".`,
        dispute: "Nobody counts the volume.",
        remedy: `Name one of: ${feeds.map(({ id }) => id).join(", ")}.`,
      }),
    );
  else if (!answersFor(feed, "offered"))
    problems.push(
      problem("volume.feed", {
        message: `The feed "${volume.feed}" has no count of contacts offered.`,
        dispute: "The volume cannot be compared with the forecast.",
        remedy: "Name a feed with that count.",
      }),
    );
  return problems;
}

/** Claims, deadlines and volume: what may be left out, and until when a right can be used. */
export function lintTerms(agreement: Agreement, feeds: readonly FeedDefinition[]): DocumentProblem[] {
  return [...lintExclusions(agreement), ...lintDeadlines(agreement), ...lintVolume(agreement, feeds)];
}
