import type { Redis } from "ioredis";
import { z } from "zod";
import { AppError } from "../protocol/errors.ts";
import { type Membership, Person } from "../protocol/role.ts";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";

/** A person with the stored form of the password. It never leaves the server. */
export const PersonRecord = Person.extend({ password: z.string() });
export type PersonRecord = z.infer<typeof PersonRecord>;

/** Repeating the call with the same id changes nothing, so that a re-sent command is harmless. */
const ADD_PERSON = `
local holder = redis.call('HGET', KEYS[1], ARGV[1])
if holder and holder ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3])
return 1`;

const REPLACE_PERSON = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('INCR', KEYS[2])
return 1`;

/** One spelling per mailbox, so that nobody can be registered twice by case. */
export function canonicalEmail(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

export function withoutPassword(record: PersonRecord): Person {
  const { password: _, ...person } = record;
  return person;
}

/** @throws AppError conflict when the e-mail address belongs to somebody else. */
export async function addPerson(redis: Redis, record: PersonRecord): Promise<void> {
  const person = { ...record, email: canonicalEmail(record.email) };
  const keys = [peopleKeys.emails, peopleKeys.person(person.id)];
  const added = await runScript(redis, ADD_PERSON, keys, [person.email, person.id, JSON.stringify(person)]);
  if (added === 1) return;
  throw new AppError(
    "conflict",
    "A person with this e-mail address exists already.",
    "Use another address, or change the existing person.",
  );
}

export async function readPerson(redis: Redis, id: string): Promise<PersonRecord | null> {
  const text = await redis.get(peopleKeys.person(id));
  return text === null ? null : PersonRecord.parse(JSON.parse(text));
}

export async function findPersonByEmail(redis: Redis, email: string): Promise<PersonRecord | null> {
  const id = await redis.hget(peopleKeys.emails, canonicalEmail(email));
  // The second read happens for unknown addresses too, so that the time of an answer does not tell who exists.
  return readPerson(redis, id ?? "nobody");
}

/** Everybody, ordered by e-mail address. */
export async function listPeople(redis: Redis): Promise<Person[]> {
  const ids = await redis.hvals(peopleKeys.emails);
  if (ids.length === 0) return [];
  const texts = await redis.mget(ids.map((id) => peopleKeys.person(id)));
  const people = texts.flatMap((text) => (text === null ? [] : [withoutPassword(PersonRecord.parse(JSON.parse(text)))]));
  return people.toSorted((a, b) => (a.email < b.email ? -1 : 1));
}

export async function hasPeople(redis: Redis): Promise<boolean> {
  return (await redis.exists(peopleKeys.emails)) === 1;
}

export interface PersonChange {
  readonly memberships?: readonly Membership[] | undefined;
  /** The stored form of a new password. */
  readonly password?: string | undefined;
}

/**
 * Changes what is named of a person; live connections of the person are cut on every server.
 *
 * @throws AppError not-found for an unknown person, conflict when somebody else keeps changing the same person.
 */
export async function changePerson(redis: Redis, personId: string, change: PersonChange): Promise<Person> {
  const keys = [peopleKeys.person(personId), peopleKeys.revision];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await redis.get(peopleKeys.person(personId));
    if (before === null) throw new AppError("not-found", "There is no such person.", "Check the id.");
    const record = PersonRecord.parse(JSON.parse(before));
    const memberships = change.memberships === undefined ? record.memberships : [...change.memberships];
    const after: PersonRecord = { ...record, memberships, password: change.password ?? record.password };
    if ((await runScript(redis, REPLACE_PERSON, keys, [before, JSON.stringify(after)])) === 1) return withoutPassword(after);
  }
  throw new AppError("conflict", "The person was changed by somebody else at the same time.", "Try again.");
}

/** Counts changes of rights since the beginning; 0 when nothing ever changed. */
export async function rightsRevision(redis: Redis): Promise<string> {
  return (await redis.get(peopleKeys.revision)) ?? "0";
}

/** Name of the client company; empty before set-up. */
export async function readWorkspace(redis: Redis): Promise<string> {
  return (await redis.get(peopleKeys.workspace)) ?? "";
}
