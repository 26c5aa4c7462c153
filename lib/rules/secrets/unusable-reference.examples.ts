import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const reading = (valueFrom: string) =>
  draw((draft) => void fargateWeb(draft, { container: { secrets: [{ name: "KEY", valueFrom }] } }));

const keyOfParameter = draw((draft) => {
  const web = fargateWeb(draft);
  draft.connect(web.container, "inject", draft.add("ssmParameter", {}, { name: "Setting" }), {
    name: "KEY",
    jsonKey: "k",
  });
});
const existing = (arn: string) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    draft.connect(web.container, "inject", draft.add("secret", { source: { from: "existing", arn } }), { name: "KEY" });
  });

const generated = (source: NonNullable<InputOf<"secret">["source"]>, jsonKey?: string) =>
  draw((draft) => {
    const web = fargateWeb(draft);
    draft.connect(web.container, "inject", draft.add("secret", { source }), {
      name: "KEY",
      ...(jsonKey === undefined ? {} : { jsonKey }),
    });
  });
const setting = (value: string, tier: "Standard" | "Advanced") =>
  draw((draft) => {
    const web = fargateWeb(draft);
    const parameter = draft.add("ssmParameter", { source: { from: "value", value }, tier });
    draft.connect(web.container, "inject", parameter, { name: "COLOUR" });
  });
const splunk = (valueFrom: string) =>
  draw(
    (draft) =>
      void fargateWeb(draft, {
        container: {
          logConfiguration: {
            logDriver: "splunk",
            options: { "splunk-url": "https://splunk.example.com" },
            secretOptions: [{ name: "splunk-token", valueFrom }],
          },
        },
      }),
  );

export const examples: Examples = {
  bad: [
    reading("the password"),
    reading("arn:aws:s3:::bucket"),
    keyOfParameter,
    existing("shop/db"),
    splunk("the token"),
    generated({ from: "generated", length: 0 }),
    generated({ from: "generated", length: 5000 }),
    generated({ from: "generated", template: "username=app" }),
    generated({ from: "generated", template: '["app"]' }),
    generated({ from: "generated", key: "" }),
    generated({ from: "generated" }, "password"),
    generated({ from: "generated", template: '{"username":"app"}' }, "user"),
    setting("", "Standard"),
    setting("x".repeat(4097), "Standard"),
  ],
  good: [
    splunk("/shop/splunk-token"),
    generated({ from: "generated", template: '{"username":"app"}' }, "password"),
    generated({ from: "generated", template: '{"username":"app"}', key: "secret" }, "username"),
    setting("x".repeat(4097), "Advanced"),
    reading("arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf:password::"),
    reading("arn:aws:ssm:us-east-1:123456789012:parameter/shop/key"),
    reading("/shop/key"),
    existing("arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"),
  ],
};
