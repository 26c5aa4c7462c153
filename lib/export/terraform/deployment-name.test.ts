import { expect, it } from "vitest";
import { deploymentName, MAX_DEPLOYMENT_NAME } from "./deployment-name";

it.each([
  ["Shop on Fargate", null, "shop-on-fargate"],
  ["Shop on Fargate", "dev", "shop-on-fargate-dev"],
  ["42 shops", "prod", "design-42-shops-prod"],
  ["", null, "design"],
  ["A very long name of a design that goes beyond", null, "a-very-long-name-of-a-design-tha"],
  ["A very long name of a design that goes beyond", "stage", "a-very-long-name-of-a-desi-stage"],
  ["Shop", "an environment with a long name", "shop-an-environment"],
])("the deployment of %j in %j is called %s", (design, environment, name) => {
  expect(deploymentName(design, environment)).toBe(name);
  expect(name).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
  expect(name.length).toBeLessThanOrEqual(MAX_DEPLOYMENT_NAME);
});
