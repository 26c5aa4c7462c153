import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Strategy = NonNullable<InputOf<"service">["capacityProviderStrategy"]>;
const spread = (...capacityProviderStrategy: Strategy) =>
  draw((draft) => {
    fargateWeb(draft, { service: { launchType: undefined, capacityProviderStrategy } });
  });
const fargate = { capacityProvider: "FARGATE" as const };
const spot = { capacityProvider: "FARGATE_SPOT" as const };

const edgeWith = (props: { weight?: number; base?: number }) =>
  draw((draft) => {
    const web = ec2Web(draft);
    for (const edge of Object.values(draft.document.edges)) {
      if (edge.from === web.service && edge.relation === "useCapacity") edge.props = props;
    }
  });

export const examples: Examples = {
  bad: [
    spread({ ...fargate, weight: 1001 }, spot),
    spread({ ...fargate, base: -1 }, spot),
    spread({ ...fargate, base: 1 }, { ...spot, base: 1 }),
    spread({ ...fargate, weight: 0 }, { ...spot, weight: 0 }),
    spread(fargate, fargate),
    edgeWith({ weight: -1 }),
    edgeWith({ base: 100_001 }),
  ],
  good: [
    spread(fargate),
    spread({ ...fargate, base: 100_000, weight: 0 }, { ...spot, weight: 1000 }),
    edgeWith({ weight: 1, base: 2 }),
  ],
};
