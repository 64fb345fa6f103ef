import type { Request } from "express";
import { z } from "zod";
import { ROUTES, type RouteDeclaration, type RouteName } from "../../shared/protocol/routes.ts";
import { AppError } from "../../shared/protocol/errors.ts";
import type { Input } from "./route-types.ts";

const PARAMETER = /:(\w+)/gu;

function schemaOf(route: RouteDeclaration): z.ZodType {
  const names = [...route.path.matchAll(PARAMETER)].map(([, name = ""]) => name);
  return z.strictObject({
    params: z.strictObject(Object.fromEntries(names.map((name) => [name, z.string().max(200)]))),
    query: route.query ?? z.strictObject({}),
    body: route.body ?? z.null(),
  });
}

const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(ROUTES).map(([name, route]) => [name, schemaOf(route)]));

function isInput<N extends RouteName>(name: N, input: unknown): input is Input<N> {
  return SCHEMAS.get(name)?.safeParse(input).success === true;
}

/** Names every field that is wrong, in the words of the schema. Values are not repeated: they may be secrets. */
export function refusal(error: z.ZodError): AppError {
  const issues = error.issues.map(({ path, message }) => {
    const field = path.filter((part) => part !== "body" && part !== "query" && part !== "params").join(".");
    return field === "" ? message : `${field}: ${message}`;
  });
  return new AppError("bad-request", issues.join("; "), "Correct the named fields and send the request again.");
}

/** @throws AppError bad-request for anything that the declaration does not describe, unknown fields included. */
export function parseInput<N extends RouteName>(name: N, request: Request): Input<N> {
  const raw = {
    params: { ...request.params },
    query: { ...request.query },
    body: ROUTES[name].body === null ? null : (request.body ?? {}),
  };
  const parsed = SCHEMAS.get(name)?.safeParse(raw);
  if (parsed?.success === false) throw refusal(parsed.error);
  const input: unknown = parsed?.data;
  if (!isInput(name, input)) throw new Error(`the schema of ${name} does not accept its own output`);
  return input;
}
