import { capacity } from "./capacity";
import { compute } from "./compute";
import { container } from "./container";
import { events } from "./events";
import { graph } from "./graph";
import { loadBalancing } from "./load-balancing";
import { logging } from "./logging";
import { network } from "./network";
import { refusing } from "./refusing";
import { registries } from "./registries";
import { roles } from "./roles";
import type { Rule } from "./rule";
import { scaling } from "./scaling";
import { secrets } from "./secrets";
import { service } from "./service";
import { storage } from "./storage";
import { taskDefinition } from "./task-definition";

/** Every rule: those that refuse connections, then the others topic by topic. Their order decides nothing. */
export const registry: readonly Rule[] = [
  ...refusing,
  ...compute,
  ...taskDefinition,
  ...container,
  ...network,
  ...loadBalancing,
  ...storage,
  ...service,
  ...scaling,
  ...capacity,
  ...events,
  ...secrets,
  ...roles,
  ...logging,
  ...registries,
  ...graph,
];

const byId = new Map(registry.map((rule) => [rule.id as string, rule]));

/** A rule by its catalogue id. */
export const ruleOf = (id: string): Rule | undefined => byId.get(id);
