import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const ec2 = (container: WebChanges["container"], task: WebChanges["task"] = {}) =>
  draw((draft) => {
    ec2Web(draft, { ...(container ? { container } : {}), task });
  });

export const examples: Examples = {
  bad: [
    ec2({ privileged: true }),
    ec2({ user: "root", portMappings: [{ containerPort: 8080 }] }, { networkMode: "host" }),
    ec2({ user: "0:0", privileged: true }, { networkMode: "host" }),
  ],
  good: [
    draw(fargateWeb),
    draw(ec2Web),
    ec2({ privileged: false, user: "root" }),
    ec2({ user: "1000" }, { networkMode: "host" }),
  ],
};
