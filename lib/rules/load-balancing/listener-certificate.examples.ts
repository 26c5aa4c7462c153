import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const redirect = { port: 80, protocol: "HTTP" as const, redirectToHttps: true };
const parameter = { from: "parameter" as const };
const secure = { port: 443, protocol: "HTTPS" as const, certificate: parameter };
const listening = (...listeners: NonNullable<InputOf<"alb">["listeners"]>) =>
  draw((draft) => {
    fargateWeb(draft, { alb: { listeners } });
  });

export const examples: Examples = {
  bad: [
    listening(redirect, { port: 443, protocol: "HTTPS" }),
    listening(redirect, { ...secure, certificate: { from: "arn", arn: " " } }),
    listening(redirect, { ...secure, certificate: { from: "arn", arn: "my-certificate" } }),
    listening({ ...redirect, certificate: parameter }, secure),
  ],
  good: [
    listening(redirect, secure),
    listening(redirect, {
      ...secure,
      certificate: { from: "arn", arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d" },
    }),
  ],
};
