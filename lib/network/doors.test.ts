import { expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb, type Web, type WebChanges } from "../testing/presets";
import { traceFlows } from "./trace";

function said(preset: (draft: Draft, change?: WebChanges) => Web, change: WebChanges): string | undefined {
  let forward = "";
  const document = draw((draft) => {
    const web: Web = preset(draft, change);
    forward = web.forward;
  });
  const model = buildModel(document);
  return traceFlows(model, lower(model))
    .flow(forward)
    ?.hops.find(({ stage }) => stage === "target")?.why;
}

const windows = { task: { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } } };

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
it.each([
  ["an interface of its own", fargateWeb, {}, "address, on port 8080 of app."],
  [
    "a random host port",
    ec2Web,
    {},
    "Docker takes from 32768-65535 on ECS-optimised Linux AMIs, and that leads to port 8080 of app.",
  ],
  [
    "a random host port on Windows",
    ec2Web,
    windows,
    "from 49152-65535 on Windows AMIs, and that leads to port 8080 of app.",
  ],
  [
    "a host port of its own",
    ec2Web,
    { container: { portMappings: [{ containerPort: 8080, hostPort: 9000 }] } },
    "instance and host port 9000, which leads to port 8080 of app.",
  ],
] as const)("a task with %s is known by it, and by the container port behind", (_what, preset, change, text) => {
  expect(said(preset, change as WebChanges)).toContain(text);
});
