import { expect, it } from "vitest";
import { onInstances, stackOf } from "../testing/network-template";
import { startsOfTemplate } from "./template";

/** What the line about the task definition says of a service that registers with Cloud Map. */
function said(mode: string, entry: string, records: string, head = ""): string {
  const own =
    ", NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } }";
  const resources = `${onInstances(mode).replace("TaskDefinition: !Ref OldTask", `TaskDefinition: !Ref OldTask, ServiceRegistries: [{ RegistryArn: !GetAtt Name.Arn${entry} }]${mode === "awsvpc" ? own : ""}`)}
  Space: { Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: { Name: inner.local, Vpc: !Ref Vpc } }
  Name: { Type: AWS::ServiceDiscovery::Service, Properties: { Name: old, DnsConfig: { NamespaceId: !Ref Space, DnsRecords: [${records}] } } }`;
  const start = startsOfTemplate(stackOf(resources, head)).find(({ place }) => place === "Old");
  const line = start?.checks.find(({ check }) => check === "definition");
  return `${line?.verdict}: ${line?.why}`;
}

const [srv, a] = ["{ Type: SRV, TTL: 10 }", "{ Type: A, TTL: 10 }"];
const both = ", ContainerName: app, ContainerPort: 8080";

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html
it.each([
  ["bridge", both, srv, /^passes/],
  ["host", both, srv, /^passes/],
  ["bridge", "", srv, /^fails: Old registers with Name without ContainerName and ContainerPort/],
  ["bridge", both, a, /^fails: Name keeps records of type A, but in network mode bridge/],
  ["bridge", both, `${srv}, ${a}`, /^fails: Name keeps records of type A/],
  ["bridge", both.replace("8080", "9090"), srv, /^fails: Old registers app:9090 with Name, which is no port mapping/],
  ["awsvpc", "", a, /^passes/],
  ["awsvpc", "", srv, /^fails: Old registers an SRV record with Name and names no port/],
  ["awsvpc", ", Port: 8080", srv, /^passes/],
] as const)("in mode %s with “%s” and %s", (mode, entry, records, expected) => {
  expect(said(mode, entry, records)).toMatch(expected);
});

it("does not guess records that a parameter says", () => {
  const head = "Parameters: { Record: { Type: String } }";
  expect(said("bridge", both, "{ Type: !Ref Record, TTL: 10 }", head)).toMatch(/^unknowable: Whether Name keeps SRV/);
});
