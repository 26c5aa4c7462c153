import type { Origin, Resource, Stack } from "./stack";
import { Intrinsic, type Properties, ref, referredBy, type Value } from "./value";

/**
 * Makes a stack whose every reference resolves. What the drawing names but does not contain becomes a parameter (only
 * the `foreign` resources can: passes add what they refer to), and DependsOn keeps existing ids that no
 * reference waits for already.
 */
export function closeReferences(stack: Stack, foreign: ReadonlySet<string>, uniqueId: (name: string) => string): Stack {
  const asked = new Map<string, string>();
  const exists = (id: string): boolean =>
    id.startsWith("AWS::") || Object.hasOwn(stack.resources, id) || Object.hasOwn(stack.parameters, id);

  const ask = (target: string, origin: Origin | undefined): string => {
    let name = asked.get(target);
    if (name === undefined) {
      const plain = target.replace(/[^A-Za-z0-9]/g, "").replace(/^[0-9]+/, "");
      name = uniqueId(plain === "" ? "Missing" : plain);
      asked.set(target, name);
      stack.parameters[name] = {
        type: "String",
        description: `Stands for ${target}, which the drawing refers to but does not contain.`,
        origin: origin ?? { why: "derived" },
      };
    }
    return name;
  };

  /** A condition that nobody defines holds, until its parameter says otherwise. */
  const askCondition = (name: Value | undefined, origin: Origin | undefined): void => {
    if (typeof name !== "string" || Object.hasOwn(stack.conditions, name)) return;
    const id = uniqueId(`${name.replace(/[^A-Za-z0-9]/g, "")}IsTrue`);
    asked.set(`condition ${name}`, id);
    stack.parameters[id] = {
      type: "String",
      description: `Whether the condition ${name} holds, which the drawing refers to but does not define.`,
      default: "true",
      allowedValues: ["true", "false"],
      origin: origin ?? { why: "derived" },
    };
    stack.conditions[name] = new Intrinsic("Fn::Equals", [ref(id), "true"]);
  };

  const close = (value: Value, origin: Origin | undefined): Value => {
    if (Array.isArray(value)) return mapSame(value, (item) => close(item, origin));
    if (value instanceof Intrinsic) return closeIntrinsic(value, origin);
    if (typeof value !== "object" || value === null) return value;
    return closeMap(value, origin);
  };

  const closeMap = (map: Properties, origin: Origin | undefined): Properties => {
    let copy: Properties | undefined;
    for (const key in map) {
      const item = map[key] as Value;
      if (typeof item !== "object") continue;
      const closed = close(item, origin);
      if (closed === item) continue;
      copy ??= { ...map };
      copy[key] = closed;
    }
    return copy ?? map;
  };

  const closeIntrinsic = (value: Intrinsic, origin: Origin | undefined): Value => {
    const { name, argument } = value;
    if (name === "Ref") {
      return typeof argument === "string" && !exists(argument) ? ref(ask(argument, origin)) : value;
    }
    if (name === "Fn::GetAtt") {
      const [id, ...rest] = Array.isArray(argument) ? argument : String(argument).split(".");
      if (typeof id !== "string" || Object.hasOwn(stack.resources, id)) return value;
      return ref(ask([id, ...rest.map(String)].join("."), origin));
    }
    if (name === "Fn::Sub") {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
      const own = closeMap((variables ?? {}) as Properties, origin);
      const closed = String(text).replace(/\$\{([^!}][^}]*)\}/g, (whole, inner: string) => {
        if (Object.hasOwn(own, inner)) return whole;
        const [id] = inner.split(".") as [string];
        const known = inner.includes(".") ? Object.hasOwn(stack.resources, id) : exists(id);
        return known || inner.startsWith("AWS::") ? whole : `\${${ask(inner, origin)}}`;
      });
      if (closed === text && own === (variables ?? own)) return value;
      return new Intrinsic(name, variables === undefined ? closed : [closed, own]);
    }
    if (name === "Fn::If" && Array.isArray(argument)) askCondition(argument[0], origin);
    const closed = close(argument, origin);
    return closed === argument ? value : new Intrinsic(name, closed);
  };

  const closeResource = (resource: Resource): void => {
    const origin = resource.origins[""]?.[0];
    resource.properties = closeMap(resource.properties, origin);
    if (resource.metadata) resource.metadata = closeMap(resource.metadata, origin);
    askCondition(resource.condition, origin);
  };

  const closeWaits = (resource: Resource): void => {
    if (!resource.dependsOn) return;
    const implied = referredBy(resource.properties);
    const others = [...new Set(resource.dependsOn)]
      .filter((id) => id !== resource.id && !implied.has(id) && Object.hasOwn(stack.resources, id))
      .sort();
    if (others.length > 0) resource.dependsOn = others;
    else delete resource.dependsOn;
  };

  for (const id of foreign) {
    const resource = stack.resources[id];
    if (resource) closeResource(resource);
  }
  for (const id in stack.resources) closeWaits(stack.resources[id] as Resource);
  for (const output of Object.values(stack.outputs)) output.value = close(output.value, output.origin);
  if (asked.size > 0) {
    stack.parameters = inOrder(stack.parameters);
    stack.conditions = inOrder(stack.conditions);
  }
  return stack;
}

const inOrder = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Like map, but gives the list itself back when nothing in it changed. */
function mapSame(list: Value[], change: (item: Value) => Value): Value[] {
  let copy: Value[] | undefined;
  list.forEach((item, index) => {
    const changed = change(item);
    if (changed === item) return;
    copy ??= [...list];
    copy[index] = changed;
  });
  return copy ?? list;
}
