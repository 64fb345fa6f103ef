import { z } from "zod";
import { AgreementSummary, Session } from "../../shared/protocol/routes.ts";
import { call } from "../live/api.ts";
import type { AgreementCard } from "../live/live-context.ts";

export type SessionView = z.infer<typeof Session>;
export interface Start {
  readonly session: SessionView;
  readonly cards: readonly AgreementCard[];
}

export function readSession(): Promise<SessionView> {
  return call({ path: "/api/v1/session", answer: Session });
}

export async function readStart(): Promise<Start> {
  const session = await readSession();
  return { session, cards: await readCards() };
}

export function readCards(): Promise<readonly AgreementCard[]> {
  return call({ path: "/api/v1/agreements", answer: z.array(AgreementSummary) });
}

export function signIn(email: string, password: string): Promise<SessionView> {
  return call({ method: "POST", path: "/api/v1/session", body: { email, password }, answer: Session });
}

export function signOut(): Promise<unknown> {
  return call({ method: "DELETE", path: "/api/v1/session", answer: z.unknown() });
}

export function setUp(request: { token: string; workspace: string; email: string; name: string; password: string }): Promise<SessionView> {
  return call({ method: "POST", path: "/api/v1/setup", body: request, answer: Session });
}
