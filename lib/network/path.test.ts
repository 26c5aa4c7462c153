import { describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { blockedIn, legsOf, pathBetween, stopsOf } from "./path";
import { traceFlows } from "./trace";

/** The way between two nodes that the builder names. */
function path<T>(build: (draft: Draft) => T, ends: (ids: T) => [from: string, to: string]) {
  let ids: T | undefined;
  const model = buildModel(
    draw((draft) => {
      ids = build(draft);
    }),
  );
  const found = pathBetween(model, traceFlows(model, lower(model)), ...ends(ids as T));
  return { ...found, ids: ids as T, edges: found.legs.map(({ edge }) => edge) };
}

describe("the way between two nodes", () => {
  it("goes leg by leg over drawn connections, and from a service into the task that it runs", () => {
    const found = path(
      (draft) => {
        const web = fargateWeb(draft);
        const files = draft.add("efs", {}, { name: "Files", parent: web.vpc });
        return { ...web, files, mount: draft.connect(web.container, "mount", files) };
      },
      ({ alb, files }) => [alb, files],
    );
    expect(found.edges).toEqual([found.ids.forward, found.ids.run, found.ids.mount]);
    expect(found.legs.map(({ verdict, hops }) => [verdict, hops.length > 0])).toEqual([
      ["open", true],
      ["open", false],
      ["open", true],
    ]);
    expect(found.hops).toEqual(found.legs.flatMap(({ hops }) => hops));
  });

  it("ends at services of AWS that a task asks, as its subnets can reach them", () => {
    const ask = (natGateways: "one" | "none") =>
      path(
        (draft) => {
          const web = fargateWeb(draft, { vpc: { natGateways } });
          const queue = draft.add("sqsQueue", {}, { name: "Orders" });
          return { ...web, queue, send: draft.connect(web.container, "send", queue) };
        },
        ({ service, queue }) => [service, queue],
      );
    const open = ask("one");
    expect([open.verdict, open.edges]).toEqual(["open", [open.ids.run, open.ids.send]]);
    expect(open.hops).toMatchObject([{ at: "Web task → Orders", port: "tcp/443", verdict: "open" }]);
    expect(ask("none")).toMatchObject({ verdict: "blocked", hops: [{ verdict: "blocked" }] });
  });

  it("asks a queue from the service that polls it, and never the other way", () => {
    const poll = (back: boolean) =>
      path(
        (draft) => {
          const web = fargateWeb(draft);
          const queue = draft.add("sqsQueue", {}, { name: "Orders" });
          draft.connect(queue, "poll", web.service);
          return { ...web, queue };
        },
        ({ service, queue }) => (back ? [queue, service] : [service, queue]),
      );
    expect(poll(false).verdict).toBe("open");
    expect(poll(true)).toMatchObject({ verdict: "unknowable", legs: [] });
  });

  it("says so where nothing leads, and where nothing runs what would ask", () => {
    const apart = path(fargateWeb, ({ service, alb }) => [service, alb]);
    expect(apart).toMatchObject({ verdict: "unknowable", legs: [] });
    expect(apart.hops[0]?.why).toMatch(/^No drawn connection leads from Web to Front door/);
    const idle = path(
      (draft) => {
        const task = draft.add("taskDefinition", { containerDefinitions: { c1: { name: "app" } } }, { name: "Idle" });
        const queue = draft.add("sqsQueue", {}, { name: "Orders" });
        draft.connect(`${task}/c1`, "send", queue);
        return { task, queue };
      },
      ({ task, queue }) => [task, queue],
    );
    expect(idle.verdict).toBe("unknowable");
    expect(idle.hops[0]?.why).toMatch(/^Nothing runs Idle/);
  });
});

describe("what is blocked", () => {
  const shut = (natGateways: "one" | "none") => {
    let ids: ReturnType<typeof fargateWeb> | undefined;
    const model = buildModel(
      draw((draft) => {
        ids = fargateWeb(draft, { vpc: { natGateways }, service: { securityGroups: { mode: "own" } } });
      }),
    );
    return { ids: ids as NonNullable<typeof ids>, model, flows: traceFlows(model, lower(model)) };
  };

  it("is each connection that no packet gets along, and what runs tasks that miss what nobody drew", () => {
    const { ids, model, flows } = shut("none");
    const pull = model.edgesOf("pull")[0]?.id;
    // Without a way out nobody fetches the image, along a drawn line, nor writes logs, which no line stands for.
    expect(stopsOf(flows, model.edges).map(({ id }) => id)).toEqual([ids.forward, pull, ids.service]);
    expect(stopsOf(flows, model.edges).map(({ why }) => why)).toEqual([
      expect.stringContaining("lets tcp/8080 in"),
      expect.stringContaining("no route to the image"),
      expect.stringContaining("no route to CloudWatch Logs"),
    ]);
    expect(blockedIn(flows)).toBe(3);
  });

  it("is nothing but the connection that a group blocks where there is a way out", () => {
    const { ids, model, flows } = shut("one");
    expect(stopsOf(flows, model.edges).map(({ id }) => id)).toEqual([ids.forward]);
    const legs = legsOf(flows, model.edges);
    expect(legs.get(model.edgesOf("pull")[0]?.id ?? "")?.verdict).toBe("open");
    expect(legs.has(ids.run)).toBe(false);
  });
});
