import { resourcesOf, type Stack } from "../../../stack/stack";
import { Intrinsic, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, member, method, obj, raw, type Variable } from "../code";
import { list, str } from "../values";
import type { Writing } from "../writing";
import { isText } from "./shared";
import { tierSelection } from "./vpc";
import { type NetworkShape, shapeOf, type TierIndex } from "./vpc-shape";

/** A new VPC as the construct that makes it; undefined for all else. */
function madeVpc(writing: Writing, value: Value | undefined): { id: string; shape: NetworkShape } | undefined {
  const id = targetOf(value);
  const resource = id === undefined ? undefined : writing.resource(id);
  if (!id || !resource || resource.raw || resource.type !== "AWS::EC2::VPC" || !writing.built(id)) return undefined;
  const shape = shapeOf(writing, resource);
  return shape && { id, shape };
}

function variableOf(writing: Writing, id: string): Variable {
  const handle = writing.handle(id);
  if (!handle) throw new Error(`${id} has no name in the program.`);
  return handle.variable;
}

/** Lists of subnets of an existing VPC by their parameters (lib/stack/networks.ts). */
const existingTiers = [
  ["publicSubnetIds", "PublicSubnetIds"],
  ["privateSubnetIds", "PrivateSubnetIds"],
  ["isolatedSubnetIds", "IsolatedSubnetIds"],
] as const;
const tierTypes = ["PUBLIC", "PRIVATE_WITH_EGRESS", "PRIVATE_ISOLATED"] as const;

const isParameter = ({ parameters }: Stack, id: string | undefined): id is string =>
  id !== undefined && Object.hasOwn(parameters, id);

/** `vpc` as constructs take it: the one that the stack makes, or one by its id and the lists of its subnets. */
export function vpcOf(writing: Writing, value: Value): Expr {
  const made = madeVpc(writing, value);
  if (made) return variableOf(writing, made.id);
  const id = targetOf(value) ?? "Vpc";
  const prefix = id.replace(/VpcId$/, "");
  return writing.once(`${prefix}${id === prefix ? "ById" : "Vpc"}`, "ec2.IVpc", (name) => {
    const subnets = existingTiers.flatMap(([key, suffix]): [string, Expr][] =>
      id !== prefix && isParameter(writing.stack, `${prefix}${suffix}`)
        ? [[key, list(writing, new Intrinsic("Ref", `${prefix}${suffix}`))]]
        : [],
    );
    return call(
      raw("ec2.Vpc.fromVpcAttributes"),
      raw("this"),
      lit(name),
      obj({
        vpcId: str(writing, value),
        // One list holds all subnets of a tier, however many zones there are.
        availabilityZones: arr([call(raw("Fn.select"), lit(0), raw("Fn.getAzs()"))]),
        ...Object.fromEntries(subnets),
      }),
    );
  });
}

/**
 * The selection that gives exactly these subnets of a VPC: `{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }`, with
 * the tier of a VPC that the stack makes; undefined where no selection does.
 */
export function selectionOf(
  writing: Writing,
  vpc: Value,
  subnets: Value | undefined,
): { selection: Expr; tier: TierIndex | undefined } | undefined {
  const made = madeVpc(writing, vpc);
  if (made && Array.isArray(subnets)) {
    const ids = subnets.map(targetOf).join();
    const tier = made.shape.tiers.find((one) => made.shape.subnets.get(one)?.join() === ids);
    return tier === undefined ? undefined : { selection: tierSelection(made.shape, tier), tier };
  }
  const [vpcId, listId] = [targetOf(vpc), targetOf(subnets)];
  if (made || !isParameter(writing.stack, vpcId) || !isParameter(writing.stack, listId)) return undefined;
  const prefix = vpcId.replace(/VpcId$/, "");
  const at = existingTiers.findIndex(([, suffix]) => listId === `${prefix}${suffix}`);
  if (at < 0 || vpcId === prefix) return undefined;
  return { selection: obj({ subnetType: raw(`ec2.SubnetType.${tierTypes[at]}`) }), tier: undefined };
}

/** The VPC that subnets of the stack belong to; undefined where they are of several, or not known. */
export function vpcOfSubnets(writing: Writing, subnets: Value | undefined): Value | undefined {
  const ids = Array.isArray(subnets) ? subnets.map(targetOf) : [];
  const [first, ...others] = ids.map((id) => writing.resource(id ?? "")?.properties.VpcId);
  if (first !== undefined) return others.every((other) => targetOf(other) === targetOf(first)) ? first : undefined;
  const listId = targetOf(subnets);
  if (!isParameter(writing.stack, listId)) return undefined;
  const vpcId = listId.replace(/(Public|Private|Isolated)SubnetIds$/, "VpcId");
  return vpcId !== listId && isParameter(writing.stack, vpcId) ? new Intrinsic("Ref", vpcId) : undefined;
}

/** A security group as constructs take it: the one that the stack makes, or one by its id. */
export function groupOf(writing: Writing, value: Value): Expr {
  const id = targetOf(value);
  const handle = id === undefined ? undefined : writing.handle(id);
  if (id !== undefined && handle && writing.built(id)) return handle.variable;
  const key = id ?? (isText(value) ? `Group${value.replace(/[^A-Za-z0-9]/g, "")}` : "Group");
  return writing.once(`${key}ById`, "ec2.ISecurityGroup", (name) =>
    call(raw("ec2.SecurityGroup.fromSecurityGroupId"), raw("this"), lit(name), str(writing, value)),
  );
}

/** What a whole tier of a made VPC waits for to reach out, and the code that waits for it. */
interface Connectivity {
  tier: TierIndex;
  ids: readonly string[];
  expr(): Expr;
}

/** The tiers of a VPC of the stack; of all VPCs without an id. */
export function connectivityOf(writing: Writing, only?: string): Connectivity[] {
  return resourcesOf(writing.stack, "AWS::EC2::VPC").flatMap(({ id }) => {
    const made = only === undefined || only === id ? madeVpc(writing, new Intrinsic("Ref", id)) : undefined;
    if (!made) return [];
    const { shape } = made;
    return shape.tiers.map((tier) => ({
      tier,
      ids: [...shape.parts].flatMap(([part, { is, ...place }]) =>
        (is === "route" || is === "association") && "tier" in place && place.tier === tier ? [part] : [],
      ),
      expr: () =>
        member(
          method(variableOf(writing, id), "selectSubnets", tierSelection(shape, tier)),
          "internetConnectivityEstablished",
        ),
    }));
  });
}

/** A security group by its id, to which nothing is added. */
export function fixedGroupOf(writing: Writing, value: Value): Expr {
  const id = targetOf(value) ?? (isText(value) ? `Group${value.replace(/[^A-Za-z0-9]/g, "")}` : "Group");
  return writing.once(`${id}AsItIs`, "ec2.ISecurityGroup", (name) =>
    call(
      raw("ec2.SecurityGroup.fromSecurityGroupId"),
      raw("this"),
      lit(name),
      str(writing, value),
      obj({ mutable: lit(false) }),
    ),
  );
}
