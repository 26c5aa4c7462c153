import { draw } from "../../testing/draw";
import { fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const named = (image: string, more: WebChanges["container"] = {}) =>
  draw((draft) => {
    const { repository } = fargateWeb(draft, { container: { image, ...more } });
    delete draft.document.edges.e4;
    delete draft.document.nodes[repository];
  });

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft);
      const pull = draft.document.edges.e4;
      if (pull) pull.props = { tag: "latest" };
    }),
    named("public.ecr.aws/nginx/nginx:latest"),
    named("public.ecr.aws/nginx/nginx", { versionConsistency: "disabled" }),
  ],
  good: [
    draw(fargateWeb),
    named("public.ecr.aws/nginx/nginx:1.27"),
    named(`public.ecr.aws/nginx/nginx@sha256:${"0123456789abcdef".repeat(4)}`),
  ],
};
