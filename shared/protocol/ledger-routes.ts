/** What both sides can prove: checkpoints, consistency, bundles. */
export const LEDGER_ROUTES = {} as const;
