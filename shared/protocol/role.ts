import { z } from "zod";

/** An administrator runs the workspace and sees all of it; the others belong to agreements. */
export const MEMBER_ROLES = ["client-manager", "qa-lead", "provider"] as const;
export const MemberRole = z.enum(MEMBER_ROLES);
export type MemberRole = z.infer<typeof MemberRole>;

export const ROLES = ["administrator", ...MEMBER_ROLES] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Who is asking: a signed-in person, or a machine with an API key for the feeds of one agreement. */
export const Membership = z.strictObject({ agreementId: z.string(), role: MemberRole });
export type Membership = z.infer<typeof Membership>;

export const Person = z.strictObject({
  id: z.string(),
  email: z.email(),
  name: z.string().min(1).max(80),
  administrator: z.boolean(),
  memberships: z.array(Membership),
});
export type Person = z.infer<typeof Person>;
