import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const having = (props: InputOf<"ecrRepository">) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const repository = draft.document.nodes[web.repository];
    if (repository) repository.props = props;
  });

export const examples: Examples = {
  bad: [
    having({ scanOnPush: false }),
    having({ imageTagMutability: "MUTABLE" }),
    having({ expireUntaggedAfterDays: null }),
  ],
  good: [having({})],
};
