import { expect, it } from "vitest";
import * as z from "zod";
import type { Target } from "@/lib/export/target";
import { choiceOf } from "../code/choices";
import { askedOf } from "./asked";

const target: Target = {
  id: "cloudformation",
  label: "A",
  about: "B",
  options: z.strictObject({
    format: z.enum(["yaml", "json"]).default("yaml").meta({ label: "Format" }),
    comments: z.boolean().default(true).meta({ label: "Comments", help: "Which part of the drawing a line is from." }),
    version: z.enum(["1", "2"]).default("2").meta({ label: "Version" }),
    name: z.string().optional().meta({ label: "Name" }),
    values: z.record(z.string(), z.string()).default({}).meta({ label: "Values" }),
    hidden: z.boolean().default(false),
  }),
  environments: "single",
  emit: () => ({ files: [], notes: [] }),
};

it("asks for what has a label and is not settled by the choice", () => {
  expect(askedOf(target, choiceOf("cloudformation-yaml"))).toEqual([
    {
      key: "comments",
      label: "Comments",
      help: "Which part of the drawing a line is from.",
      type: "boolean",
      initial: true,
    },
    { key: "version", label: "Version", help: undefined, type: "choice", values: ["1", "2"], initial: "2" },
    { key: "name", label: "Name", help: undefined, type: "text", initial: "" },
  ]);
});
