import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const web = (...hostPorts: (number | undefined)[]) =>
  draw((draft) =>
    ec2Web(draft, {
      container: { portMappings: hostPorts.map((hostPort, index) => ({ containerPort: 8080 + index, hostPort })) },
    }),
  );
const numbers = (count: number) => Array.from({ length: count }, (_, index) => 10_000 + index);

export const examples: Examples = {
  bad: [web(22), web(51678), web(40_000), web(...numbers(95))],
  good: [web(80), web(undefined), web(0), web(...numbers(94)), draw(fargateWeb)],
};
