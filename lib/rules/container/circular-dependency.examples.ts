import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const image = "public.ecr.aws/docker/library/busybox:1.37";
const helper = (name: string) => ({ name, image, essential: false, readonlyRootFilesystem: true });
const app = { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true };
const three = { c1: app, c2: helper("first"), c3: helper("second") };

const chained = (...links: [string, string][]) =>
  draw((draft) => {
    const { task } = fargateWeb(draft, { task: { containerDefinitions: three } });
    for (const [from, to] of links) draft.connect(`${task}/${from}`, "dependsOn", `${task}/${to}`);
  });
const sharing = (first: WebChanges["container"], second: WebChanges["container"] = {}) =>
  draw((draft) => {
    fargateWeb(draft, {
      task: {
        containerDefinitions: { c1: app, c2: { ...helper("first"), ...first }, c3: { ...helper("second"), ...second } },
      },
    });
  });

export const examples: Examples = {
  bad: [
    chained(["c1", "c2"], ["c2", "c1"]),
    chained(["c1", "c2"], ["c2", "c3"], ["c3", "c1"]),
    sharing({ volumesFrom: [{ sourceContainer: "nobody" }] }),
    sharing({ volumesFrom: [{ sourceContainer: "first" }] }),
    sharing({ volumesFrom: [{ sourceContainer: "second" }] }, { volumesFrom: [{ sourceContainer: "first" }] }),
    draw((draft) => {
      ec2Web(draft, { container: { links: ["nobody:db"] } });
    }),
    draw((draft) => {
      const { task, cluster } = fargateWeb(draft);
      const other = draft.add(
        "taskDefinition",
        {
          cpu: 256,
          memory: 512,
          networkMode: "awsvpc",
          containerDefinitions: { c1: { ...helper("other"), essential: true } },
        },
        { name: "Other", parent: cluster },
      );
      const service = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2 },
        { name: "Worker", parent: cluster },
      );
      draft.connect(service, "run", other);
      draft.connect(`${task}/c1`, "dependsOn", `${other}/c1`);
    }),
  ],
  good: [
    draw(fargateWeb),
    chained(["c1", "c2"], ["c2", "c3"], ["c1", "c3"]),
    sharing({ volumesFrom: [{ sourceContainer: "second" }] }),
  ],
};
