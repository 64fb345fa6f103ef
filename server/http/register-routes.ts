import type { Express } from "express";
import { ROUTES, type RouteName } from "../../shared/protocol/routes.ts";
import type { ServerParts } from "../parts.ts";
import { agreementRoutes } from "./agreement-routes.ts";
import { alertRoutes } from "./alert-routes.ts";
import { archiveRoutes } from "./archive-routes.ts";
import { channelRoutes } from "./channel-routes.ts";
import { claimRoutes } from "./claim-routes.ts";
import { compareRoutes } from "./compare-routes.ts";
import { driftRoutes } from "./drift-routes.ts";
import { feedDefinitionRoutes } from "./feed-definition-routes.ts";
import { feedRoutes } from "./feed-routes.ts";
import { groupRoutes } from "./group-routes.ts";
import { keyRoutes } from "./key-routes.ts";
import { ledgerRoutes } from "./ledger-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import { qualityRoutes } from "./quality-routes.ts";
import { receiptRoutes } from "./receipt-routes.ts";
import { restatementRoutes } from "./restatement-routes.ts";
import type { Handlers } from "./route-types.ts";
import { serveRoute } from "./serve-route.ts";
import { sessionRoutes } from "./session-routes.ts";
import { setupRoutes } from "./setup-routes.ts";
import { uploadRoutes } from "./upload.ts";
import { UploadGate } from "./upload-gate.ts";
import { versionRoutes } from "./version-routes.ts";

function isRouteName(text: string): text is RouteName {
  return Object.hasOwn(ROUTES, text);
}

export const ROUTE_NAMES: readonly RouteName[] = Object.keys(ROUTES).filter(isRouteName);

function register<N extends RouteName>(app: Express, parts: ServerParts, name: N, handlers: Handlers): void {
  const { method, path } = ROUTES[name];
  app[method](path, serveRoute(parts, name, handlers[name]));
}

/** Puts every declared route on the app. */
export function registerRoutes(app: Express, parts: ServerParts): void {
  const gate = new UploadGate(parts);
  const handlers: Handlers = {
    ...setupRoutes(parts),
    ...sessionRoutes(parts),
    ...peopleRoutes(parts),
    ...agreementRoutes(parts),
    ...alertRoutes(parts),
    ...versionRoutes(parts),
    ...claimRoutes(parts),
    ...compareRoutes(parts),
    ...qualityRoutes(parts),
    ...keyRoutes(parts),
    ...feedRoutes(parts),
    ...feedDefinitionRoutes(parts),
    ...uploadRoutes(parts, gate),
    ...pullRoutes(parts),
    ...receiptRoutes(parts),
    ...ledgerRoutes(parts),
    ...restatementRoutes(parts),
    ...archiveRoutes(parts),
    ...groupRoutes(parts, gate),
    ...channelRoutes(parts),
    ...driftRoutes(parts),
  };
  for (const name of ROUTE_NAMES) register(app, parts, name, handlers);
}
