/**
 * What CloudFormation takes in one template, sizes in bytes; read in November 2026.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const templateQuotas = {
  resources: 500,
  parameters: 200,
  outputs: 200,
  /** A template in S3. */
  bytes: 1_048_576,
  /** A template that is sent with the request. */
  inlineBytes: 51_200,
  /** Keys of one mapping. */
  mappingKeys: 200,
  /** Resources that the nested stacks of one operation may create, update or delete together. */
  nestedResources: 2_500,
} as const;
