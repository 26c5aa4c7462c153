import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const onFargate = (logDriver: string, options?: Record<string, string>) =>
  draw(
    (draft) =>
      void fargateWeb(draft, { container: { logConfiguration: { logDriver, ...(options ? { options } : {}) } } }),
  );
const onEc2 = (logDriver: string) =>
  draw(
    (draft) =>
      void ec2Web(draft, {
        container: {
          name: "app",
          portMappings: [{ containerPort: 8080 }],
          memory: 512,
          memoryReservation: 256,
          logConfiguration: { logDriver },
        },
      }),
  );

export const examples: Examples = {
  bad: [onFargate("json-file"), onFargate("syslog"), onEc2("papyrus")],
  good: [
    onFargate("awslogs"),
    onFargate("splunk", { "splunk-token": "t", "splunk-url": "https://splunk.example.com" }),
    onEc2("json-file"),
  ],
};
