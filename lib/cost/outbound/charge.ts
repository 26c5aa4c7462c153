import type { EndpointService } from "../../aws/endpoints";
import type { Value } from "../../stack/value";
import { endpointData, interZone, natData } from "../formulas/network";
import type { Ledger } from "../ledger";
import { combine, isKnown, type Known } from "../usage";
import { figure } from "../words";

/** What flows between some subnets and one destination outside their VPC. */
export interface Volume {
  subnets: Value | undefined;
  /** GB a month, both directions together. Asked only where the way costs something. */
  gb(): Known;
}

const sum = (figures: readonly Known[]): Known => combine(figures, (...all) => all.reduce((a, b) => a + b, 0));
const part = (whole: Known, share: number): Known => combine([whole], (gb) => gb * share);

const evenly: Known = { value: 1, assumed: ["traffic spread evenly over the zones"] };

/** A figure that cannot be stands for nothing. */
const isGiven = (figure: Known | undefined): boolean => figure !== undefined && isKnown(figure);

/**
 * Charges whoever owns the ledger's next lines for the way that data takes: through NAT gateways (with what crosses
 * zones to reach them) or interface endpoints. False when the way costs nothing by itself. A figure that the person gave
 * for a VPC as a whole stands for all of its data. `what` names it: "of images".
 * https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/
 */
export function chargeWay(
  ledger: Ledger,
  to: EndpointService | undefined,
  volumes: readonly Volume[],
  what: string,
): boolean {
  const nat: Known[] = [];
  const crossing: Known[] = [];
  const endpoint: Known[] = [];
  let paid = false;
  for (const { subnets, gb } of volumes) {
    const ways = ledger.exits.from(subnets, to);
    if (ways.vpc === undefined || ways.nat + ways.endpoint === 0) continue;
    paid = true;
    const natGiven = ways.nat > 0 && isGiven(ledger.given(ways.vpc, "natGb"));
    const endpointGiven = ways.endpoint > 0 && isGiven(ledger.given(ways.vpc, "endpointGb"));
    if (ways.nat > 0 && !natGiven) nat.push(part(gb(), ways.nat));
    if (ways.crossing > 0 && !natGiven) crossing.push(combine([gb(), evenly], (all) => all * ways.crossing));
    if (ways.endpoint > 0 && !endpointGiven) endpoint.push(part(gb(), ways.endpoint));
  }
  const note = (gb: number): { note: string } => ({ note: `${figure(gb)} GB ${what}` });
  if (nat.length > 0) ledger.addKnown(sum(nat), (gb) => ({ ...natData(gb), ...note(gb) }));
  if (crossing.length > 0) ledger.addKnown(sum(crossing), interZone);
  if (endpoint.length > 0) ledger.addKnown(sum(endpoint), (gb) => ({ ...endpointData(gb), ...note(gb) }));
  return paid;
}

const KB_PER_GB = 1024 * 1024;
const MB_PER_GB = 1024;

/** GB of so many pieces of a size. */
export const gbOfKb = (pieces: Known, kb: Known): Known => combine([pieces, kb], (n, size) => (n * size) / KB_PER_GB);
export const gbOfMb = (pieces: Known, mb: Known): Known => combine([pieces, mb], (n, size) => (n * size) / MB_PER_GB);
