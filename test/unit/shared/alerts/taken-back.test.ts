import { describe, expect, it } from "vitest";
import { act, type AlertAct } from "../../../../shared/alerts/act.ts";
import { advance } from "../../../../shared/alerts/advance.ts";
import type { Alert } from "../../../../shared/alerts/alert.ts";
import { push } from "../../../../shared/alerts/push.ts";
import { observe } from "../../../../shared/alerts/observe.ts";
import { UNTOLD } from "../../../../shared/alerts/track.ts";
import type { PartyActor } from "../../../../shared/settlement/party.ts";
import { ABOUT, MINUTE_MS, policyOf, PROVIDER, QA_LEAD } from "../../../support/alert-history.ts";

const POLICY = policyOf();
const ACK: AlertAct = { do: "acknowledge", note: "on it" };
const RAISED = observe(UNTOLD, { ...ABOUT, signal: "critical", headline: "72 %", nowMs: 0 }, POLICY);

function done(alert: Alert | null, what: AlertAct, nowMs: number, who: PartyActor = QA_LEAD): Alert {
  if (alert === null) throw new Error("an alert was expected");
  const result = act(alert, what, { who, seenSeq: alert.seq, nowMs }, POLICY);
  if (result.kind !== "done") throw new Error(`${what.do} was ${result.kind}`);
  return result.alert;
}

describe("a promise that was taken over by mistake", () => {
  const NOW_MS = 10 * MINUTE_MS;
  const mine = done(RAISED.alert, { ...ACK, dueMs: 30 * MINUTE_MS }, 0, PROVIDER);
  const taken = done(mine, { ...ACK, cause: "volume" }, NOW_MS);
  const back = (alert: Alert, nowMs: number) => done(alert, { do: "release", note: "Taken back" }, nowMs);

  it("stands again when that is taken back at once: whose it was, its cause and when it is due", () => {
    expect(taken).toMatchObject({ owner: QA_LEAD, cause: "volume", acknowledgement: { by: "Q. Lead" } });
    const { seq, changedAtMs, history, ...now } = back(taken, NOW_MS + 20_000);
    expect([seq, changedAtMs, history.at(-1)?.note]).toEqual([4, NOW_MS + 20_000, "Taken back. P. Lead has it"]);
    const { setAside: _open, ...promise } = mine.acknowledgement ?? {};
    expect({ ...now, seq: 0, changedAtMs: 0, history: [] }).toEqual({
      ...mine,
      acknowledgement: promise,
      seq: 0,
      changedAtMs: 0,
      history: [],
    });
    const { alert } = advance({ track: RAISED.track, alert: { ...now, seq, changedAtMs, history } }, ABOUT, 31 * MINUTE_MS, POLICY);
    expect(alert?.history.at(-1)).toMatchObject({ kind: "acknowledgement-expired", atMs: 30 * MINUTE_MS });
  });

  it("is given back by whoever took it when it is later, and when somebody decided something in between", () => {
    expect(back(taken, NOW_MS + 20_001)).toMatchObject({ status: "open", owner: null, acknowledgement: null });
    const given = done(taken, { do: "assign", owner: PROVIDER, note: "yours" }, NOW_MS + 1);
    expect(back(given, NOW_MS + 2)).toMatchObject({ status: "open", owner: null, acknowledgement: null });
  });

  it("does not fall silent because another alert stood for it when it was taken over, and does no longer", () => {
    if (RAISED.alert === null) throw new Error("an alert was expected");
    const attached = push(RAISED.alert, { kind: "attached", atMs: 1, by: "Accord", note: "part" }, { parent: "x", escalateAtMs: null });
    const alone = push(done(attached, ACK, 2), { kind: "released", atMs: 3, by: "Accord", note: "by itself" }, { parent: null });
    expect(back(alone, 4)).toMatchObject({ status: "open", parent: null, escalateAtMs: 15 * MINUTE_MS + 4 });
    expect(back(done(attached, ACK, 2), 4)).toMatchObject({ status: "open", parent: "x", escalateAtMs: null });
  });

  it("is asked about when it would have been, is snoozed as it was, and belongs to whom it was assigned, if nobody had it", () => {
    const theirs = done(RAISED.alert, { do: "assign", owner: PROVIDER, note: "yours" }, 1);
    expect(back(done(theirs, ACK, 2), 3)).toMatchObject({ status: "open", owner: PROVIDER, escalateAtMs: 15 * MINUTE_MS });
    const asleep = done(theirs, { do: "snooze", untilMs: 60 * MINUTE_MS, note: "known" }, 2);
    expect(back(done(asleep, ACK, 3), 4)).toMatchObject({ status: "snoozed", snooze: asleep.snooze, escalateAtMs: null });
  });
});
