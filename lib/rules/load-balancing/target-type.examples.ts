import type { Draft } from "../../testing/draw";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const withType = (preset: (draft: Draft) => { forward: string }, targetType: "ip" | "instance") =>
  draw((draft) => {
    const edge = draft.document.edges[preset(draft).forward];
    if (edge) edge.props = { targetType };
  });

export const examples: Examples = {
  bad: [withType(fargateWeb, "instance"), withType(ec2Web, "ip")],
  good: [withType(fargateWeb, "ip"), withType(ec2Web, "instance"), draw(fargateWeb)],
};
