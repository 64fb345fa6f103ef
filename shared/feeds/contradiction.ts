/** What each part of a definition allows and the whole does not, and where. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
