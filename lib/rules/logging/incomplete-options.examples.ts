import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const logging = (logDriver: string, options: Record<string, string>) =>
  draw((draft) => void fargateWeb(draft, { container: { logConfiguration: { logDriver, options } } }));

export const examples: Examples = {
  bad: [
    logging("splunk", { "splunk-url": "https://splunk.example.com" }),
    logging("awslogs", { "awslogs-stream-prefix": "" }),
    logging("awslogs", { "awslogs-datetime-format": "%Y", "awslogs-multiline-pattern": "^x" }),
    logging("awslogs", { "awslogs-group": "/shared/logs" }),
  ],
  good: [
    logging("awslogs", {}),
    logging("awslogs", { "awslogs-stream-prefix": "web" }),
    logging("splunk", { "splunk-token": "t", "splunk-url": "https://splunk.example.com" }),
  ],
};
