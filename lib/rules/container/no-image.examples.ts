import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const sidecar = (image: string | undefined) =>
  draw((draft) => {
    fargateWeb(draft, {
      task: {
        containerDefinitions: {
          c1: { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true },
          c2: {
            name: "helper",
            essential: false,
            readonlyRootFilesystem: true,
            ...(image === undefined ? {} : { image }),
          },
        },
      },
    });
  });
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const hub = (repository: string) =>
  draw((draft) => {
    const web = fargateWeb(draft, {
      task: {
        containerDefinitions: {
          c1: { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true },
          c2: { name: "helper", essential: false, readonlyRootFilesystem: true },
        },
      },
    });
    draft.connect(`${web.task}/c2`, "pull", draft.add("dockerHub", { repository }), { tag: "1.27" });
  });

export const examples: Examples = {
  bad: [
    sidecar(undefined),
    sidecar(""),
    sidecar("nginx@sha256:123"),
    sidecar(`${"long/".repeat(60)}nginx:1.27`),
    sidecar("my image:1"),
    sidecar("MyCompany/Helper:1"),
    sidecar("nginx/:1"),
    hub("library/NGINX"),
    hub("nginx:1.27"),
    hub(""),
    draw((draft) => {
      fargateWeb(draft);
      const pull = draft.document.edges.e4;
      if (pull) pull.props = { tag: "v 1" };
    }),
  ],
  good: [
    draw(fargateWeb),
    sidecar("public.ecr.aws/docker/library/busybox:1.37"),
    sidecar("localhost:5000/helper_tool__x/a-b.c"),
    hub("library/nginx"),
    hub("grafana/grafana-oss"),
    sidecar(`registry.example.com:5000/team/helper:1.2@${digest}`),
    draw((draft) => {
      fargateWeb(draft);
      const pull = draft.document.edges.e4;
      if (pull) pull.props = { tag: digest };
    }),
  ],
};
