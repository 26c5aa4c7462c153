import type { RelationProps } from "../../catalog/relations";
import type { Draft } from "../../testing/draw";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Check = RelationProps<"forward">["healthCheck"];

const checked = (
  healthCheck: Check,
  preset: (draft: Draft) => { forward: string } = fargateWeb,
  more: { targetProtocol?: string; deregistrationDelay?: number } = {},
) =>
  draw((draft) => {
    const edge = draft.document.edges[preset(draft).forward];
    if (edge) edge.props = { healthCheck, ...more };
  });

/** Behind a Network Load Balancer, beside the usual one. */
const overTcp = (healthCheck: Check) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const listeners = [{ port: 8080, protocol: "TCP" as const }];
    const nlb = draft.add("nlb", { listeners }, { name: "Fast door", parent: web.vpc });
    draft.connect(web.internet, "request", nlb);
    draft.connect(nlb, "forward", web.service, { healthCheck });
  });

export const examples: Examples = {
  bad: [
    checked({ port: "8080" }, ec2Web),
    checked({ port: "web" }),
    checked({ protocol: "TCP" }),
    checked({ matcher: "500" }),
    checked({ matcher: "2xx" }),
    checked({ interval: 400 }),
    checked({ timeout: 1 }),
    checked({ healthyThreshold: 11 }),
    checked({ unhealthyThreshold: 1 }),
    checked({ interval: 10, timeout: 10 }),
    checked({ path: "health" }),
    checked({ path: "" }),
    overTcp({ protocol: "TCP", path: "/health" }),
    overTcp({ protocol: "TCP", matcher: "200" }),
    checked({}, fargateWeb, { deregistrationDelay: 3601 }),
  ],
  good: [
    checked({}),
    checked({ port: "traffic-port" }, ec2Web),
    overTcp({ protocol: "TCP" }),
    overTcp({ matcher: "200" }),
    checked({}, fargateWeb, { deregistrationDelay: 0 }),
    checked({ matcher: "0-99" }, fargateWeb, { targetProtocol: "GRPC" }),
    checked({ path: "/health", port: "8080", matcher: "200-299,301", interval: 10, timeout: 9 }),
  ],
};
