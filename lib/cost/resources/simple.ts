import { hoursPerMonth } from "../prices";
import { priced } from "./cell";

/** https://aws.amazon.com/ecr/pricing/ */
export const repository = priced<"AWS::ECR::Repository">((_resource, ledger) => {
  ledger.use("ecr.storage.gb_month", "storedGb", "ECR image storage");
});

/** ECS is free; Container Insights is charged per metric. https://aws.amazon.com/cloudwatch/pricing/ */
export const cluster = priced<"AWS::ECS::Cluster">(({ properties }, ledger) => {
  const settings = Array.isArray(properties.ClusterSettings) ? properties.ClusterSettings : [];
  for (const setting of settings) {
    const value = typeof setting === "object" && setting !== null && "Value" in setting ? setting.Value : undefined;
    if (value === "enhanced")
      ledger.use("cw.container_insights.ecs_metric_month", "metrics", "Container Insights metrics");
    if (value === "enabled") ledger.use("cw.metric_month", "metrics", "Container Insights metrics");
  }
});

/** Logs are kept compressed, to about this part of what is written. https://aws.amazon.com/cloudwatch/pricing/ */
const COMPRESSED = 0.15;

/** Logs: what is written, and what is kept of it. https://aws.amazon.com/cloudwatch/pricing/ */
export const logGroup = priced<"AWS::Logs::LogGroup">(({ properties }, ledger) => {
  ledger.use("logs.ingest.gb", "logsGb", "Logs written");
  const written = ledger.usage("logsGb");
  const days = properties.RetentionInDays;
  ledger.once("logs.storage.gb_month", () => {
    if (!written) ledger.miss("Logs stored", "GB", 0, "Depends on use.");
    else if (typeof days !== "number")
      ledger.miss("Logs stored", "GB", 0, "Kept for ever, so the cost grows every month.");
    else {
      const months = days / (hoursPerMonth / 24);
      ledger.add("logs.storage.gb_month", {
        item: "Logs stored",
        quantity: written.value * COMPRESSED * months,
        note: `${written.value} GB × ${COMPRESSED} compressed × ${days} days`,
        ...written.assumption,
      });
    }
  });
});

/** https://aws.amazon.com/s3/pricing/ */
export const bucket = priced<"AWS::S3::Bucket">((_resource, ledger) => {
  ledger.use("s3.standard.gb_month", "storedGb", "S3 Standard storage");
  ledger.use("s3.put_request", "writes", "S3 write requests");
  ledger.use("s3.get_request", "reads", "S3 read requests");
});

/** https://aws.amazon.com/sqs/pricing/ */
export const queue = priced<"AWS::SQS::Queue">(({ properties }, ledger) => {
  const fifo = properties.FifoQueue === true;
  ledger.use(fifo ? "sqs.fifo.request" : "sqs.standard.request", "requests", "SQS requests");
});

/** Publishing, by requests or on FIFO topics also by payload. https://aws.amazon.com/sns/pricing/ */
export const topic = priced<"AWS::SNS::Topic">(({ properties }, ledger) => {
  const fifo = properties.FifoTopic === true;
  ledger.use(fifo ? "sns.fifo.request" : "sns.standard.request", "requests", "SNS publish requests");
  if (fifo) ledger.use("sns.fifo.payload_gb", "payloadGb", "SNS published payload");
});

/** Deliveries over HTTP and HTTPS are charged, those to queues are not. https://aws.amazon.com/sns/pricing/ */
export const subscription = priced<"AWS::SNS::Subscription">(({ properties }, ledger) => {
  if (properties.Protocol === "http" || properties.Protocol === "https")
    ledger.use("sns.delivery.http", "deliveries", "SNS deliveries over HTTPS");
});

/** https://aws.amazon.com/secrets-manager/pricing/ */
export const secret = priced<"AWS::SecretsManager::Secret">((_resource, ledger) => {
  ledger.add("secrets.secret_month", { item: "Secrets", quantity: 1, note: "1 secret" });
  ledger.use("secrets.api_request", "requests", "Secrets Manager API calls");
});

/** Standard parameters are free. https://aws.amazon.com/systems-manager/pricing/ */
export const parameter = priced<"AWS::SSM::Parameter">(({ properties }, ledger) => {
  if (properties.Tier !== "Advanced") return;
  ledger.add("ssm.advanced_parameter_hour", {
    item: "Advanced parameter hours",
    quantity: hoursPerMonth,
    note: `${hoursPerMonth} h`,
  });
  ledger.use("ssm.advanced_api_request", "requests", "Parameter Store API calls");
});
