import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const named = (repositoryName: string) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const repository = draft.document.nodes[web.repository];
    if (repository) repository.props = { repositoryName };
  });

export const examples: Examples = {
  bad: [named("My Shop"), named("x"), named("🚢"), named("shop//web")],
  good: [named("shop/web-app"), named("a.b_c__d-e"), draw((draft) => void fargateWeb(draft))],
};
