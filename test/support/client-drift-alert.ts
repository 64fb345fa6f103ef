import { buildAlert, FIXTURE_NOW_MS } from "./client-fixture.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Somebody has the drift of the handle time. */
export const VOICE_DRIFT_ALERT = buildAlert({
  id: "drift.aht.1",
  headline: "Handle time has risen from 5:58 to 6:09 since about 26 Aug (19 to 29 Aug), 53,080 contacts; still on target (≤\u00a06:30)",
  severity: "warning",
  status: "acknowledged",
  seq: 2,
  subject: { kind: "drift", targetId: "aht" },
  raisedAtMs: FIXTURE_NOW_MS - 18 * DAY_MS,
  acknowledgement: {
    by: "Daniel Ortega",
    atMs: FIXTURE_NOW_MS - 17 * DAY_MS,
    note: "New hires of 24 August. Side by side from Monday.",
    dueMs: FIXTURE_NOW_MS + 28 * 60 * MINUTE_MS,
  },
});
