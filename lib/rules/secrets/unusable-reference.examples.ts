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

export const examples: Examples = {
  bad: [reading("the password"), reading("arn:aws:s3:::bucket"), keyOfParameter, existing("shop/db")],
  good: [
    reading("arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf:password::"),
    reading("arn:aws:ssm:us-east-1:123456789012:parameter/shop/key"),
    reading("/shop/key"),
    existing("arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"),
  ],
};
