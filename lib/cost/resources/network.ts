import { hoursPerMonth } from "../prices";
import { priced } from "./cell";

/** A NAT gateway: hours, every byte through it, and those that leave AWS once more. https://aws.amazon.com/vpc/pricing/ */
export const natGateway = priced<"AWS::EC2::NatGateway">((_resource, ledger) => {
  ledger.add("nat.hour", { item: "NAT gateway hours", quantity: hoursPerMonth, note: `${hoursPerMonth} h` });
  ledger.use("nat.gb", "natGb", "Data processed by NAT gateways");
  ledger.use("dt.internet_out_gb", "internetGb", "Data transfer out to the internet");
});

/** An Elastic IP address is a public IPv4 address, used or idle. https://aws.amazon.com/vpc/pricing/ */
export const elasticIp = priced<"AWS::EC2::EIP">((_resource, ledger) => {
  ledger.add("vpc.public_ipv4.in_use_hour", {
    item: "Public IPv4 address hours",
    quantity: hoursPerMonth,
    note: `${hoursPerMonth} h`,
  });
});

/** Interface endpoints are charged per zone and hour; gateway endpoints are free. https://aws.amazon.com/privatelink/pricing/ */
export const vpcEndpoint = priced<"AWS::EC2::VPCEndpoint">(({ properties }, ledger) => {
  if (properties.VpcEndpointType !== "Interface") return;
  const zones = Array.isArray(properties.SubnetIds) ? properties.SubnetIds.length : undefined;
  if (zones === undefined) {
    ledger.miss(
      "Interface endpoint hours",
      "hours",
      0,
      "Charged per zone; the subnets are a parameter, so their number is not known.",
    );
  } else {
    ledger.add("vpc.endpoint.interface_hour", {
      item: "Interface endpoint hours",
      quantity: hoursPerMonth * zones,
      note: `${hoursPerMonth} h × ${zones} zones`,
    });
  }
  ledger.use("vpc.endpoint.interface_gb", "endpointGb", "Data processed by interface endpoints");
});
