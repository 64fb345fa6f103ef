import type { SeenEntry, Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { Caller } from "./caller.ts";

/** How much of an agreement somebody sees: all of it, or what is for both sides. */
export type Sight = "whole" | "shared";

/** Warnings meant for the provider alone are seen by its people, and by the administrator, who sees everything. */
export function sightOf(caller: Caller, agreementId: string): Sight {
  if (caller.kind !== "person") return "shared";
  const { administrator, memberships } = caller.person;
  const isProvider = memberships.some((one) => one.agreementId === agreementId && one.role === "provider");
  return administrator || isProvider ? "whole" : "shared";
}

export function isSeen({ audience }: Alert, sight: Sight): boolean {
  return sight === "whole" || audience === undefined;
}

/** A stream entry as somebody sees it: what is not for them keeps its number, so that the sequence stays whole. */
export function entrySeen(entry: StreamEntry, sight: Sight): SeenEntry {
  const { event, seq } = entry;
  return event.kind !== "alert:changed" || isSeen(event.alert, sight) ? entry : { seq, hidden: true };
}

export function snapshotSeen(snapshot: Snapshot, sight: Sight): Snapshot {
  return sight === "whole" ? snapshot : { ...snapshot, alerts: snapshot.alerts.filter((alert) => isSeen(alert, sight)) };
}
