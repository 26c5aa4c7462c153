/** A page of AWS's documentation: every rule and figure names one. */
export type AwsDocsUrl = `https://docs.aws.amazon.com/${string}`;
