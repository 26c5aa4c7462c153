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
import { combine, type Known } from "../usage";
import { figure } from "../words";
import { priced } from "./cell";

/**
 * A NAT gateway: hours, every byte through it, and those that leave AWS once more. What tasks exchange with things that
 * are drawn is charged where it is drawn; what else they exchange with the internet is charged here, and all of it where
 * the person gave one figure for all. https://aws.amazon.com/vpc/pricing/
 */
export const natGateway = priced<"AWS::EC2::NatGateway">(({ origins }, ledger) => {
  ledger.add(natHours(1));
  const vpc = ledger.model.node(origins[""]?.[0]?.node ?? "");
  ledger.once("data through NAT gateways", () => {
    const sent = ledger.figure("internetGb");
    const other = (): Known => combine([sent, ledger.figure("internetInGb")], (out, back) => out + back);
    const given = ledger.offered("natGb");
    const through = given ?? other();
    ledger.addKnown(through, (gb) => ({
      ...natData(gb),
      ...(given ? {} : { note: `${figure(gb)} GB from and to the internet, beside what connections carry` }),
    }));
    ledger.addKnown(sent, internetOut);
    if (isKind(vpc, "vpc") && vpc.props.natGateways === "one")
      chargeOtherZones(ledger, through, vpc.props.availabilityZones);
  });
});

/**
 * What other zones send through the one gateway crosses zones on its way.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html
 */
function chargeOtherZones(ledger: Ledger, through: Known, zones: number): void {
  const spread = { value: (zones - 1) / zones, assumed: [`traffic spread evenly over ${zones} zones`] };
  ledger.addKnown(
    combine([through, spread], (gb, part) => gb * part),
    interZone,
  );
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
  // What flows through it is charged where it is drawn, unless the person gave one figure for all.
  const given = ledger.offered("endpointGb");
  if (given) ledger.once("data through endpoints", () => ledger.addKnown(given, endpointData));
});
