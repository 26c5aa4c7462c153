import { endpointData, endpointHours, internetOut, natData, natHours, publicAddresses } from "../formulas/network";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";

/** A NAT gateway: hours, every byte through it, and those that leave AWS once more. https://aws.amazon.com/vpc/pricing/ */
export const natGateway = priced<"AWS::EC2::NatGateway">((_resource, ledger) => {
  ledger.add(natHours(1));
  ledger.use("natGb", natData);
  ledger.use("internetGb", internetOut);
});

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
