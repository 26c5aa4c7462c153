import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const image = "registry.example.com:5000/team/web:2.1";
const withoutEcr = (preset: typeof fargateWeb, image: string) =>
  draw((draft) => {
    const { repository } = preset(draft, { container: { image } });
    delete draft.document.edges.e4;
    delete draft.document.nodes[repository];
  });

export const examples: Examples = {
  bad: [withoutEcr(fargateWeb, image)],
  good: [
    withoutEcr(ec2Web, image),
    withoutEcr(fargateWeb, "nginx:1.27"),
    withoutEcr(fargateWeb, "team/web:2.1"),
    withoutEcr(fargateWeb, "ghcr.io/team/web:2.1"),
    withoutEcr(fargateWeb, "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:2.1"),
  ],
};
