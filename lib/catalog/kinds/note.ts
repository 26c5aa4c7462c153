import * as z from "zod";
import { defineKind } from "../kind";

export const note = defineKind({
  label: "Note",
  short: "Note",
  about: "A remark on the drawing. It changes no export.",
  group: "Other",
  icon: "note",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/Welcome.html",
  keywords: ["comment", "text", "remark"],
  props: z.strictObject({
    text: z.string().default("").meta({ label: "Text", multiline: true }),
  }),
  initial: () => ({}),
  within: ["vpc", "cluster"],
  box: false,
  size: { w: 220, h: 96 },
  summary: (props) => [props.text],
  deployable: false,
});
