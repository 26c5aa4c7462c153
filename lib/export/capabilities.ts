import type { Stack } from "../stack/stack";

/** What has to be acknowledged: CAPABILITY_NAMED_IAM where a role has a name of its own. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const capabilityOf = ({ resources }: Stack): string =>
  Object.values(resources).some(({ type, properties }) => type.startsWith("AWS::IAM::") && namedIn(properties))
    ? "CAPABILITY_NAMED_IAM"
    : "CAPABILITY_IAM";

const namedIn = (properties: object): boolean =>
  ["RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"].some((key) =>
    Object.hasOwn(properties, key),
  );
