import type { Role } from "../../shared/protocol/role.ts";
import { FeedGroupView, GroupUpload } from "../../shared/protocol/archive-routes.ts";
import { buildReceipt } from "./client-fixture.ts";

/** The group of the fixture, as whoever has the role sees it. */
export function groupsAnswer(role: Role): FeedGroupView[] {
  const mayHandIn = role === "provider" || role === "administrator";
  const routes = { "Acme Insurance PH": "acme-voice.acd-intervals", "Acme Insurance Chat": "acme-chat.chat-intervals" };
  return [
    FeedGroupView.parse({ id: "daily", name: "Daily switch export", column: "client", routes, unknown: "ignore-with-note", mayHandIn }),
  ];
}

/** A file of the group with a receipt for one agreement, an error for the other and rows of nobody. */
export function groupUploadAnswer(nowMs: number): GroupUpload {
  const receipt = buildReceipt({
    number: 88_216,
    state: "accepted",
    settledAtMs: null,
    acceptedAtMs: nowMs,
    feedId: "acme-voice.acd-intervals",
  });
  const error = { code: "unavailable", message: "The store does not answer at the moment.", remedy: "Try again in a few seconds." };
  return GroupUpload.parse({
    receipts: [
      { feedId: "acme-chat.chat-intervals", receipt: null, error },
      { feedId: "acme-voice.acd-intervals", receipt, error: null },
    ],
    ignored: { rows: 23, lines: [4, 17, 18], values: ["Bell", "", "Total"] },
  });
}
