import { architectureOf, instanceFacts } from "../../aws/instance-types";
import { operatingSystemFamilies } from "../../aws/runtime-platforms";
import { list } from "../../core/text";
import type { Model, ModelNode } from "../../model/model";
import { placementsOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { fargateUse, isWindows, onInstances, placeOf, providersOf, runnerOf } from "../workloads";
import { checkLaunch, imageMismatch } from "./launchable";

type Definition = ModelNode<"taskDefinition">;

export const platform = defineRule({
  id: "ECS-COMP-008",
  severity: "error",
  title: "Operating system or CPU architecture not offered",
  why: "A task runs only on a host of its operating system and architecture. Windows is x86 only, and not on Fargate Spot.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html",
  needs: ["taskDefinition", "asgCapacityProvider"],
  check({ model }, report) {
    for (const provider of model.of("asgCapacityProvider")) checkLaunch(provider, report);
    for (const definition of model.of("taskDefinition")) {
      const { operatingSystemFamily: os, cpuArchitecture: arch } = definition.props.runtimePlatform;
      const asks = `${definition.name} asks for ${os}/${arch}`;
      if (!(operatingSystemFamilies as readonly string[]).includes(os)) {
        report({
          at: { node: definition.id, field: "/runtimePlatform/operatingSystemFamily" },
          message: `${asks}, and AWS knows no operating system family of that name, so no host can ever run it. Choose LINUX or one of ${list(operatingSystemFamilies.slice(1), "or")}.`,
          fix: safe("Set LINUX", set(definition.id, "/runtimePlatform/operatingSystemFamily", "LINUX")),
        });
      } else if (isWindows(definition) && arch === "ARM64") {
        report({
          at: { node: definition.id, field: "/runtimePlatform/cpuArchitecture" },
          message: `${asks}, which AWS does not offer: Windows runs on X86_64 only, so no host can ever run it. Choose X86_64.`,
          fix: safe("Set X86_64", set(definition.id, "/runtimePlatform/cpuArchitecture", "X86_64")),
        });
      } else {
        checkFargate(model, definition, report);
        checkInstances(model, definition, report);
      }
    }
  },
});

/** Windows families of instances only. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
export const notOnFargate = /^WINDOWS_SERVER_(2004|2016|20H2)_/;

function checkFargate(model: Model, definition: Definition, report: Report): void {
  if (!isWindows(definition)) return;
  const { operatingSystemFamily: os } = definition.props.runtimePlatform;
  const at = { node: definition.id, field: "/runtimePlatform/operatingSystemFamily" };
  const use = notOnFargate.test(os) ? fargateUse(model, definition) : undefined;
  if (use) {
    report({
      at,
      also: use.also,
      message: `${definition.name} asks for ${os}, which Fargate does not offer, and ${use.words}, so no host can ever run it. Choose Windows Server 2019 or 2022, or Linux.`,
    });
    return;
  }
  for (const place of placementsOf(model, definition)) {
    if (place.launch !== "FARGATE_SPOT") continue;
    report({
      at,
      also: [placeOf(place)],
      message: `${definition.name} asks for Windows, which Fargate Spot does not offer, so ${runnerOf(place).name} can never run it. Choose FARGATE in its strategy, or Linux.`,
    });
  }
}

/** Speaks only when every group of instances is known and none fits. */
function checkInstances(model: Model, definition: Definition, report: Report): void {
  const { operatingSystemFamily: os, cpuArchitecture: arch } = definition.props.runtimePlatform;
  for (const place of onInstances(model, definition)) {
    const hosts = providersOf(place).map((provider) => ({ provider, ...hostOf(provider) }));
    const [first] = hosts;
    const fits = (host: (typeof hosts)[number]) => (isWindows(definition) ? host.linux !== true : host.arch === arch);
    if (
      !first ||
      hosts.some((host) => host.arch === undefined || (isWindows(definition) && host.linux === undefined) || fits(host))
    ) {
      continue;
    }
    const wrong = isWindows(definition) ? "Linux" : first.arch;
    report({
      at: {
        node: definition.id,
        field: `/runtimePlatform/${isWindows(definition) ? "operatingSystemFamily" : "cpuArchitecture"}`,
      },
      also: [placeOf(place), ...hosts.map(({ provider }) => ({ node: provider.id, field: "/instanceType" }))],
      message: `${definition.name} asks for ${os}/${arch}, which ${list(hosts.map(({ provider }) => provider.name))} (${wrong}) does not offer, so no host can ever run it. Choose ${wrong}, or other instances.`,
      ...(isWindows(definition) || !first.arch
        ? {}
        : { fix: safe(`Set ${first.arch}`, set(definition.id, "/runtimePlatform/cpuArchitecture", first.arch)) }),
    });
  }
}

/** The ECS-optimised images offered are Linux; what an image of one's own is, nobody knows. */
function hostOf(provider: ModelNode<"asgCapacityProvider">) {
  const facts = instanceFacts(provider.props.instanceType);
  return {
    // Instances that do not start at all say so themselves.
    arch: facts && !imageMismatch(provider) ? architectureOf(facts) : undefined,
    linux: provider.props.ami === "custom" ? undefined : true,
  };
}
