import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb, type Web } from "../../testing/presets";
import type { Examples } from "../rule";

const changed = (alb: InputOf<"alb"> | undefined, change: (draft: Draft, web: Web) => void = () => {}) =>
  draw((draft) => change(draft, fargateWeb(draft, alb ? { alb } : {})));

const cut = (draft: Draft, web: Web) => {
  delete draft.document.edges[web.forward];
};
const leaveFrom = (listenerPort: number) => (draft: Draft, web: Web) => {
  const edge = draft.document.edges[web.forward];
  if (edge) edge.props = { listenerPort };
};
const redirect = { port: 80, protocol: "HTTP" as const, redirectToHttps: true };
const secure = (port: number) => ({ port, protocol: "HTTPS" as const, certificate: { from: "parameter" as const } });

export const examples: Examples = {
  bad: [
    changed(undefined, cut),
    changed({ listeners: [] }),
    changed({ listeners: [secure(443), secure(8443)] }),
    changed({ listeners: [redirect, secure(8443)] }),
    changed({ listeners: [secure(443)] }, leaveFrom(8443)),
  ],
  good: [draw(fargateWeb), changed({ listeners: [redirect, secure(443)] }, leaveFrom(443))],
  // A listener rule that the catalog has no kind for may lead to another place.
  unknowable: [
    changed(undefined, (draft, web) => {
      cut(draft, web);
      const rule = draft.add(
        "generic",
        { type: "AWS::ElasticLoadBalancingV2::Listener" },
        { name: "Hand-made listener" },
      );
      draft.connect(rule, "reference", web.alb, { pointer: "/LoadBalancerArn" });
    }),
  ],
};
