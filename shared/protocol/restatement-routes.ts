/** Corrections of what was known, and the closing of periods. */
export const RESTATEMENT_ROUTES = {} as const;
