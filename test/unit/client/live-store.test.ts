import { describe, expect, it } from "vitest";
import { LiveStore } from "../../../client/live/live-store.ts";
import { entry, snapshotAt } from "../../support/client-entries.ts";

function openStore() {
  let nowMs = 1_000_000;
  const store = new LiveStore(() => nowMs);
  const repaints: number[] = [];
  store.subscribe(() => repaints.push(nowMs));
  store.lineChanged({ connected: true, everConnected: true });
  store.watchOpened("acme");
  store.watchAnswered("acme", { kind: "snapshot", snapshot: snapshotAt(10) });
  return { store, repaints, pass: (ms: number) => (nowMs += ms), seq: () => store.getView().agreements.get("acme")?.seq };
}

describe("following the stream", () => {
  it("a first watch asks for everything, a later one from the cursor", () => {
    const store = new LiveStore(() => 0);
    expect(store.watchOpened("acme")).toEqual({ cursor: null });
    store.watchAnswered("acme", { kind: "snapshot", snapshot: snapshotAt(10) });
    expect(store.watchOpened("acme")).toEqual({ cursor: 10 });
  });

  it("entries in order move the state, and each is heard once", () => {
    const { store, seq } = openStore();
    const heard: number[] = [];
    store.onEntries((_, entries) => heard.push(...entries.map((each) => each.seq)));
    expect(store.entriesArrived("acme", [entry(11), entry(12)])).toBeNull();
    expect(store.entriesArrived("acme", [entry(12), entry(13)])).toBeNull();
    expect(seq()).toBe(13);
    expect(heard).toEqual([11, 12, 13]);
  });

  it("an entry that is already known changes nothing", () => {
    const { store, repaints, seq } = openStore();
    const before = repaints.length;
    expect(store.entriesArrived("acme", [entry(9), entry(10)])).toBeNull();
    expect(seq()).toBe(10);
    expect(repaints).toHaveLength(before);
  });

  it("a hole is asked for and never stepped over", () => {
    const { store, seq } = openStore();
    expect(store.entriesArrived("acme", [entry(11), entry(14)])).toEqual({ cursor: 11 });
    expect(seq()).toBe(11);
  });

  it("what arrives while a question is under way is kept and follows the answer", () => {
    const { store, seq } = openStore();
    store.entriesArrived("acme", [entry(13)]);
    expect(store.entriesArrived("acme", [entry(14), entry(15)])).toBeNull();
    expect(store.watchAnswered("acme", { kind: "replay", entries: [entry(11), entry(12), entry(13), entry(14)] })).toBeNull();
    expect(seq()).toBe(15);
  });

  it("a replay that leaves a hole is asked for again", () => {
    const { store } = openStore();
    store.entriesArrived("acme", [entry(13)]);
    expect(store.watchAnswered("acme", { kind: "replay", entries: [entry(11)] })).toBeNull();
    expect(store.entriesArrived("acme", [entry(13)])).toEqual({ cursor: 11 });
  });

  it("a snapshot restarts everything", () => {
    const { store, seq } = openStore();
    store.snapshotArrived("acme", snapshotAt(500));
    expect(seq()).toBe(500);
    expect(store.entriesArrived("acme", [entry(501)])).toBeNull();
    expect(seq()).toBe(501);
  });

  it("a new version of the agreement asks for a snapshot", () => {
    const { store } = openStore();
    expect(store.entriesArrived("acme", [{ seq: 11, atMs: 0, event: { kind: "agreement:changed", version: 99 } }])).toEqual({
      cursor: null,
    });
  });

  it("entries of an agreement nobody knows yet ask for everything", () => {
    const { store } = openStore();
    expect(store.entriesArrived("other", [entry(1)])).toEqual({ cursor: null });
  });
});

describe("pausing", () => {
  it("a paused view stays as it is and counts what waits", () => {
    const { store, seq } = openStore();
    store.setPaused(true);
    const frozen = store.getView().agreements;
    store.entriesArrived("acme", [entry(11), entry(12), entry(13)]);
    expect(store.getView().agreements).toBe(frozen);
    expect(store.getView().paused?.waiting).toBe(3);
    store.setPaused(false);
    expect(seq()).toBe(13);
    expect(store.getView().paused).toBeNull();
  });
});

describe("staying honest", () => {
  it("a server that says nothing for more than six seconds is lost, with the time of its last word", () => {
    const { store, pass } = openStore();
    store.clockTicked(5_000_000, "up");
    pass(6000);
    store.look();
    expect(store.getView().connection).toBe("live");
    pass(1);
    store.look();
    expect(store.getView()).toMatchObject({ connection: "lost", confirmedAtMs: 5_000_000 });
    store.clockTicked(5_006_001, "up");
    expect(store.getView()).toMatchObject({ connection: "live", confirmedAtMs: null });
  });

  it("ticks on a quiet board repaint nothing", () => {
    const { store, repaints, pass } = openStore();
    store.clockTicked(5_000_000, "up");
    const before = repaints.length;
    for (let tick = 0; tick < 10; tick += 1) {
      pass(2000);
      store.clockTicked(5_000_000 + tick * 2000, "up");
      store.look();
    }
    expect(repaints).toHaveLength(before);
  });

  it("a server without its store does not count as live", () => {
    const { store } = openStore();
    store.clockTicked(5_000_000, "up");
    store.clockTicked(5_002_000, "down");
    expect(store.getView()).toMatchObject({ connection: "store-down", confirmedAtMs: 5_000_000 });
  });

  it("figures that nobody judges any more do not count as live, with the time at which somebody last did", () => {
    const { store, repaints } = openStore();
    store.clockTicked(5_000_000, "up", 4_930_000);
    expect(store.getView()).toMatchObject({ connection: "unjudged", confirmedAtMs: 4_930_000 });
    const before = repaints.length;
    store.clockTicked(5_002_000, "up", 4_930_000);
    expect(repaints).toHaveLength(before);
    store.clockTicked(5_004_000, "up");
    expect(store.getView()).toMatchObject({ connection: "live", confirmedAtMs: null });
  });

  it("a line that drops is mentioned only after two seconds", () => {
    const { store, pass } = openStore();
    store.clockTicked(5_000_000, "up");
    store.lineChanged({ connected: false, droppedAtMs: 1_000_000 });
    expect(store.getView().connection).toBe("live");
    pass(2000);
    store.look();
    expect(store.getView().connection).toBe("reconnecting");
    store.lineChanged({ online: false });
    expect(store.getView().connection).toBe("offline");
  });

  it("the server's clock counts, not the browser's", () => {
    const { store, pass } = openStore();
    store.clockTicked(5_000_000, "up");
    pass(700);
    expect(store.serverNowMs()).toBe(5_000_700);
  });
});
