import type { Origin, Resource, Stack } from "./stack";
import { Intrinsic, type Properties, ref, type Value } from "./value";

/**
 * Makes a stack whose every reference resolves. What the drawing names but does not contain (only raw properties can:
 * passes add what they refer to) becomes a parameter, and DependsOn keeps existing ids only.
 */
export function closeReferences(stack: Stack, uniqueId: (name: string) => string): Stack {
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
    const closed = close(argument, origin);
    return closed === argument ? value : new Intrinsic(name, closed);
  };

  const closeResource = (resource: Resource): void => {
    resource.properties = closeMap(resource.properties, resource.origins[""]?.[0]);
    if (resource.metadata) resource.metadata = closeMap(resource.metadata, resource.origins[""]?.[0]);
    if (!resource.dependsOn) return;
    const others = [...new Set(resource.dependsOn)]
      .filter((id) => id !== resource.id && Object.hasOwn(stack.resources, id))
      .sort();
    if (others.length > 0) resource.dependsOn = others;
    else delete resource.dependsOn;
  };

  for (const resource of Object.values(stack.resources)) closeResource(resource);
  for (const output of Object.values(stack.outputs)) output.value = close(output.value, output.origin);
  if (asked.size > 0) {
    stack.parameters = Object.fromEntries(Object.entries(stack.parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return stack;
}

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
