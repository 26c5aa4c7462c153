import type { Dependency } from "../aws/endpoints";
import { own } from "../core/json";
import type { Resource } from "../stack/stack";
import { referredBy } from "../stack/value";
import { at, itemsOf, type Lookup } from "./lookup";

/** Which service of AWS answers, over HTTPS, for resources of a type. */
const answering: Readonly<Record<string, Dependency>> = {
  "AWS::DynamoDB::Table": "dynamodb",
  "AWS::ECR::Repository": "ecr",
  "AWS::Events::EventBus": "events",
  "AWS::KMS::Key": "kms",
  "AWS::S3::Bucket": "s3",
  "AWS::SNS::Topic": "sns",
  "AWS::SQS::Queue": "sqs",
  "AWS::SSM::Parameter": "ssm",
  "AWS::SecretsManager::Secret": "secretsmanager",
  "AWS::StepFunctions::StateMachine": "states",
};

/** The service of AWS that one asks for a resource; undefined for what has interfaces of its own, or is not known. */
export const serviceOf = ({ type }: Resource): Dependency | undefined => own(answering, type);

/** Queues, buckets and the like that a task definition names in its environment: its code asks AWS for them. */
export const namedServices = (lookup: Lookup, { properties }: Resource): string[] => {
  const found = new Set<string>();
  for (const container of itemsOf(properties.ContainerDefinitions) ?? []) {
    for (const variable of itemsOf(at(container, "Environment")) ?? []) referredBy(at(variable, "Value"), found);
  }
  return [...found].filter((id) => {
    const resource = lookup.resource(id);
    return resource !== undefined && serviceOf(resource) !== undefined;
  });
};
