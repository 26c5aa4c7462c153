import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Scaling = NonNullable<InputOf<"service">["autoScaling"]>;
const perTarget = (loadBalancer?: string): Scaling => ({
  minCapacity: 2,
  maxCapacity: 6,
  policies: [
    {
      policyType: "TargetTrackingScaling",
      predefinedMetricType: "ALBRequestCountPerTarget",
      targetValue: 500,
      ...(loadBalancer === undefined ? {} : { loadBalancer }),
    },
  ],
});

/** A second load balancer in front of the same service. */
function second(draft: Draft, web: ReturnType<typeof fargateWeb>): string {
  const alb = draft.add(
    "alb",
    { scheme: "internal", listeners: [{ port: 443, protocol: "HTTPS", certificate: { from: "parameter" } }] },
    { name: "Side door", parent: web.vpc },
  );
  draft.connect(alb, "forward", web.service);
  return alb;
}

export const examples: Examples = {
  bad: [
    // Nothing is in front of the worker.
    draw((draft) => {
      const web = fargateWeb(draft);
      const worker = draft.add(
        "service",
        { launchType: "FARGATE", autoScaling: perTarget() },
        { name: "Worker", parent: web.cluster },
      );
      draft.connect(worker, "run", web.task);
    }),
    draw((draft) => {
      const web = fargateWeb(draft, { service: { autoScaling: perTarget() } });
      second(draft, web);
    }),
  ],
  good: [
    draw((draft) => {
      fargateWeb(draft, { service: { autoScaling: perTarget() } });
    }),
    draw((draft) => {
      const web = fargateWeb(draft);
      const alb = second(draft, web);
      const node = draft.document.nodes[web.service];
      if (node) node.props = { ...node.props, autoScaling: perTarget(alb) } as typeof node.props;
    }),
  ],
};
