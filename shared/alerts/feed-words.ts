const FAILS = '" fails: ';
const UNFETCHED = '" cannot be fetched: ';

/** The finding of a feed whose last file could not be read. */
export function failsHeadline(feedName: string, why: string): string {
  return `Feed "${feedName}${FAILS}${why}`;
}

/** The finding of a feed that cannot be fetched. */
export function unfetchedHeadline(feedName: string, why: string): string {
  return `Feed "${feedName}${UNFETCHED}${why}`;
}

/** Whether a feed's finding says that it comes and cannot be read, or cannot be fetched, rather than that it is late. */
export function saysFailing(headline: string): boolean {
  return headline.includes(FAILS) || headline.includes(UNFETCHED);
}
