import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const mapping = (hostPort?: number) => ({ portMappings: [{ containerPort: 8080, hostPort }] });
const host = (hostPort?: number) =>
  draw((draft) => ec2Web(draft, { task: { networkMode: "host" }, container: { ...mapping(hostPort), user: "1000" } }));

export const examples: Examples = {
  bad: [draw((draft) => fargateWeb(draft, { container: mapping(80) })), host(80)],
  good: [
    draw((draft) => fargateWeb(draft, { container: mapping(8080) })),
    draw((draft) => fargateWeb(draft, { container: mapping(0) })),
    draw((draft) => ec2Web(draft, { container: mapping(80) })),
    host(8080),
    host(),
  ],
};
