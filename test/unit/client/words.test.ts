import { describe, expect, it } from "vitest";
import { announcementOf } from "../../../client/app/announce-entries.ts";
import { agreementPages, navItems } from "../../../client/app/nav-items.ts";
import { chipWords } from "../../../client/features/alerts/alert-detail.tsx";
import { bytesWords } from "../../../client/ui/bytes-words.ts";
import { entryWords } from "../../../client/features/record/entry-words.ts";
import { feedsFinding, feedWords, receiptWords, shareWords } from "../../../client/features/feeds/feed-words.ts";
import { fromSnapshot } from "../../../client/live/agreement-state.ts";
import { gathered } from "../../../client/live/announcer.ts";
import { dayChart } from "../../../client/live/day-chart.ts";
import { badRanges, hourTicks, plotRows, valueTicks } from "../../../client/ui/charts/chart-data.ts";
import { bothClocks, dayIn, spanWords, stampIn } from "../../../client/ui/zone-time.ts";
import { LedgerEntry } from "../../../shared/ledger/entry.ts";
import type { Person } from "../../../shared/protocol/role.ts";
import { buildAlert, buildVerdict, buildReceipt, buildSnapshot, buildTargetView, FIXTURE_NOW_MS } from "../../support/client-fixture.ts";
import { CHAT } from "../../support/client-story-chat.ts";
import { VOICE_CLAIMS } from "../../support/client-story-claims.ts";
import { VOICE } from "../../support/client-story-voice.ts";

const MINUTE_MS = 60_000;

describe("the record", () => {
  it("names windows and periods as people do, and leaves what it does not know as it stands", () => {
    const sealed = {
      v: 1,
      agreement: "north",
      atMs: 0,
      actor: "Accord",
      kind: "verdict-sealed",
      target: "asa",
      version: 1,
      status: "not-proven",
      num: 0,
      den: 0,
      default: null,
      sha256: "0".repeat(64),
    } as const;
    const words = (window: string): string => entryWords(LedgerEntry.parse({ ...sealed, window }), () => "Speed of answer");
    expect(words("month.2026-09-01")).toBe("Speed of answer for September 2026 sealed as not proven");
    expect(words("rolling-28d.2026-09-20")).toBe("Speed of answer for 28 days from 20 Sep sealed as not proven");
    expect(words("era.2026-09-20")).toBe("Speed of answer for era 2026-09-20 sealed as not proven");
  });
});

describe("times", () => {
  it("name both clocks where they differ and one where they do not", () => {
    expect(bothClocks("Asia/Manila", FIXTURE_NOW_MS, FIXTURE_NOW_MS, "Europe/Berlin")).toBe("14:32 Manila (08:32 yours)");
    expect(bothClocks("Asia/Manila", FIXTURE_NOW_MS, FIXTURE_NOW_MS, "Asia/Manila")).toBe("14:32 Manila");
  });

  it("carry the date when it is another day, in the zone that is named", () => {
    expect(stampIn("Asia/Manila", FIXTURE_NOW_MS - 24 * 60 * MINUTE_MS, FIXTURE_NOW_MS)).toBe("20 Sep 14:32");
    expect(stampIn("Asia/Jerusalem", Date.parse("1999-01-31T21:59:00Z"), FIXTURE_NOW_MS)).toBe("31 Jan 1999 23:59");
    expect(dayIn("America/Los_Angeles", Date.parse("2026-09-21T02:00:00Z"))).toBe("2026-09-20");
  });

  it("are told as spans with the precision that matters", () => {
    expect([20_000, 32 * MINUTE_MS, 137 * MINUTE_MS, 240 * MINUTE_MS, 15 * 1440 * MINUTE_MS].map(spanWords)).toEqual([
      "under 1 min",
      "32 min",
      "2 h 17 min",
      "4 h",
      "15 d",
    ]);
  });
});

describe("charts", () => {
  const target = buildTargetView({ id: "service-level", name: "Service level" });
  const series = {
    targetId: "service-level",
    day: "2026-09-21",
    fromMs: 0,
    toMs: 4 * 3_600_000,
    intervalMs: 1_800_000,
    closed: [],
    points: [
      { startMs: 0, num: 90, den: 100 },
      { startMs: 1_800_000, num: 79, den: 100 },
      { startMs: 3_600_000, num: 60, den: 100 },
      { startMs: 5_400_000, num: 0, den: 0 },
      { startMs: 7_200_000, num: 80, den: 100 },
    ],
  };

  it("an interval with nothing in its denominator is a gap, not 0 % and not 100 %", () => {
    const chart = dayChart(series, target, { expected: { mantissa: 80, dp: 2 }, notBelow: null });
    expect(plotRows(chart.data).map((row) => row.value)).toEqual([90, 79, 60, null, 80]);
    expect(chart).toMatchObject({ counted: 4, breached: 2 });
  });

  it("an interval of a day whose verdict is at hand shows its own figure, not the day's", () => {
    const verdict = buildVerdict({ value: { num: 1, den: 2 }, notBelow: { mantissa: 30, dp: 2 }, direction: "within" });
    const band = { ...target, direction: "within" as const };
    const chart = dayChart(series, band, verdict);
    expect(chart.rows.map((row) => row.label)).toEqual(
      dayChart(series, band, { expected: verdict.expected, notBelow: verdict.notBelow }).rows.map((row) => row.label),
    );
    expect(chart.data).toMatchObject({ floor: 30, badSide: "above" });
    expect(chart.data.low).toBeLessThanOrEqual(30);
    expect(chart.rows.map((row) => row.value)).toEqual(chart.rows.map((row) => Number.parseFloat(row.label)));
  });

  it("neighbouring intervals on the bad side make one mark", () => {
    expect(badRanges(dayChart(series, target, { expected: { mantissa: 80, dp: 2 }, notBelow: null }).data)).toEqual([
      { fromMs: 1_800_000, toMs: 5_400_000 },
    ]);
  });

  it("the axis holds the data and the target, and its marks are round", () => {
    const { low, high } = dayChart(series, target, { expected: { mantissa: 80, dp: 2 }, notBelow: null }).data;
    expect(low).toBeLessThanOrEqual(60);
    expect(high).toBeGreaterThanOrEqual(90);
    expect(valueTicks(50, 100)).toEqual([50, 60, 70, 80, 90, 100]);
    expect(valueTicks(10, 100)).toEqual([20, 40, 60, 80, 100]);
    expect(hourTicks(0, 24 * 3_600_000)).toHaveLength(7);
  });
});

describe("feeds and receipts", () => {
  it("a share of all is 100 % only when it is all, and 0 % only when it is none", () => {
    expect([shareWords(0, 9), shareWords(1, 99_999), shareWords(99_998, 99_999), shareWords(9, 9), shareWords(0, 0)]).toEqual([
      "0 %",
      "0.1 %",
      "99.9 %",
      "100 %",
      "—",
    ]);
  });

  it("a late feed and a silent one say by how much", () => {
    const feed = CHAT.feeds[0];
    if (feed === undefined) throw new Error("the story has a silent feed");
    expect(feedWords(feed, FIXTURE_NOW_MS)).toEqual({ mark: "nodata", word: "Silent 2 h 17 min", stands: true });
    expect(feedWords({ ...feed, state: "late" }, FIXTURE_NOW_MS)).toEqual({ mark: "risk", word: "Late 2 h 17 min", stands: true });
    const rests = { ...feed, state: "closed", trouble: "The server answered 503." } as const;
    expect(feedWords(rests, FIXTURE_NOW_MS)).toMatchObject({ word: "Cannot be fetched", stands: true });
  });

  it("a receipt says what became of its rows", () => {
    const counts = { rows: 44, applied: 32, restated: 0, rejected: 12, duplicate: 0, warnings: 0 };
    expect(receiptWords(buildReceipt({ number: 1, counts })).word).toBe("32 applied, 12 refused");
    expect(receiptWords(buildReceipt({ number: 1, state: "rejected" })).word).toBe("Refused as a whole");
    expect(receiptWords(buildReceipt({ number: 1, state: "applying", progressRows: 12_000 })).word).toBe("Applying, 12,000 rows read");
  });

  it("the heading states what needs the reader", () => {
    expect(feedsFinding(0, 0, 0)).toBe("All feeds are on time");
    expect(feedsFinding(1, 12, 0)).toBe("One feed is late and 12 rows need mending");
    expect(feedsFinding(2, 0, 0)).toBe("2 feeds are late");
    expect(feedsFinding(1, 12, 2)).toBe("One feed is late, 12 rows need mending and 2 feeds wait for their first file");
  });

  it("sizes are told as people read them", () => {
    expect([840, 61_200, 1_440_000].map(bytesWords)).toEqual(["840\u00a0B", "61\u00a0kB", "1.4\u00a0MB"]);
  });

  it("a feed is called late only where it is: not one that cannot be read or fetched", () => {
    const said = (words: string, severity: "warning" | "critical" = "warning") =>
      chipWords({ subject: { kind: "feed", feed: "calls" }, severity, headline: `Feed "Calls" ${words}` });
    expect(said("is late: due 14:30; the client is told at 15:00")).toBe("Feed late");
    expect(said("fails: its last file was refused as a whole")).toBe("Feed failing");
    expect(said("cannot be fetched: the server did not answer")).toBe("Feed failing");
    expect(said("is silent: last data 14:30", "critical")).toBe("Feed silent");
  });
});

describe("what is said aloud", () => {
  it("a new critical alert interrupts, an acknowledgement waits, a figure is never spoken", () => {
    expect(
      announcementOf("Acme Voice", { kind: "alert:changed", alert: buildAlert({ id: "a", headline: "Service level 74.1 % today" }) }),
    ).toEqual({
      urgency: "urgent",
      text: "New critical alert, Acme Voice: Service level 74.1 % today.",
    });
    expect(announcementOf("Acme Voice", { kind: "version:changed", version: 4, state: "proposed" })).toEqual({
      urgency: "polite",
      text: "Version 4 of Acme Voice waits for signatures.",
    });
    const [claim] = VOICE_CLAIMS;
    if (claim === undefined) throw new Error("the story has claims");
    expect(announcementOf("Acme Voice", { kind: "claim:changed", claim: { ...claim, state: "accepted" } })).toEqual({
      urgency: "polite",
      text: "Claim c4 of Acme Voice, agreed change, was accepted.",
    });
    expect(announcementOf("Acme Voice", { kind: "receipt:changed", receipt: buildReceipt({ number: 1 }) })).toBeNull();
  });

  it("a burst becomes one message", () => {
    expect(gathered(["One.", "One.", "Two."])).toBe("One. Two.");
    expect(gathered(["One.", "Two.", "Three.", "Four."])).toBe("4 new messages. One. Two. And 2 more.");
  });
});

describe("the navigation", () => {
  const person: Person = { id: "p", email: "p@acme.example", name: "P", administrator: false, memberships: [] };
  const card = { id: "acme-voice", name: "Acme Voice", client: "Acme", provider: "Bayanihan", timeZone: "Asia/Manila", inForce: true };
  const states = [fromSnapshot(buildSnapshot(VOICE)), fromSnapshot(buildSnapshot(CHAT))];

  it("a provider's work starts at the feeds, a client's at the board, and only an administrator sees people", () => {
    expect(navItems(person, [{ ...card, role: "provider" }], states).map((item) => item.label)).toEqual([
      "Feeds",
      "Verdicts",
      "Alerts",
      "Agreements",
    ]);
    expect(navItems(person, [{ ...card, role: "qa-lead" }], states).map((item) => item.label)).toEqual([
      "Board",
      "Alerts",
      "Feeds",
      "Agreements",
    ]);
    expect(navItems({ ...person, administrator: true }, [], states).map((item) => item.label)).toEqual([
      "Board",
      "Alerts",
      "Feeds",
      "Agreements",
      "People",
    ]);
  });

  it("the claims that wait are counted for the side that decides them, at the agreement and in all", () => {
    const state = states[0] ?? null;
    const counts = (role: "provider" | "client-manager") => {
      const cards = [{ ...card, role }];
      const all = navItems(person, cards, states).find(({ label }) => label === "Agreements")?.count ?? 0;
      return { all, claims: agreementPages(card.id, state, cards).find(({ label }) => label === "Claims")?.count };
    };
    const pending = states.flatMap(({ pendingVersions }) => pendingVersions).filter(({ state: at }) => at === "proposed").length;
    const waiting = { provider: 0, client: 0 };
    for (const claim of VOICE_CLAIMS) {
      if (claim.state === "claimed") waiting[claim.steps[0]?.by?.party === "client" ? "provider" : "client"] += 1;
    }
    expect(counts("provider")).toEqual({ all: pending + waiting.provider, claims: waiting.provider });
    expect(counts("client-manager")).toEqual({ all: pending + waiting.client, claims: waiting.client });
    expect(waiting.provider + waiting.client).toBeGreaterThan(0);
    const unborn = [{ ...card, inForce: false, role: "provider" as const }];
    expect(navItems(person, unborn, []).find(({ label }) => label === "Agreements")?.count).toBe(1);
  });
});
