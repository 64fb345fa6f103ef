/** What leaves: exports, and what is forgotten. */
export const ARCHIVE_ROUTES = {} as const;
