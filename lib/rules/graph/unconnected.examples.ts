import type { NodeKind } from "../../catalog";
import { draw } from "../../testing/draw";
import { nightly } from "../../testing/nightly";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const beside = (kind: NodeKind) =>
  draw((draft) => {
    fargateWeb(draft);
    draft.add(kind, {}, { name: "Alone" });
  });

export const examples: Examples = {
  bad: [
    ...(
      [
        "cluster",
        "vpc",
        "ecrRepository",
        "efs",
        "s3Bucket",
        "sqsQueue",
        "snsTopic",
        "secret",
        "ssmParameter",
        "dockerHub",
        "internet",
      ] as const
    ).map(beside),
    draw((draft) => {
      const { cluster } = fargateWeb(draft);
      draft.add(
        "taskDefinition",
        {
          containerDefinitions: {
            c1: { name: "job", image: "public.ecr.aws/docker/library/busybox:1.37", memory: 128 },
          },
        },
        { name: "Alone", parent: cluster },
      );
    }),
  ],
  good: [
    draw(fargateWeb),
    // The queue is named by the edge that starts the task.
    draw((draft) => void nightly(draft)),
  ],
  unknowable: [
    draw((draft) => {
      fargateWeb(draft);
      draft.add("sqsQueue", {}, { name: "Alone" });
      draft.add(
        "generic",
        { type: "AWS::Lambda::EventSourceMapping", properties: { EventSourceArn: { "Fn::GetAtt": ["Alone", "Arn"] } } },
        { name: "Trigger" },
      );
    }),
  ],
};
