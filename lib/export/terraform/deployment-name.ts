import { slug } from "../../core/ids";

/** Longest deployment name: what services, clusters and roles are called adds to it. */
export const MAX_DEPLOYMENT_NAME = 32;

/**
 * What a deployment of the module is called until somebody says otherwise: the design's name, and that of the environment
 * where the module is for one, so that two of them stand beside each other in one account.
 */
export function deploymentName(designName: string, environment: string | null): string {
  const name = slug(designName, "design").replaceAll("_", "-");
  const whole = /^[a-z]/.test(name) ? name : `design-${name}`;
  const tail = environment === null ? "" : `-${slug(environment, "environment").replaceAll("_", "-")}`.slice(0, 16);
  return `${whole.slice(0, MAX_DEPLOYMENT_NAME - tail.length).replace(/-+$/, "")}${tail}`.replace(/-+$/, "");
}
