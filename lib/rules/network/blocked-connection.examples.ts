import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Groups = InputOf<"service">["securityGroups"];

/** A web service that calls a second one, which has a group of the person's own. */
const calling = (groups: (caller: string) => Groups, callerGroups?: Groups) =>
  draw((draft) => {
    const web = fargateWeb(draft, callerGroups ? { service: { securityGroups: callerGroups } } : {});
    const orders = draft.add(
      "service",
      { launchType: "FARGATE", desiredCount: 2, securityGroups: groups(web.service) },
      { name: "Orders", parent: web.cluster },
    );
    const task = draft.add(
      "taskDefinition",
      {
        cpu: 256,
        memory: 512,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        containerDefinitions: {
          c1: { name: "orders", portMappings: [{ containerPort: 9000 }], readonlyRootFilesystem: true },
        },
      },
      { name: "Orders task", parent: web.cluster },
    );
    draft.connect(orders, "run", task);
    draft.connect(`${task}/c1`, "pull", web.repository);
    draft.connect(web.service, "call", orders);
  });
const tcp = (port: number, peer: { cidr: string } | { node: string }) => ({ fromPort: port, toPort: port, peer });

export const examples: Examples = {
  bad: [
    calling(() => ({ mode: "own" })),
    calling((caller) => ({ mode: "own", ingress: [tcp(8080, { node: caller })] })),
    calling((caller) => ({ mode: "own", ingress: [tcp(9000, { node: caller })] }), {
      mode: "own",
      ingress: [tcp(8080, { cidr: "10.0.0.0/16" })],
      egress: [tcp(443, { cidr: "0.0.0.0/0" })],
    }),
  ],
  good: [
    calling(() => ({ mode: "derived" })),
    calling((caller) => ({ mode: "own", ingress: [tcp(9000, { node: caller })] })),
    calling(() => ({ mode: "own", ingress: [tcp(9000, { cidr: "10.0.0.0/16" })] })),
  ],
};
