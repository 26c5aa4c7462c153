import { type Draft, draw } from "../../testing/draw";
import { fargateWeb, type Web } from "../../testing/presets";
import type { Examples } from "../rule";

const withWeb = (change: (draft: Draft, web: Web) => void) =>
  draw((draft) => {
    change(draft, fargateWeb(draft));
  });
function put(draft: Draft, node: string, parent: string): void {
  const item = draft.document.nodes[node];
  if (item) item.parent = parent;
}
const cidr = (cidr: string) =>
  draw((draft) => {
    fargateWeb(draft, { vpc: { cidr } });
  });

export const examples: Examples = {
  bad: [
    withWeb((draft, { alb, cluster }) => put(draft, alb, cluster)),
    withWeb((draft, { container, cluster }) => {
      draft.connect(container, "mount", draft.add("efs", {}, { name: "Files", parent: cluster }));
    }),
    // A Regional service: the exports move it out.
    withWeb((draft, { repository, vpc }) => put(draft, repository, vpc)),
    withWeb((draft, { internet, vpc }) => put(draft, internet, vpc)),
    withWeb((draft, { task, service }) => put(draft, task, service)),
    cidr("10.0.0.0/8"),
    cidr("10.0.0.0/28"),
    cidr("10.0.0.300/16"),
    cidr("ten"),
  ],
  good: [
    draw(fargateWeb),
    cidr("172.16.0.0/24"),
    withWeb((draft, { vpc }) => void draft.add("note", {}, { parent: vpc })),
  ],
  unknowable: [
    draw((draft) => {
      fargateWeb(draft, { vpc: { source: "existing", cidr: "" } });
    }),
  ],
};
