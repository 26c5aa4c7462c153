import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => void ec2Web(draft, { capacity: { instanceRole: { mode: "none" } } })),
    draw(
      (draft) =>
        void ec2Web(draft, {
          capacity: {
            instanceRole: { mode: "own", statements: [{ actions: ["ecr:BatchGetImage"], resources: ["*"] }] },
          },
        }),
    ),
  ],
  good: [
    draw((draft) => void ec2Web(draft)),
    draw(
      (draft) =>
        void ec2Web(draft, {
          capacity: {
            instanceRole: {
              mode: "own",
              managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"],
            },
          },
        }),
    ),
  ],
  unknowable: [
    draw(
      (draft) =>
        void ec2Web(draft, {
          capacity: { instanceRole: { mode: "existing", arn: "arn:aws:iam::123456789012:role/ecs" } },
        }),
    ),
  ],
};
