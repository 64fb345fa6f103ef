import { isProven, type WeighedChange, type WeighedPart, type WeighedView } from "./cause-weigh.ts";

/** The part that is named first, in the view that shows it best. */
export interface Lead {
  readonly view: WeighedView;
  /** `null`: nothing stands out of the noise. */
  readonly part: WeighedPart | null;
}

/** So strong a part is named though the whole change, in which it may be lost, is not told from noise. */
const STRONG = 9;

interface Candidate {
  readonly view: WeighedView;
  readonly part: WeighedPart;
}

/** What a part gains by being the best of so many, in squared standard errors. */
function handicap({ part, view }: Candidate): number {
  const rivals = view.by === "cohort" ? 1 : view.parts.filter(({ kind }) => kind !== "mix").length;
  return part.kind === "mix" ? 0 : 2 * Math.log(rivals);
}

/** How well one part alone explains what is not mix, in squared standard errors, less what it gains by choice. */
function evidence(candidate: Candidate): number {
  return candidate.part.strength - handicap(candidate);
}

function strongest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => evidence(b) - evidence(a))[0];
}

/**
 * The part that stands for what is not mix, among proven ones on the side of the change: who or where it was, or which part of handle
 * time if that explains more than a change of all its parts there.
 */
function bestRate(candidates: readonly Candidate[], isChangeProven: boolean): Candidate | undefined {
  const rates = candidates.filter((candidate) => candidate.part.kind !== "mix" && (isChangeProven || evidence(candidate) >= STRONG));
  const place = strongest(rates.filter(({ view }) => view.by !== "handle"));
  const handle = strongest(rates.filter(({ view }) => view.by === "handle"));
  if (place === undefined || handle === undefined) return place ?? handle;
  return evidence(handle) > place.part.strengthInParts - handicap(place) ? handle : place;
}

/** The view that a mix is shown in. */
const MIX_VIEWS: Readonly<Record<string, WeighedView["by"]>> = { "queue-mix": "queue", "tenure-mix": "band" };

/** The mix that moved the figure most. New people change the mix of tenure by being there; they are named themselves. */
function bestMix(candidates: readonly Candidate[], rate: Candidate | undefined): Candidate | undefined {
  const mixes = candidates.filter(
    ({ view, part }) =>
      part.kind === "mix" &&
      view.by === MIX_VIEWS[part.subject.of] &&
      !(part.subject.of === "tenure-mix" && rate?.part.kind === "entrants"),
  );
  return mixes.toSorted((a, b) => Math.abs(b.part.amount) - Math.abs(a.part.amount))[0];
}

/** What is not mix, over all queues, as the plainest view has it. */
export function rateSum(view: WeighedView): number {
  return view.parts.filter(({ kind }) => kind !== "mix").reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * Chooses the cause that is named first. Among proven parts on the side of the change the one with the most evidence stands for what
 * is not mix; a mix that moves the figure further than it goes first, and alone where what is not mix went the other way.
 *
 * @returns `null` without any view.
 */
export function leadOf({ views, error }: WeighedChange, change: number): Lead | null {
  const [plain] = views;
  if (plain === undefined) return null;
  const isChangeProven = isProven({ amount: change, error });
  const candidates = views
    .flatMap((view) => view.parts.map((part) => ({ view, part })))
    .filter(({ part }) => part.amount * change > 0 && isProven(part));
  const isReversed = rateSum(plain) * change <= 0;
  const rate = isReversed ? undefined : bestRate(candidates, isChangeProven);
  const mix = isChangeProven ? bestMix(candidates, rate) : undefined;
  if (rate === undefined) return mix ?? { view: plain, part: null };
  return mix !== undefined && Math.abs(mix.part.amount) > Math.abs(rate.part.amount) ? mix : rate;
}
