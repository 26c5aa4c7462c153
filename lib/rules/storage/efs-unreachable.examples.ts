import type { InputOf } from "../../catalog";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type Web } from "../../testing/presets";
import type { Examples } from "../rule";

const nfs = (node: string) => ({ fromPort: 2049, toPort: 2049, peer: { node } });

/** A file system beside the usual web service; `props` may speak of the nodes drawn before. */
const withFiles = (
  props: (web: Web & { capacity?: string }) => InputOf<"efs">,
  preset: (draft: Draft) => Web & { capacity?: string } = fargateWeb,
) =>
  draw((draft) => {
    const web = preset(draft);
    const efs = draft.add("efs", props(web), { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs);
  });

/** A file system in a VPC of its own. */
const elsewhere = (source: "new" | "existing") =>
  draw((draft) => {
    const web = fargateWeb(draft, { vpc: { source } });
    const other = draft.add("vpc", { source }, { name: "Storage network" });
    const efs = draft.add("efs", {}, { name: "Files", parent: other });
    draft.connect(web.container, "mount", efs);
  });

export const examples: Examples = {
  bad: [
    withFiles(() => ({ securityGroups: { mode: "own" } })),
    withFiles((web) => ({ securityGroups: { mode: "own", ingress: [nfs(web.alb)] } }), ec2Web),
    elsewhere("new"),
    // Tasks that may call out over HTTPS and nothing else.
    draw((draft) => {
      const web = fargateWeb(draft, {
        service: {
          securityGroups: {
            mode: "own",
            ingress: [{ fromPort: 8080, toPort: 8080, peer: { node: "n3" } }],
            egress: [{ fromPort: 443, toPort: 443, peer: { cidr: "0.0.0.0/0" } }],
          },
        },
      });
      const efs = draft.add("efs", {}, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", efs);
    }),
  ],
  good: [
    withFiles(() => ({})),
    withFiles((web) => ({ securityGroups: { mode: "own", ingress: [nfs(web.service)] } })),
    withFiles((web) => ({ securityGroups: { mode: "own", ingress: [nfs(web.capacity ?? "")] } }), ec2Web),
  ],
  // Two existing VPCs may turn out to be one.
  unknowable: [elsewhere("existing")],
};
