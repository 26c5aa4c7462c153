import * as z from "zod";

const statement = z.strictObject({
  actions: z.array(z.string()).meta({ label: "Actions", placeholder: "sqs:SendMessage" }),
  resources: z.array(z.string()).meta({ label: "Resources", placeholder: "arn:aws:sqs:…" }),
});

/**
 * A role slot: derived from the edges, none, an existing role by ARN, or taken over by hand.
 * `trusts` is the service principal that `own` lets assume the role.
 */
export const roleSlot = (label: string, trusts: string, help: string) =>
  z
    .discriminatedUnion("mode", [
      z.strictObject({ mode: z.literal("derived") }),
      z.strictObject({ mode: z.literal("none") }),
      z.strictObject({
        mode: z.literal("existing"),
        arn: z.string().meta({ label: "Role ARN", placeholder: "arn:aws:iam::123456789012:role/name" }),
      }),
      z.strictObject({
        mode: z.literal("own"),
        trusts: z.string().default(trusts).meta({ label: "Trusted service", placeholder: trusts }),
        managedPolicyArns: z.array(z.string()).default([]).meta({ label: "Managed policies" }),
        statements: z.array(statement).default([]).meta({ label: "Statements" }),
      }),
    ])
    .default({ mode: "derived" })
    .meta({ label, help, advanced: true });

export type RoleSlot = z.output<ReturnType<typeof roleSlot>>;
