import { readTemplate } from "../lib/testing/read-template";
import { judgeTemplate } from "../lib/testing/template-judge";
import { expect, test } from "./fixtures";

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

test("an ALB, a service and a file system drawn on an empty canvas come out as a template that deploys", async ({
  designer,
}) => {
  const { canvas, palette, exporting } = designer;
  await designer.startBlank();
  await expect(canvas.nodes).toHaveCount(0);

  await palette.drag("Application Load Balancer", { x: 120, y: 200 });
  await palette.drag("ECS service", { x: 420, y: 200 });
  // A service cannot stand alone: its network, cluster and task definition come along in the same step.
  for (const kind of ["alb", "vpc", "cluster", "service", "taskDefinition"] as const) {
    await expect(canvas.nodesOf(kind)).toHaveCount(1);
  }
  await canvas.fit();
  await canvas.connect(canvas.nodesOf("alb"), canvas.nodesOf("service"));
  await expect(canvas.edgesOf("forward")).toHaveCount(1);

  await palette.dragInto("EFS file system", canvas.nodesOf("vpc"));
  await canvas.fit();
  await canvas.connect(canvas.nodesOf("service"), canvas.nodesOf("efs"));
  await expect(canvas.edgesOf("mount")).toHaveCount(1);
  await designer.export.click();
  const { name, bytes } = await exporting.take();

  expect(name).toMatch(/\.ya?ml$/);
  const template = readTemplate(bytes.toString("utf8"));
  expect(judgeTemplate(template)).toEqual([]);
  const resources = Object.values(template.Resources as Resources);
  const of = (type: string) => resources.filter((resource) => resource.Type === type);
  expect(of("AWS::ElasticLoadBalancingV2::LoadBalancer")).toHaveLength(1);
  expect(of("AWS::ECS::Service")).toHaveLength(1);
  expect(of("AWS::EFS::FileSystem")).toHaveLength(1);
  // One mount target in each of the two zones that a new network has.
  expect(of("AWS::EFS::MountTarget")).toHaveLength(2);
  const ports = of("AWS::EC2::SecurityGroupIngress").map(({ Properties }) => Properties.FromPort);
  expect(ports).toContain(2049);
});
