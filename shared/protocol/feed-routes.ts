/** Feeds: their definitions, and how they keep their cadence. */
export const FEED_ROUTES = {} as const;
