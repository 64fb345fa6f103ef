import { describe, expect, it } from "vitest";
import {
  consequenceWords,
  daysBack,
  openVersion,
  signatureWords,
  stateWords,
  termWordsOf,
  unsignedBy,
  versionBefore,
  versionFinding,
  versionOn,
} from "../../../../client/features/agreement/version-words.ts";
import { findingsWords } from "../../../../client/features/agreement/finding-list.tsx";
import { whatIfSummary } from "../../../../client/features/agreement/what-if-summary.ts";
import { amountWords } from "../../../../client/live/amount-words.ts";
import { FIXTURE_NOW_MS } from "../../../support/client-fixture.ts";
import { versionsOfStory, whatIfOfStory } from "../../../support/client-versions.ts";

const TODAY = "2026-09-21";
const versions = versionsOfStory("acme-voice");
const [four, three, two, one] = versions;
const [chat] = versionsOfStory("acme-chat");
if (four === undefined || three === undefined || two === undefined || one === undefined || chat === undefined)
  throw new Error("the story has four versions");

describe("versions in words", () => {
  it("each says where it stands", () => {
    expect(versions.map((version) => stateWords(version, TODAY))).toEqual(["Waits for Acme Insurance", "In force", "Declined", "Past"]);
    expect(stateWords({ ...four, signatures: [] }, TODAY)).toBe("Waits for Acme Insurance and Bayanihan Contact");
    expect(stateWords({ ...three, term: null }, TODAY)).toBe("Replaced before its first day");
    expect(stateWords(three, "2026-06-30")).toBe("In force from 1 Jul 2026");
    expect(termWordsOf(one)).toBe("12 Jan 2026 to 30 Jun 2026");
  });

  it("the heading is addressed to the side that must sign", () => {
    expect(versionFinding(four, TODAY, "client")).toBe("Version 4 waits for your signature");
    expect(versionFinding(four, TODAY, "provider")).toBe("Version 4 waits for Acme Insurance to sign");
    expect(versionFinding(four, TODAY, null)).toBe("Version 4 waits for Acme Insurance to sign");
    expect(versionFinding(one, TODAY, "client")).toBe("Version 1 was in force 12 Jan 2026 to 30 Jun 2026");
  });

  it("the version in force is the one whose term covers the day; a declined one is nobody's predecessor", () => {
    expect(versionOn(versions, TODAY)?.version).toBe(3);
    expect(versionOn(versions, "2026-06-30")?.version).toBe(1);
    expect(versionOn(versions, "2026-01-11")).toBeNull();
    expect(versionBefore(versions, three)?.version).toBe(1);
    expect(openVersion(versions)?.version).toBe(4);
    expect(unsignedBy(four)).toEqual(["client"]);
    expect(unsignedBy(two)).toEqual([]);
  });

  it("a version from a past day says how far it reaches back and that credits change", () => {
    expect(daysBack(four, TODAY)).toBe(0);
    expect(consequenceWords(four, three, TODAY)).toBe(
      "Once both sides have signed, version 4 applies from 1 Oct 2026. Version 3 then ends with the day before.",
    );
    expect(daysBack(chat, TODAY)).toBe(20);
    expect(consequenceWords(chat, null, TODAY)).toBe(
      "Once both sides have signed, version 4 applies from 1 Sep 2026, which is in the past: the last 20 days and every period they lie in are judged again under it, with their credits.",
    );
  });

  it("a signature on paper says so", () => {
    expect(one.signatures.map((signature) => signatureWords(one, signature, FIXTURE_NOW_MS))).toEqual([
      "Ingrid Holm for Acme Insurance, on paper, 5 Jan 2026",
      "Marisol Reyes for Bayanihan Contact, on paper, 5 Jan 2026",
    ]);
  });
});

describe("findings in words", () => {
  const finding = { path: "targets", message: "m", dispute: "d", remedy: "r" };
  const [error, warning] = [
    { ...finding, severity: "error" as const },
    { ...finding, severity: "warning" as const },
  ];

  it.each([
    [[error], "1 error must be mended"],
    [[warning, warning], "2 things may be disputed later"],
    [[error, error, warning], "2 errors must be mended, and 1 thing may be disputed later"],
  ])("errors are told before doubts", (findings, words) => {
    expect(findingsWords(findings)).toBe(words);
  });
});

describe("what a draft would have meant", () => {
  it("counts the verdicts that change by where from and where to, and adds the credits of both", () => {
    const summary = whatIfSummary(whatIfOfStory(four.text), 12);
    expect(summary.says).toBe(
      "7 of 18 verdicts of the last 12 months would be different: 6 from missed to on target and 1 from on target to missed.",
    );
    expect([summary.now, summary.draft]).toEqual([3_000_000, 1_260_000]);
    expect(summary.changed[0]?.draft?.window.start).toBe("2026-08-01");
    expect(summary.changedDays).toEqual([]);
  });

  it("says when nothing changes and when there is nothing to compare", () => {
    const whatIf = whatIfOfStory(four.text);
    const same = { ...whatIf, rows: whatIf.rows.map((row) => ({ ...row, draft: row.now })) };
    expect(whatIfSummary(same, 12).says).toBe("None of the 18 verdicts of the last 12 months would be different.");
    expect(whatIfSummary({ ...whatIf, rows: [], credits: [] }, 12).says).toBe("There are no verdicts of the last 12 months to compare.");
  });

  it("a target that the draft drops goes from its verdict to not agreed", () => {
    const whatIf = whatIfOfStory(four.text);
    const dropped = { ...whatIf, rows: whatIf.rows.slice(0, 1).map((row) => ({ ...row, draft: null })) };
    expect(whatIfSummary(dropped, 12).says).toBe("1 of 1 verdict of the last 12 months would be different: 1 from missed to not agreed.");
  });

  it("money keeps its sign, its cents and its currency", () => {
    expect(amountWords(420_000, "EUR")).toBe("EUR\u00a04,200");
    expect(amountWords(-5, "EUR")).toBe("EUR\u00a0−0.05");
    expect(amountWords(123_456_789, null)).toBe("1,234,567.89");
  });
});
