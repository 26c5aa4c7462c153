import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const onEc2 = { cpu: undefined, memory: undefined, networkMode: "bridge", requiresCompatibilities: ["EC2"] } as const;
const container = { memoryReservation: 256, memory: 512 };

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, {
        service: { launchType: "EC2" },
        task: { ...onEc2, requiresCompatibilities: ["EC2"] },
        container,
      });
    }),
    // Nothing says where it runs, which means EC2.
    draw((draft) => {
      fargateWeb(draft, {
        service: { launchType: undefined },
        task: { ...onEc2, requiresCompatibilities: [] },
        container,
      });
    }),
    draw((draft) => {
      fargateWeb(draft, {
        service: { launchType: "EC2" },
        task: {
          ...onEc2,
          requiresCompatibilities: ["EC2"],
          runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
        },
        container,
      });
    }),
  ],
  good: [
    draw(ec2Web),
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, {
        service: { launchType: undefined },
        cluster: { defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
      });
    }),
  ],
  unknowable: [
    draw((draft) => {
      const { cluster } = fargateWeb(draft, {
        service: { launchType: "EC2" },
        task: { ...onEc2, requiresCompatibilities: ["EC2"] },
        container,
      });
      const instance = draft.add("generic", {
        type: "AWS::EC2::Instance",
        properties: { UserData: { "Fn::Base64": { Ref: "Main" } } },
      });
      draft.connect(instance, "reference", cluster, { pointer: "/UserData/Fn::Base64" });
    }),
  ],
};
