import { isObject } from "../../core/json";
import { fail, ok, type Result } from "../../core/result";
import { outputKey } from "../../stack/outputs";
import type { Resolve } from "./register";

/** Values of a deployed stack, by output key, parameter and pseudo parameter. */
export type DeployedValues = Readonly<Record<string, string>>;

/**
 * Reads what `aws cloudformation describe-stacks` printed: outputs, parameters, and Region, account and partition from
 * the stack's id; of a stack with nested ones also their outputs, where they are in the file. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html
 */
export function readDescribeStacks(text: string): Result<DeployedValues> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return fail({
      path: "",
      message: "The values file is not JSON. Write it with: aws cloudformation describe-stacks --stack-name NAME.",
    });
  }
  const stacks: readonly unknown[] = isObject(data) && Array.isArray(data.Stacks) ? data.Stacks : [];
  // Nested stacks of a design name the one that holds them all.
  const roots = stacks.filter((one) => isObject(one) && one.RootId === undefined);
  const [stack] = roots;
  if (!isObject(stack)) {
    return fail({
      path: "/Stacks",
      message: "The values file names no stack. It should be the output of aws cloudformation describe-stacks.",
    });
  }
  if (roots.length > 1) {
    return fail({
      path: "/Stacks",
      message: `The values file holds ${roots.length} stacks, and only one was made from this design. Ask for that one: aws cloudformation describe-stacks --stack-name NAME.`,
    });
  }
  const values: Record<string, string> = {};
  const take = (list: unknown, key: string, value: string): void => {
    if (!Array.isArray(list)) return;
    for (const item of list) {
      if (isObject(item) && typeof item[key] === "string" && typeof item[value] === "string")
        values[item[key]] = item[value];
    }
  };
  for (const nested of stacks) {
    if (isObject(nested) && nested.RootId !== undefined && nested.RootId === stack.StackId) {
      take(nested.Outputs, "OutputKey", "OutputValue");
    }
  }
  take(stack.Parameters, "ParameterKey", "ParameterValue");
  take(stack.Outputs, "OutputKey", "OutputValue");
  if (typeof stack.StackName === "string") values["AWS::StackName"] = stack.StackName;
  const arn = typeof stack.StackId === "string" ? stack.StackId.split(":") : [];
  if (arn.length >= 6) {
    values["AWS::Partition"] = arn[1] as string;
    values["AWS::Region"] = arn[3] as string;
    values["AWS::AccountId"] = arn[4] as string;
    values["AWS::URLSuffix"] = arn[1] === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  }
  return ok(values);
}

/** Looks references up in the values of a deployed stack. */
export const resolveFrom =
  (values: DeployedValues): Resolve =>
  ({ id, attribute }) => {
    const direct = attribute === undefined && Object.hasOwn(values, id) ? values[id] : undefined;
    const key = outputKey(id, attribute);
    return direct ?? (Object.hasOwn(values, key) ? values[key] : undefined);
  };
