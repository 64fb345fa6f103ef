import { PullView, PutPull } from "./pull.ts";

const PROVIDERS = ["provider"] as const;

/** Feeds that Accord fetches by itself. */
export const PULL_ROUTES = {
  pull: {
    method: "get",
    path: "/api/v1/feeds/:feedId/pull",
    policy: { access: "member", roles: PROVIDERS },
    body: null,
    response: PullView.nullable(),
    summary: "How a feed is fetched and how that went; null when it is not",
  },
  putPull: {
    method: "put",
    path: "/api/v1/feeds/:feedId/pull",
    policy: { access: "member", roles: PROVIDERS },
    body: PutPull,
    response: PullView,
    summary: "Have a feed fetched by HTTPS, SFTP or from S3 on a schedule",
  },
  endPull: {
    method: "delete",
    path: "/api/v1/feeds/:feedId/pull",
    policy: { access: "member", roles: PROVIDERS },
    body: null,
    response: null,
    summary: "Fetch a feed no longer and forget its secret",
  },
  runPull: {
    method: "post",
    path: "/api/v1/feeds/:feedId/pull/run",
    policy: { access: "member", roles: PROVIDERS },
    body: null,
    response: PullView,
    summary: "Fetch a feed now",
  },
} as const;
