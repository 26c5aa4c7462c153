import { catalog } from "../../catalog";
import { compareKeys } from "../../core/json";
import { readAt } from "../../core/pointer";
import { clip } from "../../core/text";
import type { Document } from "../../document/document";
import { differences } from "../../document/environments";
import { inEnvironment } from "../../document/parse";
import { type Origin, resourcesOf, type Stack } from "../../stack/stack";
import { targetOf, type Value } from "../../stack/value";
import type { Lines } from "../lines";
import type { ExportContext, ExportCost } from "../target";
import { code, plain, row, tableHead } from "./markdown";

/** "Web (ECS service)", or "Front door → Web" for a connection. */
export function partName({ model }: ExportContext, { node, edge }: Origin): string {
  const found = node === undefined ? undefined : model.node(node);
  if (found) return `${plain(found.name)} (${plain(catalog[found.kind].label)})`;
  const line = edge === undefined ? undefined : model.edge(edge);
  if (line) return `${plain(line.from.name)} → ${plain(line.to.name)}`;
  return plain(node ?? edge ?? "The design");
}

const keyOf = ({ node, edge }: Origin): string => node ?? edge ?? "";
const bare = ({ node, edge }: Origin): Origin => ({
  ...(node === undefined ? {} : { node }),
  ...(edge === undefined ? {} : { edge }),
  why: "drawn",
});

/** Which resources each part of the drawing becomes. */
export function resourceTable(lines: Lines, stack: Stack, context: ExportContext): void {
  const parts = new Map<string, { origin: Origin; resources: string[] }>();
  for (const { id, type, origins } of Object.values(stack.resources)) {
    const origin = bare(origins[""]?.[0] ?? { why: "derived" });
    const part = parts.get(keyOf(origin)) ?? { origin, resources: [] };
    part.resources.push(
      `${code(id)} (${type
        .split("::")
        .slice(1)
        .join(" ")
        .replace(/[^A-Za-z0-9 ]/g, "")})`,
    );
    parts.set(keyOf(origin), part);
  }
  for (const line of tableHead(["Part", "Resources"])) lines.add(line);
  const named = [...parts.values()].map((part) => ({ ...part, name: partName(context, part.origin) }));
  named.sort((a, b) => compareKeys(a.name, b.name) || compareKeys(keyOf(a.origin), keyOf(b.origin)));
  for (const { name, origin, resources } of named) lines.add(row([name, resources.join(", ")]), origin);
}

/** A number or word as it stands, or that it follows from the deployment. */
const shown = (value: Value | undefined): string =>
  typeof value === "number" || typeof value === "string" ? plain(String(value)) : "differs";

const at = (value: Value | undefined, key: string): Value | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && key in value
    ? (value as Record<string, Value>)[key]
    : undefined;

const items = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

/** Target groups that actions send to, wherever they stand in them. */
function groupsIn(value: Value | undefined, into: Set<string> = new Set()): Set<string> {
  for (const action of items(value)) {
    const direct = targetOf(at(action, "TargetGroupArn"));
    if (direct !== undefined) into.add(direct);
    for (const group of items(at(at(action, "ForwardConfig"), "TargetGroups"))) {
      const target = targetOf(at(group, "TargetGroupArn"));
      if (target !== undefined) into.add(target);
    }
  }
  return into;
}

/** From the port that clients use to the port of the container. Returns whether there is any. */
export function portTable(lines: Lines, stack: Stack): boolean {
  const rows: { cells: string[]; origin: Origin | undefined }[] = [];
  const listeners = resourcesOf(stack, "AWS::ElasticLoadBalancingV2::Listener");
  const rules = resourcesOf(stack, "AWS::ElasticLoadBalancingV2::ListenerRule");
  for (const listener of listeners) {
    const groups = groupsIn(listener.properties.DefaultActions);
    for (const rule of rules) {
      if (targetOf(rule.properties.ListenerArn) === listener.id) groupsIn(rule.properties.Actions, groups);
    }
    const entry = `${shown(listener.properties.Protocol)} ${shown(listener.properties.Port)} (${code(listener.id)})`;
    const origin = listener.origins[""]?.[0];
    if (groups.size === 0) rows.push({ cells: [entry, "answers itself", ""], origin });
    for (const group of [...groups].sort(compareKeys)) {
      const containers = resourcesOf(stack, "AWS::ECS::Service").flatMap((service) =>
        items(service.properties.LoadBalancers).flatMap((balancer) =>
          targetOf(at(balancer, "TargetGroupArn")) === group
            ? [`${shown(at(balancer, "ContainerName"))} ${shown(at(balancer, "ContainerPort"))} (${code(service.id)})`]
            : [],
        ),
      );
      rows.push({ cells: [entry, code(group), containers.join(", ")], origin });
    }
  }
  for (const service of resourcesOf(stack, "AWS::ECS::Service")) {
    for (const offered of items(at(service.properties.ServiceConnectConfiguration, "Services"))) {
      for (const alias of items(at(offered, "ClientAliases"))) {
        const cells = [
          `Service Connect ${shown(at(alias, "DnsName"))} ${shown(at(alias, "Port"))}`,
          "",
          `${shown(at(offered, "PortName"))} (${code(service.id)})`,
        ];
        rows.push({ cells, origin: service.origins[""]?.[0] });
      }
    }
  }
  if (rows.length === 0) return false;
  for (const line of tableHead(["Clients use", "Target group", "Container port"])) lines.add(line);
  for (const { cells, origin } of rows) lines.add(row(cells), origin);
  return true;
}

/** US dollars with cents; nothing below zero exists. */
export const dollars = (amount: number): string => `$${amount.toFixed(2)}`.replace("$", "\\$");

/** What each part costs a month. */
export function costTable(lines: Lines, cost: ExportCost, context: ExportContext): void {
  const parts = new Map<string, { origin: Origin; amount: number }>();
  for (const { node, edge, amount } of cost.lines) {
    const origin: Origin = { ...(node ? { node } : {}), ...(edge ? { edge } : {}), why: "drawn" };
    const part = parts.get(keyOf(origin)) ?? { origin, amount: 0 };
    part.amount += amount;
    parts.set(keyOf(origin), part);
  }
  for (const line of tableHead(["Part", "USD a month"], [1])) lines.add(line);
  const named = [...parts.values()].map((part) => ({ ...part, name: partName(context, part.origin) }));
  named.sort((a, b) => compareKeys(a.name, b.name) || compareKeys(keyOf(a.origin), keyOf(b.origin)));
  for (const { name, origin, amount } of named) lines.add(row([name, dollars(amount)]), origin);
  lines.add(row(["**Total**", `**${dollars(cost.total)}**`]));
}

/** What a setting is, in few characters; what nobody set has its default. */
function said(value: unknown): string {
  if (value === undefined) return "default";
  return plain(clip(typeof value === "string" ? value : JSON.stringify(value), 60));
}

/** Settings that environments change: part, setting, value as drawn and in each environment. */
export function differenceRows(context: ExportContext): string[] {
  const { design, environments } = context;
  const seen = environments.map(({ name }) => inEnvironment(design, name));
  return differences(design).map(({ id, field }) => {
    const isNode = Object.hasOwn(design.nodes, id);
    const valueIn = (document: Document): string =>
      said(readAt((isNode ? document.nodes[id] : document.edges[id])?.props, field));
    const part = partName(context, { ...(isNode ? { node: id } : { edge: id }), why: "drawn" });
    return row([part, plain(field.slice(1).replaceAll("/", " / ")), valueIn(design), ...seen.map(valueIn)]);
  });
}
