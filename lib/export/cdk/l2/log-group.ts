import type { Value } from "../../../stack/value";
import { obj, raw } from "../code";
import { str } from "../values";
import { isNumber, isText, only, removalPolicy } from "./shared";
import type { Single } from "./single";

/** Names of RetentionDays. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_logs.RetentionDays.html */
const retentions: Readonly<Record<number, string>> = {
  1: "ONE_DAY",
  3: "THREE_DAYS",
  5: "FIVE_DAYS",
  7: "ONE_WEEK",
  14: "TWO_WEEKS",
  30: "ONE_MONTH",
  60: "TWO_MONTHS",
  90: "THREE_MONTHS",
  120: "FOUR_MONTHS",
  150: "FIVE_MONTHS",
  180: "SIX_MONTHS",
  365: "ONE_YEAR",
  400: "THIRTEEN_MONTHS",
  545: "EIGHTEEN_MONTHS",
  731: "TWO_YEARS",
  1827: "FIVE_YEARS",
  3653: "TEN_YEARS",
};

export const logGroup: Single = {
  type: "logs.LogGroup",
  ref: "logGroupName",
  attributes: { Arn: "logGroupArn" },
  retains: true,
  says(_writing, resource) {
    const { LogGroupName, RetentionInDays } = resource.properties;
    return (
      only(resource, "LogGroupName", "RetentionInDays") &&
      resource.deletionPolicy !== undefined &&
      resource.deletionPolicy !== "Snapshot" &&
      isText(LogGroupName) &&
      isNumber(RetentionInDays) &&
      Object.hasOwn(retentions, RetentionInDays)
    );
  },
  props: (writing, resource) =>
    obj({
      logGroupName: str(writing, resource.properties.LogGroupName as Value),
      retention: raw(`logs.RetentionDays.${retentions[resource.properties.RetentionInDays as number]}`),
      removalPolicy: removalPolicy(resource),
    }),
};
