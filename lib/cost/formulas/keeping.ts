import type { Charge } from "../charge";
import { hoursPerMonth, type Sku } from "../prices";
import { figure } from "../words";

const of = (sku: Sku, item: string, quantity: number, note: string): Charge => ({
  tariff: { sku },
  item,
  quantity,
  note,
});
const plain = (quantity: number): string => figure(quantity);

/** https://aws.amazon.com/secrets-manager/pricing/ */
export const secretMonths = (count: number): Charge =>
  of("secrets.secret_month", "Secrets", count, count === 1 ? "1 secret" : `${count} secrets`);
export const secretCalls = (calls: number): Charge =>
  of("secrets.api_request", "Secrets Manager API calls", calls, `${plain(calls)} calls`);

/** Advanced parameters; standard ones are free. https://aws.amazon.com/systems-manager/pricing/ */
export const advancedParameters = (count: number): Charge =>
  of(
    "ssm.advanced_parameter_hour",
    "Advanced parameter hours",
    count * hoursPerMonth,
    count === 1 ? `${hoursPerMonth} h` : `${hoursPerMonth} h × ${count} parameters`,
  );
export const advancedParameterCalls = (calls: number): Charge =>
  of("ssm.advanced_api_request", "Parameter Store API calls", calls, `${plain(calls)} calls`);

/** Calls of KMS, also those with keys that AWS manages. https://aws.amazon.com/kms/pricing/ */
export const kmsRequests = (calls: number): Charge =>
  of("kms.request", "KMS requests", calls, `${plain(calls)} requests`);

/** Customer managed keys and calls; AWS managed keys have no monthly fee. https://aws.amazon.com/kms/pricing/ */
export const kms = (keys: number, calls = 0): Charge[] => [
  of("kms.key_month", "KMS keys", keys, `${keys} keys`),
  kmsRequests(calls),
];

/** Cloud Map by registered resources. Service Connect's use of it is free. https://aws.amazon.com/cloud-map/pricing/ */
export const cloudMap = (registered: number): Charge =>
  of("cloudmap.resource_month", "Cloud Map registered resources", registered, `${registered} resources`);

/** A rate that a person read on AWS's page, for what the bundled price list does not hold. */
export interface TypedRate {
  /** US dollars. */
  rate: number;
  source: string;
}

function byRate(item: string, quantity: number, unit: string, note: string, typed: TypedRate | undefined): Charge {
  const tariff = typed
    ? { given: typed.rate, unit, source: typed.source }
    : { unknown: `${item}: the bundled price list has no figure. Read it on AWS's page and give it.`, unit };
  return { tariff, item, quantity, note };
}

/** Databases of RDS and Aurora: instances and storage; the bundled price list has neither rate. https://aws.amazon.com/rds/pricing/ */
export const rds = (
  use: { instances: number; storageGb: number; hours?: number },
  rates: { instanceHour?: TypedRate; storageGbMonth?: TypedRate } = {},
): Charge[] => {
  const hours = use.hours ?? hoursPerMonth;
  const note = `${hours} h × ${use.instances} instances`;
  return [
    byRate("RDS instance hours", use.instances * hours, "instance-hour", note, rates.instanceHour),
    byRate("RDS storage", use.storageGb, "GB-month", `${use.storageGb} GB`, rates.storageGbMonth),
  ];
};

/** DynamoDB on demand; the bundled price list has no rate. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export const dynamoDb = (
  use: { readUnits: number; writeUnits: number; storedGb: number },
  rates: { readUnit?: TypedRate; writeUnit?: TypedRate; storageGbMonth?: TypedRate } = {},
): Charge[] => [
  byRate("DynamoDB read request units", use.readUnits, "unit", `${plain(use.readUnits)} units`, rates.readUnit),
  byRate("DynamoDB write request units", use.writeUnits, "unit", `${plain(use.writeUnits)} units`, rates.writeUnit),
  byRate("DynamoDB storage", use.storedGb, "GB-month", `${use.storedGb} GB`, rates.storageGbMonth),
];

/** ElastiCache nodes; the bundled price list has no rate. https://aws.amazon.com/elasticache/pricing/ */
export const elastiCache = (use: { nodes: number; hours?: number }, rates: { nodeHour?: TypedRate } = {}): Charge[] => {
  const hours = use.hours ?? hoursPerMonth;
  return [
    byRate("ElastiCache node hours", use.nodes * hours, "node-hour", `${hours} h × ${use.nodes} nodes`, rates.nodeHour),
  ];
};
