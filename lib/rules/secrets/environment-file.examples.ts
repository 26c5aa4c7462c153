import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const loading = (key: string) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    draft.connect(web.container, "environmentFile", draft.add("s3Bucket", {}, { name: "Settings" }), { key });
  });
const listing = (value: string, type?: string) =>
  draw((draft) => void fargateWeb(draft, { container: { environmentFiles: [{ value, ...(type ? { type } : {}) }] } }));

export const examples: Examples = {
  bad: [
    loading("app.txt"),
    loading(""),
    listing("arn:aws:s3:::bucket/app.txt"),
    listing("app.env"),
    listing("arn:aws:s3:::bucket/app.env", "http"),
  ],
  good: [loading("app.env"), listing("arn:aws:s3:::bucket/app.env")],
};
