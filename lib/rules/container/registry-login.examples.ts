import type { Draft } from "../../testing/draw";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type Web } from "../../testing/presets";
import type { Examples } from "../rule";

/** The image comes from Docker Hub instead. */
function fromDockerHub(draft: Draft, web: Web, isPrivate: boolean): void {
  const hub = draft.add("dockerHub", { repository: "acme/web", private: isPrivate }, { name: "acme/web" });
  delete draft.document.edges.e4;
  delete draft.document.nodes[web.repository];
  draft.connect(web.container, "pull", hub, { tag: "2.1" });
}

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fromDockerHub(draft, fargateWeb(draft), true);
    }),
    draw((draft) => {
      fromDockerHub(draft, ec2Web(draft), true);
    }),
  ],
  good: [
    draw((draft) => {
      fromDockerHub(draft, fargateWeb(draft), false);
    }),
    draw((draft) => {
      const web = fargateWeb(draft);
      fromDockerHub(draft, web, true);
      const login = draft.add("secret", {}, { name: "Docker Hub login" });
      draft.connect(web.container, "credentials", login);
    }),
    draw((draft) => {
      const customUserData =
        "#!/bin/bash\necho ECS_CLUSTER=$CLUSTER >> /etc/ecs/ecs.config\necho ECS_ENGINE_AUTH_TYPE=docker >> /etc/ecs/ecs.config\necho ECS_ENGINE_AUTH_DATA={} >> /etc/ecs/ecs.config\n";
      fromDockerHub(draft, ec2Web(draft, { capacity: { customUserData } }), true);
    }),
  ],
};
