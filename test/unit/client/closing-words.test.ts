import { describe, expect, it } from "vitest";
import { adjustmentWords, closingWords, openWords, turnOf } from "../../../client/features/money/closing-words.ts";
import type { PeriodView } from "../../../shared/protocol/period.ts";
import { VOICE_PERIODS } from "../../support/client-periods.ts";

const [august, july] = VOICE_PERIODS;
if (august === undefined || july === undefined) throw new Error("the story has two periods");

const CLIENT = { party: "client", mayAct: true } as const;
const PROVIDER = { party: "provider", mayAct: true } as const;
const moved: PeriodView = { ...august, figures: { ...august.figures, sha256: "other" } };

describe("the closing of a period in words", () => {
  it("says whose turn it is", () => {
    expect(turnOf({ ...august, closing: null }, CLIENT)).toBe("sign");
    expect(turnOf(august, CLIENT)).toBe("countersign");
    expect(turnOf(august, PROVIDER)).toBe("waits");
    expect(turnOf(july, CLIENT)).toBe("closed");
  });

  it("takes a signature under other figures for none", () => {
    expect([turnOf(moved, CLIENT), turnOf(moved, PROVIDER)]).toEqual(["sign", "sign"]);
    expect(closingWords(moved, CLIENT)).toBe(
      "Nora Reyes signed other figures than these; they have changed since, so both sides sign anew.",
    );
  });

  it("says who has signed, for which side", () => {
    expect(closingWords(august, CLIENT)).toBe("Nora Reyes has signed for the other side.");
    expect(closingWords(august, PROVIDER)).toBe("Nora Reyes has signed for your side; the other side has not.");
    expect(closingWords({ ...august, closing: null }, CLIENT)).toBe("Nobody has signed it yet.");
  });

  it("names what may still change it", () => {
    const open = { receipts: 1, claims: ["c3", "c4"], targetsWithoutData: ["csat"] };
    expect(openWords({ ...august, open }, (id) => id.toUpperCase())).toEqual([
      "1 receipt is being read; sign when that is done",
      "claims c3, c4 undecided",
      "no data for CSAT",
    ]);
    expect(openWords(july, (id) => id)).toEqual([]);
  });

  it("says to whom a difference goes", () => {
    expect(adjustmentWords(504_000, "EUR")).toBe("EUR\u00a05,040 more credit to the client");
    expect(adjustmentWords(-504_000, "EUR")).toBe("EUR\u00a05,040 less credit to the client");
    expect(adjustmentWords(0, "EUR")).toBe("no difference in credit");
  });
});
