import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { draw } from "../testing/draw";
import { ec2Web } from "../testing/presets";
import { estimate } from "./estimate";
import { type InstanceRoom, pack, resources, type TaskGroup } from "./packing";

const room: InstanceRoom = { cpu: 2048, memory: 4096, interfaces: 2, gpus: 0 };
const group = (change: Partial<TaskGroup>): TaskGroup => ({
  id: "n1",
  tasks: 1,
  cpu: 0,
  memory: 0,
  interfaces: 0,
  gpus: 0,
  hostPorts: [],
  ...change,
});

describe("packing", () => {
  it.each<[string, Partial<TaskGroup>, number]>([
    ["CPU", { tasks: 5, cpu: 1024 }, 3],
    ["memory", { tasks: 5, memory: 1500 }, 3],
    ["network interfaces", { tasks: 5, cpu: 64, memory: 64, interfaces: 1 }, 3],
    ["a port of the instance", { tasks: 5, hostPorts: ["tcp/80"] }, 5],
    ["distinctInstance", { tasks: 4, apart: true }, 4],
    ["nothing", { tasks: 1_000_000 }, 1],
  ])("is limited by %s", (_by, change, instances) => {
    expect(pack([group(change)], room).instances).toBe(instances);
  });

  it("fills what is left with smaller tasks, and counts what nobody reserves", () => {
    const packed = pack([group({ tasks: 2, cpu: 1536 }), group({ id: "n2", tasks: 2, cpu: 512, memory: 1024 })], room);
    expect(packed.bins).toEqual([
      expect.objectContaining({
        instances: 2,
        tasks: [
          { id: "n1", tasks: 1 },
          { id: "n2", tasks: 1 },
        ],
      }),
    ]);
    expect(packed.waste).toMatchObject({ cpu: 0, memory: 0.75, interfaces: 1 });
  });

  it("puts a daemon on every instance", () => {
    const daemon = group({ id: "n2", daemon: true, cpu: 1024 });
    expect(pack([group({ tasks: 3, cpu: 1024 }), daemon], room).instances).toBe(3);
    expect(pack([daemon], room).instances).toBe(0);
  });

  it("says why a task finds no place, and never packs what is not known", () => {
    expect(pack([group({ cpu: 4096 })], room).unplaced).toEqual([
      expect.objectContaining({ tasks: 1, why: expect.stringContaining("more CPU") }),
    ]);
    const unknown = pack([group({ gpus: 1 })], { ...room, gpus: undefined });
    expect(unknown.unplaced[0]?.why).toContain("not known");
    expect(unknown.instances).toBe(0);
  });

  it("never overfills an instance and loses no task", () => {
    const groups = fc.array(
      fc.record({
        tasks: fc.integer({ min: 0, max: 50 }),
        cpu: fc.integer({ min: 0, max: 3000 }),
        memory: fc.integer({ min: 0, max: 5000 }),
        interfaces: fc.integer({ min: 0, max: 1 }),
        gpus: fc.constant(0),
        port: fc.constantFrom("", "tcp/80", "tcp/443"),
        apart: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(groups, (given) => {
        const all = given.map(({ port, ...one }, at) => group({ ...one, id: `n${at}`, hostPorts: port ? [port] : [] }));
        const packed = pack(all, room);
        for (const bin of packed.bins) {
          expect(bin.instances).toBeGreaterThan(0);
          for (const resource of resources) expect(bin.used[resource]).toBeLessThanOrEqual(room[resource] ?? 0);
        }
        for (const { id, tasks } of all) {
          const placed = packed.bins.reduce(
            (sum, bin) => sum + bin.instances * (bin.tasks.find((one) => one.id === id)?.tasks ?? 0),
            0,
          );
          const left = packed.unplaced.reduce((sum, one) => sum + (one.id === id ? one.tasks : 0), 0);
          expect(placed + left).toBe(tasks);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

/** Few groups of a handful of tasks, two to four of which fit onto an instance. */
const small = fc.array(
  fc.record({
    tasks: fc.integer({ min: 0, max: 5 }),
    cpu: fc.integer({ min: 0, max: 1000 }),
    memory: fc.integer({ min: 0, max: 2000 }),
    interfaces: fc.integer({ min: 0, max: 1 }),
    gpus: fc.constant(0),
    port: fc.constantFrom("", "", "tcp/80", "tcp/443"),
    apart: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);
const groupsOf = (given: readonly { port: string }[]): TaskGroup[] =>
  given.map(({ port, ...one }, at) => group({ ...one, id: `n${at}`, hostPorts: port ? [port] : [] }));

describe("more", () => {
  it("never needs fewer instances: more tasks, larger tasks, one more service", () => {
    fc.assert(
      fc.property(
        small,
        fc.nat(5),
        fc.record({ tasks: fc.nat(2), cpu: fc.nat(200), memory: fc.nat(300) }),
        (given, which, more) => {
          const before = groupsOf(given);
          const grown = before.map((one, at) =>
            at === which % before.length
              ? {
                  ...one,
                  tasks: one.tasks + more.tasks,
                  cpu: Math.min(2048, one.cpu + more.cpu),
                  memory: Math.min(4096, one.memory + more.memory),
                }
              : one,
          );
          const { instances } = pack(before, room);
          expect(pack(grown, room).instances).toBeGreaterThanOrEqual(instances);
          expect(pack([...before, group({ ...more, id: "n9" })], room).instances).toBeGreaterThanOrEqual(instances);
        },
      ),
      { seed: 8, numRuns: 3000 },
    );
  });

  it("finds the packing that no order of first fit does", () => {
    // Two instances of 2,048: 1,100 + 500 + 448 and 900 + 600 + 548 fill both.
    const sizes = [1100, 900, 600, 548, 500, 448];
    const packed = pack(
      sizes.map((cpu, at) => group({ id: `n${at}`, cpu })),
      room,
    );
    expect(packed.instances).toBe(2);
    expect(packed.waste.cpu).toBe(0);
  });
});

describe("the packing of a design", () => {
  const packingOf = (change: Parameters<typeof ec2Web>[1]) => {
    const model = buildModel(draw((draft) => void ec2Web(draft, change)));
    return estimate(model, lower(model), null, { scenario: "typical", environment: null }).packings[0];
  };

  it("shows the instances, what fills them and what is paid", () => {
    const packing = packingOf({
      service: { desiredCount: 3 },
      container: { cpu: 1024 },
      capacity: { targetCapacity: 50 },
    });
    // Two vCPU take two tasks of one vCPU: two instances, four at half of the capacity.
    expect(packing).toMatchObject({ type: "t3.medium", instances: 2, paid: 4, room: { cpu: 2048, memory: 4096 } });
    expect(packing?.notes.join(" ")).toContain("operating system");
  });

  // Nine tenths of 4,096 MiB are 3,686.
  it.each<[number, number, string | undefined]>([
    [2048, 2, "then they need 2 instances."],
    [1843, 2, undefined],
    [4000, 1, "then some find no room on this type."],
  ])("says what becomes of tasks of %d MiB when the system keeps a tenth of the memory", (memory, tasks, then) => {
    const packing = packingOf({ service: { desiredCount: tasks }, container: { memoryReservation: memory, memory } });
    expect(packing?.instances).toBe(1);
    const said = packing?.notes.find((note) => note.startsWith("Tasks fill memory"));
    if (then === undefined) expect(said).toBeUndefined();
    else
      expect(said).toBe(
        `Tasks fill memory that the operating system and the ECS agent may keep, a tenth at most: ${then}`,
      );
  });

  it("says when the group may not grow as far as its tasks need", () => {
    const packing = packingOf({ service: { desiredCount: 9 }, container: { cpu: 2048 }, capacity: { maxSize: 3 } });
    expect(packing).toMatchObject({ instances: 9, paid: 3 });
    expect(packing?.notes.join(" ")).toContain("the group runs 3 at most");
  });
});
