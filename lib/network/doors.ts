import type { Resource } from "../stack/stack";
import type { Value } from "../stack/value";
import type { Verdict } from "./flow";
import { at, booleanOf, isOpen, itemsOf, type Lookup, textOf } from "./lookup";
import type { Need } from "./needs";

/** What keeps an endpoint, or the names of a VPC, from answering. */
export interface Closed {
  verdict: Exclude<Verdict, "open">;
  why: string;
}

const closed = (verdict: Closed["verdict"], why: string): Closed => ({ verdict, why });

/** True, false, or undefined where only the deployment knows; what is left out is AWS's default. */
const setting = (value: Value | undefined, byDefault: boolean): boolean | undefined =>
  value === undefined ? byDefault : booleanOf(value);

/**
 * Names that a VPC of the template does not resolve, as its own DNS is off and nobody names another.
 * https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export function namelessIn(lookup: Lookup, vpc: string | undefined, what: string): Closed | undefined {
  const made = lookup.resource(vpc);
  if (vpc === undefined || made?.type !== "AWS::EC2::VPC") return undefined;
  const support = setting(made.properties.EnableDnsSupport, true);
  if (support === true || lookup.where("AWS::EC2::VPCDHCPOptionsAssociation", "VpcId", vpc).length > 0)
    return undefined;
  return support === false
    ? closed(
        "blocked",
        `${vpc} resolves no names, so nothing in it finds ${what}. Set EnableDnsSupport of ${vpc} to true.`,
      )
    : closed("unknowable", `Whether ${vpc} resolves names is known only when the template is deployed.`);
}

/**
 * AWS makes no endpoint with private DNS, and no name of a file system resolves, in a VPC without DNS host names, which a
 * VPC has only where it is told to.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 * https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html
 */
export function withoutHostNames(lookup: Lookup, vpc: string | undefined, whose: string): Closed | undefined {
  const made = lookup.resource(vpc);
  if (made?.type !== "AWS::EC2::VPC") return undefined;
  const { EnableDnsSupport, EnableDnsHostnames } = made.properties;
  const [support, names] = [setting(EnableDnsSupport, true), setting(EnableDnsHostnames, false)];
  if (support && names) return undefined;
  return support === false || names === false
    ? closed(
        "blocked",
        `${whose} needs the DNS of ${made.id}, where ${support === false ? "EnableDnsSupport" : "EnableDnsHostnames"} is off. Set it to true.`,
      )
    : closed("unknowable", `Whether ${made.id} has DNS host names is known only when the template is deployed.`);
}

/** Endpoints serve their own Region only. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export const servesRegion = (endpoint: Resource, region: string): boolean =>
  textOf(endpoint.properties.ServiceName)?.includes(`.${region}.`) === true;

/**
 * What the policy of an endpoint leaves open; undefined where it lets everybody do everything, as without one.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function allowedBy({ id, properties }: Resource, need: Need): Closed | undefined {
  const policy = properties.PolicyDocument;
  if (policy === undefined) return undefined;
  const written = at(policy, "Statement");
  const statements = itemsOf(written) ?? (written === undefined ? [] : [written]);
  const denied = statements.some((one) => at(one, "Effect") !== "Allow");
  const allowing = statements.filter((one) => at(one, "Effect") === "Allow");
  const open = allowing.some((one) => isFree(one) && [at(one, "Action"), at(one, "Resource")].every(everything));
  if (open && !denied) return undefined;
  if (need.dependency === "ecr" && properties.VpcEndpointType !== "Interface") {
    const layers = allowing.map((one) => (isOpen(one) ? undefined : givesLayers(one)));
    if (!denied && allowing.some((one, index) => isFree(one) && layers[index] === true)) return undefined;
    if (layers.every((one) => one === false) && !isOpen(policy) && !isOpen(written))
      return closed(
        "blocked",
        `The policy of ${id} does not let ${need.what} through: it comes from ${LAYERS}. Allow s3:GetObject on it.`,
      );
  }
  return closed(
    "unknowable",
    `${id} has a policy of its own, and whether that lets the task have ${need.what} is not judged here.`,
  );
}

const listOf = (value: Value | undefined): readonly Value[] => itemsOf(value) ?? (value === undefined ? [] : [value]);
const everything = (value: Value | undefined): boolean => listOf(value).includes("*");
/** For everybody, under all circumstances. */
const isFree = (statement: Value): boolean =>
  at(statement, "Condition") === undefined &&
  everything(at(statement, "Principal", "AWS") ?? at(statement, "Principal"));

/** Where Amazon ECR keeps the layers of images. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms */
const LAYERS = "arn:aws:s3:::prod-REGION-starport-layer-bucket/*";

/** Whether a statement is about reading layers; undefined where only the deployment knows. */
function givesLayers(statement: Value): boolean | undefined {
  const [actions, resources] = [at(statement, "Action"), at(statement, "Resource")];
  if (actions === undefined || resources === undefined) return undefined;
  const covers = (pattern: Value, text: string): boolean | undefined => {
    const written = textOf(pattern)?.replaceAll("${AWS::Region}", "REGION").replaceAll("${AWS::Partition}", "aws");
    if (written === undefined || written.includes("${")) return undefined;
    // Whatever Region is written, somebody may mean the one of the stack.
    const plain = written.replace(/prod-[a-z0-9-]+-starport/, "prod-REGION-starport");
    const parts = plain.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(text);
  };
  const some = (values: readonly (boolean | undefined)[]): boolean | undefined =>
    values.includes(true) ? true : values.includes(undefined) ? undefined : false;
  const [action, resource] = [
    some(listOf(actions).map((one) => covers(one, "s3:GetObject"))),
    some(listOf(resources).map((one) => covers(one, LAYERS.replace("*", "x")))),
  ];
  return action === false || resource === false ? false : action === true && resource === true ? true : undefined;
}
