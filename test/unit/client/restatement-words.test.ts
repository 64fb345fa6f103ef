import { describe, expect, it } from "vitest";
import { favourCountWords, latenessWords, restatementFinding } from "../../../client/live/restatement-words.ts";
import { VOICE_RESTATEMENTS } from "../../support/client-restatements.ts";

const [turning, plain] = VOICE_RESTATEMENTS;
if (turning === undefined || plain === undefined) throw new Error("the story has two corrections");

describe("the words of a correction", () => {
  it.each([
    { card: turning, says: "Receipt 88213 changed 48 known rows and turned 1 closed verdict" },
    { card: { ...turning, flipped: 2 }, says: "Receipt 88213 changed 48 known rows and turned 2 closed verdicts" },
    {
      card: { ...plain, rows: 1, verdictsChanged: 3 },
      says: "Receipt 87901 changed 1 known row; 3 figures moved, no closed verdict turned",
    },
    { card: plain, says: "Receipt 87901 changed 2 known rows; no figure moved" },
  ])("say $says", ({ card, says }) => {
    expect(restatementFinding(card)).toBe(says);
  });

  it("say how late it came", () => {
    expect([latenessWords(turning), latenessWords(plain)]).toEqual([
      "8 d after the last day it touches had ended",
      "while the last day it touches still ran",
    ]);
  });

  it("count only those that moved a target one way", () => {
    expect(favourCountWords({ provider: 9, client: 0, neutral: 4 })).toBe(
      "Of the 9 corrections of this feed that moved its targets one way, 9 favoured the provider.",
    );
    expect(favourCountWords({ provider: 0, client: 1, neutral: 0 })).toBe(
      "The one correction of this feed that moved its targets one way favoured the client.",
    );
    expect(favourCountWords({ provider: 0, client: 0, neutral: 4 })).toBe(
      "No correction of this feed has moved its targets one way so far.",
    );
  });
});
