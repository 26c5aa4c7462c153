import type { Charge } from "../charge";
import { hoursPerMonth, type Sku } from "../prices";
import { figure } from "../words";

const of = (sku: Sku, item: string, quantity: number, note: string): Charge => ({
  tariff: { sku },
  item,
  quantity,
  note,
});

/** Logs are kept compressed, to about this part of what is written. https://aws.amazon.com/cloudwatch/pricing/ */
export const LOGS_COMPRESSED = 0.15;

/** Logs that are written. https://aws.amazon.com/cloudwatch/pricing/ */
export const logsWritten = (gb: number): Charge => of("logs.ingest.gb", "Logs written", gb, `${figure(gb)} GB`);

/** Logs that are kept for some days, once as many months have passed. https://aws.amazon.com/cloudwatch/pricing/ */
export const logsStored = (gb: number, days: number): Charge =>
  of(
    "logs.storage.gb_month",
    "Logs stored",
    gb * LOGS_COMPRESSED * (days / (hoursPerMonth / 24)),
    `${Number(gb.toPrecision(6))} GB × ${LOGS_COMPRESSED} compressed × ${days} days`,
  );

/** Custom metrics, and those of Container Insights without enhanced observability. https://aws.amazon.com/cloudwatch/pricing/ */
export const metrics = (count: number, item = "CloudWatch metrics"): Charge =>
  of("cw.metric_month", item, count, `${count} metrics`);

/** Container Insights with enhanced observability for ECS. https://aws.amazon.com/cloudwatch/pricing/ */
export const enhancedMetrics = (count: number): Charge =>
  of("cw.container_insights.ecs_metric_month", "Container Insights metrics", count, `${count} metrics`);

/** Alarms by the metrics they watch; a composite alarm counts once. https://aws.amazon.com/cloudwatch/pricing/ */
export const alarms = (use: { standard?: number; highResolution?: number; composite?: number }): Charge[] => [
  of("cw.alarm.standard_month", "CloudWatch alarms", use.standard ?? 0, `${use.standard} metrics`),
  of(
    "cw.alarm.high_res_month",
    "CloudWatch high-resolution alarms",
    use.highResolution ?? 0,
    `${use.highResolution} metrics`,
  ),
  of("cw.alarm.composite_month", "CloudWatch composite alarms", use.composite ?? 0, `${use.composite} alarms`),
];

/** Dashboards that every account has for nothing. https://aws.amazon.com/cloudwatch/pricing/ */
const FREE_DASHBOARDS = 3;

/** Dashboards beyond the free ones. https://aws.amazon.com/cloudwatch/pricing/ */
export const dashboards = (count: number): Charge =>
  of(
    "cw.dashboard_month",
    "CloudWatch dashboards",
    Math.max(0, count - FREE_DASHBOARDS),
    `${count} dashboards − ${FREE_DASHBOARDS} free`,
  );
