/** Feeds that Accord fetches by itself. */
export const PULL_ROUTES = {} as const;
