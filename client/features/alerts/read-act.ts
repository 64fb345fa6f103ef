import { AlertCause } from "../../../shared/alerts/alert.ts";
import type { MemberView } from "../../../shared/protocol/alert-routes.ts";
import type { AlertActRequest } from "../../../shared/protocol/alert-acts.ts";
import type { PartyActor } from "../../../shared/settlement/party.ts";
import { formText } from "../../ui/form-text.ts";
import type { FormDeed } from "./act-words.ts";
import type { Chosen, Doing } from "./predict.ts";

function ownerOf(ownerId: string, members: readonly MemberView[]): PartyActor | null {
  const found = members.find(({ id }) => id === ownerId);
  return found === undefined ? null : { id: found.id, name: found.name, party: found.party };
}

const AT = "at ";

/** A time as a form has it, beside lengths from now. @param ms epoch milliseconds. */
export function untilTime(ms: number): string {
  return `${AT}${ms}`;
}

/** The time that a form names, in epoch milliseconds; `null` if it names a length, or none. */
export function timeOf(until: string): number | null {
  return until.startsWith(AT) ? Number(until.slice(AT.length)) : null;
}

function afterNow(length: string, nowMs: number): number | null {
  return length === "" ? null : nowMs + Number(length);
}

function requestOf(deed: FormDeed, chosen: Chosen, nowMs: number): AlertActRequest {
  const { note, owner: ownerId } = chosen;
  const cause = AlertCause.options.find((each) => each === chosen.cause);
  switch (deed) {
    case "acknowledge": {
      const dueMs = afterNow(chosen.due, nowMs);
      return {
        do: "acknowledge",
        note,
        ...(cause === undefined ? {} : { cause }),
        ...(ownerId === "" ? {} : { ownerId }),
        ...(dueMs === null ? {} : { dueMs }),
      };
    }
    case "assign":
      return { do: "assign", ownerId, note };
    case "snooze":
      return { do: "snooze", untilMs: timeOf(chosen.until) ?? afterNow(chosen.until, nowMs), note };
    case "close":
      return { do: "close", cause: cause ?? "other", note };
    case "comment":
    case "release":
      return { do: deed, note };
  }
}

/** What a form asks to be done. Times are lengths from the moment it is sent. */
export function readAct(deed: FormDeed, data: FormData, members: readonly MemberView[], nowMs: number): Doing {
  const text = (name: keyof Chosen) => formText(data, name).trim();
  const chosen = { note: text("note"), owner: text("owner"), cause: text("cause"), due: text("due"), until: text("until") };
  const request = requestOf(deed, chosen, nowMs);
  return { request, owner: ownerOf("ownerId" in request ? (request.ownerId ?? "") : "", members), chosen };
}
