import type { Request, Response } from "express";
import type { z } from "zod";
import type { ROUTES, RouteName } from "../../shared/protocol/routes.ts";
import type { Caller } from "../access/caller.ts";

type Routes = typeof ROUTES;
type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
type Output<S> = S extends z.ZodType ? z.output<S> : null;
type Query<R> = R extends { readonly query: infer S } ? Output<S> : Record<string, never>;

/** What a request says, after it was parsed by the declared schemas. */
export interface Input<N extends RouteName> {
  readonly params: { readonly [K in ParamNames<Routes[N]["path"]>]: string };
  readonly query: Query<Routes[N]>;
  readonly body: Output<Routes[N]["body"]>;
}

export interface Context<N extends RouteName> extends Input<N> {
  readonly caller: Caller;
  readonly request: Request;
  /** For the status of the answer, headers and streamed bodies; JSON bodies are returned. */
  readonly response: Response;
}

/** Returns what the response schema describes; a route without one has streamed its answer or is answered with 204. */
export type Handler<N extends RouteName> = (
  context: Context<N>,
) => Promise<Routes[N]["response"] extends z.ZodType ? z.input<Routes[N]["response"]> : void>;

/** One handler for every declared route: a missing one does not compile, neither does one without a declaration. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };
