import {
  isBelowMinimum,
  minimumPlatformVersion,
  type PlatformFeature,
  platformFeatures,
  platformVersions,
} from "../../aws/platform-versions";
import { osOf } from "../../aws/runtime-platforms";
import { clip } from "../../core/text";
import type { Place } from "../../document/document";
import type { Model, ModelNode } from "../../model/model";
import { containersOf, isFargate, type Launch, launchOf, placementsOf, taskDefinitionOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";

type Definition = ModelNode<"taskDefinition">;

export const platformVersion = defineRule({
  id: "ECS-COMP-012",
  severity: "error",
  title: "Fargate platform version too old for a feature",
  why: "A service that pins a Fargate platform version gets no feature that came later. LATEST has them all.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform_versions.html",
  needs: ["service", "taskDefinition"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const at = { node: service.id, field: "/platformVersion" };
      judge(
        at,
        service.name,
        service.props.platformVersion,
        launchOf(service),
        taskDefinitionOf(service),
        service,
        report,
      );
    }
    for (const definition of model.of("taskDefinition")) checkTasks(model, definition, report);
  },
});

function checkTasks(model: Model, definition: Definition, report: Report): void {
  for (const { edge, launch } of placementsOf(model, definition)) {
    if (!edge) continue;
    const at = { edge: edge.id, field: "/platformVersion" };
    judge(at, edge.from.name, edge.props.platformVersion, launch, definition, undefined, report);
  }
}

function judge(
  at: Place,
  who: string,
  version: string | undefined,
  launch: Launch,
  definition: Definition | undefined,
  service: ModelNode<"service"> | undefined,
  report: Report,
): void {
  if (version === undefined || version === "LATEST") return;
  const id = at.node ?? at.edge ?? "";
  const fix = safe("Use LATEST", set(id, "/platformVersion"));
  if (!isFargate(launch)) {
    report({
      at,
      message: `${who} pins ${version === "" ? "an empty platform version" : `platform version ${clip(version, 40)}`}, but runs on EC2 instances; platform versions are Fargate's, and AWS refuses them elsewhere. Clear it.`,
      fix: safe("Clear the platform version", set(id, "/platformVersion")),
    });
    return;
  }
  const os = osOf(definition?.props.runtimePlatform.operatingSystemFamily);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    report({
      at,
      message: `${who} pins ${version === "" ? "an empty platform version" : `platform version ${clip(version, 40)}`}; AWS takes LATEST or a number such as 1.4.0, and refuses anything else. Use LATEST.`,
      fix,
    });
    return;
  }
  if (!platformVersions[os].includes(version)) {
    report({
      at,
      severity: "warning",
      message: `${who} pins platform version ${version}; AWS's list has ${platformVersions[os].join(" and ")}, and refuses what it does not know. Use LATEST.`,
      fix,
    });
    return;
  }
  const feature =
    definition && featuresOf(definition, launch, service).find((item) => isBelowMinimum(version, item, os));
  const message = feature
    ? `${who} pins platform version ${version}, but ${platformFeatures[feature].label} needs ${minimumPlatformVersion(feature, os)}; tasks would be refused. Use LATEST.`
    : `${who} pins platform version ${version}, so its tasks miss what AWS adds later. Use LATEST unless something depends on this version.`;
  report({ at, severity: feature ? "error" : "info", message, fix });
}

/** The features in use that came with a platform version. */
function featuresOf(
  definition: Definition,
  launch: Launch,
  service: ModelNode<"service"> | undefined,
): PlatformFeature[] {
  const { props, out } = definition;
  const containers = containersOf(definition);
  const spot = launch === "FARGATE_SPOT";
  const arm = props.runtimePlatform.cpuArchitecture === "ARM64";
  const udp = containers.some((container) => container.portMappings.some((mapping) => mapping.protocol === "udp"));
  const has: { [F in PlatformFeature]?: boolean } = {
    efs: out.some((edge) => edge.relation === "mount"),
    ephemeralStorage: props.ephemeralStorage !== undefined,
    pidMode: props.pidMode !== undefined,
    systemControls: containers.some((container) => (container.systemControls?.length ?? 0) > 0),
    serviceConnect: [...(service?.out ?? []), ...(service?.in ?? [])].some((edge) => edge.relation === "call"),
    executeCommand: service?.props.enableExecuteCommand,
    environmentFiles:
      containers.some((container) => container.environmentFiles.length > 0) ||
      out.some((edge) => edge.relation === "environmentFile"),
    udpBehindNlb: udp && service?.in.some((edge) => edge.relation === "forward" && edge.from.kind === "nlb"),
    largeTask: (props.cpu ?? 0) >= 8192,
    spotArm64: spot && arm,
    spotX86: spot && !arm,
    dependsOn: out.some((edge) => edge.relation === "dependsOn"),
    containerTimeouts: containers.some((item) => item.startTimeout !== undefined || item.stopTimeout !== undefined),
  };
  return (Object.keys(has) as PlatformFeature[]).filter((feature) => has[feature]);
}
