import { isKind } from "../../model/build";
import {
  endpointData,
  endpointHours,
  internetOut,
  interZone,
  natData,
  natHours,
  publicAddresses,
} from "../formulas/network";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { combine } from "../usage";
import { priced } from "./cell";

/** A NAT gateway: hours, every byte through it, and those that leave AWS once more. https://aws.amazon.com/vpc/pricing/ */
export const natGateway = priced<"AWS::EC2::NatGateway">(({ origins }, ledger) => {
  ledger.add(natHours(1));
  ledger.use("natGb", natData);
  ledger.use("internetGb", internetOut);
  const vpc = ledger.model.node(origins[""]?.[0]?.node ?? "");
  if (isKind(vpc, "vpc") && vpc.props.natGateways === "one") chargeOtherZones(ledger, vpc.props.availabilityZones);
});

/**
 * What other zones send through the one gateway crosses zones on its way.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html
 */
function chargeOtherZones(ledger: Ledger, zones: number): void {
  const spread = { value: (zones - 1) / zones, assumed: [`traffic spread evenly over ${zones} zones`] };
  const crossing = combine([ledger.figure("natGb"), spread], (gb, part) => gb * part);
  ledger.once("zones of the gateway", () => ledger.addKnown(crossing, interZone));
}

/** An Elastic IP address is a public IPv4 address, used or idle. https://aws.amazon.com/vpc/pricing/ */
export const elasticIp = priced<"AWS::EC2::EIP">((_resource, ledger) => {
  ledger.add(publicAddresses(hoursPerMonth, `${hoursPerMonth} h`));
});

/** Interface endpoints are charged per zone and hour; gateway endpoints are free. https://aws.amazon.com/privatelink/pricing/ */
export const vpcEndpoint = priced<"AWS::EC2::VPCEndpoint">((resource, ledger) => {
  const { properties } = resource;
  if (properties.VpcEndpointType !== "Interface") {
    ledger.note(
      resource.type,
      "Gateway endpoints are free.",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    );
    return;
  }
  const zones = Array.isArray(properties.SubnetIds) ? properties.SubnetIds.length : undefined;
  if (zones === undefined) {
    const why = "Charged per zone; the subnets are a parameter, so their number is not known.";
    ledger.miss("Interface endpoint hours", "hours", 0, why);
  } else ledger.add(endpointHours(1, zones));
  ledger.use("endpointGb", endpointData);
});
