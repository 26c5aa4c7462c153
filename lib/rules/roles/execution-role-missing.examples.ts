import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const none = { executionRole: { mode: "none" as const } };

type Role = NonNullable<InputOf<"taskDefinition">["executionRole"]>;
const usual = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const own = (actions: string[] = [], ...managedPolicyArns: string[]): Role => ({
  mode: "own",
  managedPolicyArns: managedPolicyArns.length > 0 ? managedPolicyArns : [usual],
  statements:
    actions.length > 0 ? [{ actions, resources: ["arn:aws:*:*:*:secret:*", "arn:aws:ssm:*:*:parameter/*"] }] : [],
});
/** The right action on the wrong thing. */
const elsewhere: Role = {
  mode: "own",
  managedPolicyArns: [usual],
  statements: [
    { actions: ["secretsmanager:GetSecretValue"], resources: ["arn:aws:secretsmanager:eu-west-3:*:secret:*"] },
  ],
};
const injecting = (kind: "secret" | "ssmParameter", executionRole: Role) =>
  draw((draft) => {
    const web = fargateWeb(draft, { task: { executionRole } });
    draft.connect(web.container, "inject", draft.add(kind, {}, { name: "Key" }), { name: "KEY" });
  });

export const examples: Examples = {
  bad: [
    injecting("secret", own()),
    injecting("secret", elsewhere),
    injecting("ssmParameter", own(["secretsmanager:GetSecretValue"])),
    draw((draft) => {
      const web = fargateWeb(draft, { task: { executionRole: own() } });
      draft.connect(web.container, "environmentFile", draft.add("s3Bucket", {}, { name: "Files" }));
    }),
    draw((draft) => void fargateWeb(draft, { task: none })),
    draw((draft) => {
      const web = ec2Web(draft, { task: none });
      draft.connect(web.container, "inject", draft.add("secret", {}, { name: "Key" }), { name: "KEY" });
    }),
  ],
  good: [
    injecting("secret", own(["secretsmanager:Get*"])),
    injecting("ssmParameter", own(["ssm:GetParameters"])),
    injecting("secret", own([], "arn:aws:iam::aws:policy/AdministratorAccess")),
    draw((draft) => void fargateWeb(draft, { task: { executionRole: own() } })),
    draw((draft) => void fargateWeb(draft)),
    draw((draft) => void ec2Web(draft, { task: none })),
  ],
  // What these policies hold is not known here.
  unknowable: [
    injecting("secret", { mode: "existing", arn: "arn:aws:iam::123456789012:role/web" }),
    injecting("secret", own([], usual, "arn:aws:iam::123456789012:policy/company")),
  ],
};
