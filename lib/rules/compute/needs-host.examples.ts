import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const settings: NonNullable<WebChanges["container"]>[] = [
  { privileged: true },
  { dnsServers: ["10.0.0.2"] },
  { dnsSearchDomains: ["example.com"] },
  { extraHosts: [{ hostname: "db", ipAddress: "10.0.0.9" }] },
  { dockerSecurityOptions: ["no-new-privileges"] },
  { linuxParameters: { sharedMemorySize: 64 } },
  { linuxParameters: { maxSwap: 64, swappiness: 10 } },
  { linuxParameters: { devices: [{ hostPath: "/dev/fuse" }] } },
  { linuxParameters: { capabilities: { add: ["NET_ADMIN", "SYS_PTRACE"] } } },
];

export const examples: Examples = {
  bad: settings.map((container) =>
    draw((draft) => {
      fargateWeb(draft, { container });
    }),
  ),
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, {
        container: {
          privileged: false,
          dnsServers: [],
          linuxParameters: { capabilities: { add: ["SYS_PTRACE"] }, tmpfs: [{ containerPath: "/tmp", size: 64 }] },
        },
      });
    }),
    draw((draft) => {
      ec2Web(draft, { container: { linuxParameters: { sharedMemorySize: 64 } } });
    }),
  ],
};
