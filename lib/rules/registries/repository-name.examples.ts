import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const named = (repositoryName: string) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const repository = draft.document.nodes[web.repository];
    if (repository) repository.props = { repositoryName };
  });

const expiring = (expireUntaggedAfterDays: number | null) =>
  draw((draft) => {
    const repository = draft.document.nodes[fargateWeb(draft).repository];
    if (repository) repository.props = { expireUntaggedAfterDays };
  });

export const examples: Examples = {
  bad: [expiring(0), expiring(-1), named("My Shop"), named("x"), named("🚢"), named("shop//web")],
  good: [
    expiring(1),
    expiring(null),
    named("shop/web-app"),
    named("a.b_c__d-e"),
    draw((draft) => void fargateWeb(draft)),
  ],
};
