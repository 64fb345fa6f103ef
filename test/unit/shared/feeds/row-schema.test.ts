import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { contactRows, countRows } from "../../../../shared/feeds/row-kinds.ts";
import { ContactRowSchema, IntervalRowSchema } from "../../../../shared/feeds/row-schema.ts";
import { buildContactFeed, buildIntervalFeed } from "../../../support/sample-feeds.ts";

const contactFeed = buildContactFeed();
const intervalFeed = buildIntervalFeed();
if (contactFeed.kind !== "contact" || intervalFeed.kind !== "interval") throw new Error("the samples are of their kinds");

const GOOD_CONTACT = {
  contactId: "1",
  queue: "q",
  startMs: 1,
  outcome: "answered",
  waitMs: 0,
  handleMs: null,
  talkMs: 1,
  holdMs: null,
  acwMs: null,
  csat: 5,
  agent: null,
  version: null,
};
const GOOD_INTERVAL = {
  queue: "q",
  startMs: 1,
  lengthMs: 900_000,
  counters: [1, null],
  claims: [null, { mantissa: 1, dp: 2 }],
  version: 3,
};

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    "q",
    0,
    -1,
    -0,
    1.5,
    NaN,
    Infinity,
    2 ** 53,
    "1",
    true,
    [],
    {},
    [1, "2"],
    [-1],
    [{ mantissa: 0.5, dp: 1 }],
    [{ mantissa: 1, dp: 2, more: 1 }],
  ),
  fc.integer(),
  fc.double(),
  fc.string(),
);

/** A good row with some of its fields changed, taken away or added to. */
function spoilt(good: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const key = fc.oneof(fc.constantFrom(...Object.keys(good)), fc.constantFrom("more", "__proto__"));
  return fc.oneof(
    fc.array(fc.tuple(key, odd), { maxLength: 3 }).map((changes) => ({ ...good, ...Object.fromEntries(changes) })),
    fc.constantFrom(...Object.keys(good)).map((gone) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== gone))),
    odd,
  );
}

describe("the compiled checks of rows", () => {
  it.each<[string, z.ZodType, z.ZodType, Readonly<Record<string, unknown>>]>([
    ["contacts", ContactRowSchema, contactRows(contactFeed).schema, GOOD_CONTACT],
    ["intervals", IntervalRowSchema, countRows(intervalFeed).schema, GOOD_INTERVAL],
  ])("of %s accept what the schema accepts, and nothing else", (_, schema, compiled, good) => {
    expect(compiled.safeParse(good).success).toBe(true);
    fc.assert(
      fc.property(spoilt(good), (row) => {
        expect(compiled.safeParse(row).success).toBe(schema.safeParse(row).success);
      }),
      { numRuns: 3000 },
    );
  });
});
