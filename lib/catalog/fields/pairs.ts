import * as z from "zod";

/** A list of `{ name, <key> }`, the ECS API's shape for environment entries and secrets. */
export const pairsOf = <K extends "value" | "valueFrom">(key: K, label: string) =>
  z.array(
    z.strictObject({
      name: z.string().meta({ label: "Name" }),
      [key]: z.string().meta({ label }),
    } as { name: z.ZodString } & Record<K, z.ZodString>),
  );
