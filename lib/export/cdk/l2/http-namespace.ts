import { Intrinsic, type Value } from "../../../stack/value";
import { obj } from "../code";
import { str } from "../values";
import { isText, only } from "./shared";
import type { Single } from "./single";

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_servicediscovery.HttpNamespace.html */
export const httpNamespace: Single = {
  type: "servicediscovery.HttpNamespace",
  ref: "namespaceId",
  attributes: { Arn: "namespaceArn", Id: "namespaceId" },
  says(_writing, resource) {
    const { Name } = resource.properties;
    return only(resource, "Name") && (isText(Name) || Name instanceof Intrinsic);
  },
  props: (writing, { properties }) => obj({ name: str(writing, properties.Name as Value) }),
};
