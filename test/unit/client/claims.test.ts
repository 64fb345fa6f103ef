import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimGroups, claimsFinding } from "../../../client/features/claims/claims-finding.ts";
import { localText, rangeAt } from "../../../client/ui/local-instant.ts";
import { outcomesOf, pricedOutcomes } from "../../../client/features/claims/outcomes.ts";
import { termWords } from "../../../client/features/claims/term-words.ts";
import { claimsInWindow, rangeSays } from "../../../client/features/target/adjusted.ts";
import { fromSnapshot, withClaim } from "../../../client/live/agreement-state.ts";
import { claimsFor, claimTargetWords, rangeWords, touchesTarget } from "../../../client/live/claim-words.ts";
import { sideOf } from "../../../client/live/side.ts";
import { rowVerdict } from "../../../client/live/windows.ts";
import { buildSnapshot, buildTargetView, FIXTURE_NOW_MS } from "../../support/client-fixture.ts";
import { buildSettlement } from "../../support/client-settlement.ts";
import { VOICE_CLAIMS } from "../../support/client-story-claims.ts";
import { VOICE } from "../../support/client-story-voice.ts";

const ZONE = "Asia/Manila";
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const state = fromSnapshot(buildSnapshot(VOICE));
const claimOf = (id: string) => {
  const claim = state.claims.get(id);
  if (claim === undefined) throw new Error(`the story has a claim ${id}`);
  return claim;
};

describe("who must decide", () => {
  it("each side decides what the other claimed; a QA lead only sees it", () => {
    expect(claimsFor(VOICE_CLAIMS, "client").map(({ id }) => id)).toEqual(["c3"]);
    expect(claimsFor(VOICE_CLAIMS, "provider").map(({ id }) => id)).toEqual(["c4"]);
    expect(claimsFinding(VOICE_CLAIMS, sideOf("client-manager"), FIXTURE_NOW_MS)).toBe("1 claim waits for your decision, 2 d left");
    expect(claimsFinding(VOICE_CLAIMS, sideOf("qa-lead"), FIXTURE_NOW_MS)).toBe("1 claim waits for the client, 2 d left");
    expect(claimsFinding([], sideOf("provider"), FIXTURE_NOW_MS)).toBe("No time has been claimed");
  });

  it("one's own decisions lead, decided claims stay", () => {
    const titles = claimGroups(VOICE_CLAIMS, sideOf("provider")).map(
      ({ title, claims }) => `${title}: ${claims.map(({ id }) => id).join(" ")}`,
    );
    expect(titles).toEqual(["Waits for your decision: c4", "Waits for the client: c3", "Decided: c2 c1"]);
  });

  it("a claim that the server answered is not undone by an older entry", () => {
    const decided = { ...claimOf("c3"), state: "rejected" as const, seq: 2 };
    const ahead = withClaim(state, decided);
    expect(withClaim(ahead, claimOf("c3")).claims.get("c3")?.state).toBe("rejected");
  });
});

describe("what a claim touches", () => {
  it("a member is covered by the claim on its target", () => {
    const member = buildTargetView({
      id: "service-level@Sales",
      name: "Service level, Sales",
      of: { targetId: "service-level", member: "Sales" },
    });
    expect(touchesTarget(claimOf("c3"), member)).toBe(true);
    expect(touchesTarget(claimOf("c4"), member)).toBe(false);
    expect(touchesTarget(claimOf("c1"), member)).toBe(true);
  });

  it("its targets and its time are told on the clock of the agreement", () => {
    expect(claimTargetWords(claimOf("c3"), state.agreement)).toBe("Service level");
    expect(claimTargetWords(claimOf("c1"), state.agreement)).toBe("all targets");
    expect(rangeWords(ZONE, claimOf("c3").window, FIXTURE_NOW_MS)).toBe("17 Sep 15:00 to 16:30");
  });

  it("open claims give the figure a range, refused ones none", () => {
    const verdict = rowVerdict(state, "service-level");
    const target = state.agreement.targets[0];
    if (verdict === null || target === undefined) throw new Error("the story has a service level");
    const touching = claimsInWindow(state.claims.values(), target, verdict.window);
    expect(touching.map(({ id }) => id)).toEqual(["c3", "c1"]);
    expect(plain(rangeSays(verdict, touching))).toBe("1 undecided claim could make it 79.3 %: at risk either way.");
    const met = { ...verdict, ifAllAccepted: { value: { num: 81, den: 100 }, n: 100, status: "met" as const } };
    expect(plain(rangeSays(met, touching))).toBe("1 undecided claim could make it 81.0 %, then it is on target.");
  });

  it("both outcomes are shown for every window the claim lies in, and for the money of its period", () => {
    const outcomes = outcomesOf(state, claimOf("c3"));
    expect(outcomes.map(({ verdict, accepted }) => `${verdict.window.kind} ${accepted?.n ?? "same"}`)).toEqual([
      "month 42768",
      "week same",
      "day same",
    ]);
    const priced = pricedOutcomes(state, buildSettlement(), { window: claimOf("c3").window, outcomes });
    expect(priced.map(({ key, rejected, accepted }) => `${key}: ${rejected} ${accepted}`)).toEqual([
      "month 2026-09-01 service-level: 420000 420000",
    ]);
    const mended = outcomes.map((outcome) => ({ ...outcome, accepted: { value: { num: 81, den: 100 }, n: 100, status: "met" as const } }));
    expect(pricedOutcomes(state, buildSettlement(), { window: claimOf("c3").window, outcomes: mended })[0]?.accepted).toBe(0);
    const august = pricedOutcomes(state, buildSettlement(), {
      window: { fromMs: Date.parse("2026-08-03T00:00:00+08:00"), toMs: Date.parse("2026-08-04T00:00:00+08:00") },
      outcomes,
    });
    expect(august[0]).toEqual({ key: "2026-08-01 service-level", name: "Service level", rejected: 1_080_000, accepted: 504_000 });
  });
});

describe("a time as typed on the agreement's clock", () => {
  it("is an instant of its zone, not of the reader's", () => {
    expect(rangeAt(ZONE, "2026-09-17T15:00", "2026-09-17T16:30")).toEqual(claimOf("c3").window);
  });

  it("that the clock jumps over does not exist; of one it shows twice the wider range is meant", () => {
    expect(rangeAt("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T04:00")).toBeNull();
    const twice = rangeAt("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T02:30");
    expect(twice).toEqual({ fromMs: Date.parse("2026-10-25T02:00:00+02:00"), toMs: Date.parse("2026-10-25T02:30:00+01:00") });
    expect(rangeAt(ZONE, "", "2026-09-17T16:30")).toBeNull();
  });

  it("comes back from what the clock shows, in every zone and at every minute", () => {
    const zones = fc.constantFrom(
      "Asia/Manila",
      "Europe/Lisbon",
      "America/New_York",
      "Australia/Lord_Howe",
      "Pacific/Chatham",
      "Asia/Kathmandu",
    );
    const minutes = fc.integer({ min: 27_000_000, max: 31_000_000 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const text = localText(zone, minute * 60_000);
        const range = rangeAt(zone, text, text);
        expect([range?.fromMs, range?.toMs]).toContain(minute * 60_000);
      }),
      { numRuns: 1000 },
    );
  });

  it("an agreed length is told in words", () => {
    expect(["P15D", "PT48H", "P1D"].map(termWords)).toEqual(["15 days", "48 hours", "1 day"]);
  });
});
