import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      ec2Web(draft, { capacity: { customUserData: "#!/bin/bash\nyum install -y htop\n" } });
    }),
    draw((draft) => {
      ec2Web(draft, { capacity: { customUserData: "#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config\n" } });
    }),
  ],
  good: [
    draw(ec2Web),
    draw((draft) => {
      ec2Web(draft, {
        capacity: { customUserData: "#!/bin/bash\necho ECS_CLUSTER=$CLUSTER >> /etc/ecs/ecs.config\n" },
      });
    }),
  ],
  // An image of one's own may hold agent and configuration.
  unknowable: [
    draw((draft) => {
      ec2Web(draft, { capacity: { ami: "custom", customImageId: "ami-0123456789abcdef0" } });
    }),
  ],
};
