import type { Charge } from "../charge";
import { hoursPerMonth } from "../prices";
import { figure } from "../words";

const gbNote = (gb: number): string => `${figure(gb)} GB`;

/** Zonal NAT gateways, or a regional one counted once for each zone where it works. https://aws.amazon.com/vpc/pricing/ */
export const natHours = (gateways: number, hours = hoursPerMonth): Charge => ({
  tariff: { sku: "nat.hour" },
  item: "NAT gateway hours",
  quantity: gateways * hours,
  note: gateways === 1 ? `${hours} h` : `${hours} h × ${gateways} gateways`,
});

/** Every byte through a NAT gateway, in either direction; what leaves AWS pays `internetOut` too. https://aws.amazon.com/vpc/pricing/ */
export const natData = (gb: number): Charge => ({
  tariff: { sku: "nat.gb" },
  item: "Data processed by NAT gateways",
  quantity: gb,
  note: gbNote(gb),
});

/** Interface endpoints, one hour for each zone. https://aws.amazon.com/privatelink/pricing/ */
export const endpointHours = (endpoints: number, zones: number, hours = hoursPerMonth): Charge => ({
  tariff: { sku: "vpc.endpoint.interface_hour" },
  item: "Interface endpoint hours",
  quantity: endpoints * zones * hours,
  note: `${hours} h × ${endpoints === 1 ? "" : `${endpoints} endpoints × `}${zones} zones`,
});

/** https://aws.amazon.com/privatelink/pricing/ */
export const endpointData = (gb: number): Charge => ({
  tariff: { sku: "vpc.endpoint.interface_gb" },
  item: "Data processed by interface endpoints",
  quantity: gb,
  note: gbNote(gb),
});

/** Public IPv4 addresses, charged since 2024-02-01 whether they are used or idle. https://aws.amazon.com/vpc/pricing/ */
export const publicAddresses = (addressHours: number, note: string, idle = false): Charge => ({
  tariff: { sku: idle ? "vpc.public_ipv4.idle_hour" : "vpc.public_ipv4.in_use_hour" },
  item: idle ? "Idle public IPv4 address hours" : "Public IPv4 address hours",
  quantity: addressHours,
  note,
});

/** Data that leaves AWS; data that comes in is free. https://aws.amazon.com/ec2/pricing/on-demand/ */
export const internetOut = (gb: number): Charge => ({
  tariff: { sku: "dt.internet_out_gb" },
  item: "Data transfer out to the internet",
  quantity: gb,
  note: gbNote(gb),
});

/** Data that crosses zones, charged on both sides. `gb` crosses once. https://aws.amazon.com/ec2/pricing/on-demand/ */
export const interZone = (gb: number): Charge => ({
  tariff: { sku: "dt.inter_az_gb" },
  item: "Data transfer between Availability Zones",
  quantity: 2 * gb,
  note: `${gbNote(gb)} across zones × 2 sides`,
});
