import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const calling = (second: { source: "new" | "existing" }, first: { source: "new" | "existing" } = { source: "new" }) =>
  draw((draft) => {
    const { service, task } = fargateWeb(draft, {
      vpc: first,
      container: { portMappings: [{ containerPort: 8080, name: "http" }] },
    });
    const vpc = draft.add("vpc", second, { name: "Other network" });
    const cluster = draft.add("cluster", {}, { name: "Other cluster", parent: vpc });
    const other = draft.add(
      "service",
      { launchType: "FARGATE", desiredCount: 2 },
      { name: "Billing", parent: cluster },
    );
    draft.connect(other, "run", task);
    draft.connect(service, "call", other);
  });

export const examples: Examples = {
  bad: [calling({ source: "new" })],
  good: [
    draw((draft) => {
      const { service, task, cluster } = fargateWeb(draft, {
        container: { portMappings: [{ containerPort: 8080, name: "http" }] },
      });
      const other = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2 },
        { name: "Billing", parent: cluster },
      );
      draft.connect(other, "run", task);
      draft.connect(service, "call", other);
    }),
  ],
  // Two existing VPCs may be the same one.
  unknowable: [calling({ source: "existing" }, { source: "existing" })],
};
