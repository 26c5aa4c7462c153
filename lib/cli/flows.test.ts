import { describe, expect, it } from "vitest";
import { printDocument } from "../document/parse";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { main } from "./main";

/** Runs the command line on one design, d.json. */
async function bayplan(design: string, ...argv: string[]) {
  let [out, err] = ["", ""];
  const readBytes = async () => new TextEncoder().encode(design);
  const io = {
    stdin: async () => "",
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    readFile: async () => design,
    readBytes,
    writeFile: async () => {},
  };
  return { code: await main(argv, io), out, err };
}

function drawn<T>(build: (draft: Draft) => T): { ids: T; design: string } {
  let ids: T | undefined;
  const document = draw((draft) => {
    ids = build(draft);
  });
  return { ids: ids as T, design: printDocument(document) };
}

const open = drawn((draft) => fargateWeb(draft));
const closed = drawn((draft) => fargateWeb(draft, { service: { securityGroups: { mode: "own" } } }));

const trace = (design: string, from: string, to: string, ...rest: string[]) =>
  bayplan(design, "trace", "d.json", "--from", from, "--to", to, ...rest);

describe("bayplan trace", () => {
  it("follows several edges and gives every hop as pipelines read it", async () => {
    const { code, out, err } = await trace(open.design, open.ids.internet, open.ids.service, "--format", "json");
    expect([code, err]).toEqual([0, ""]);
    const data = JSON.parse(out);
    expect(data.verdict).toBe("open");
    expect(data.hops.every((hop: object) => Object.keys(hop).join() === "at,resource,port,verdict,why")).toBe(true);
    // Clients reach both listeners; the load balancer reaches the tasks on 8080 of its and their groups.
    expect(data.hops.map(({ port }: { port: string }) => port)).toEqual(
      expect.arrayContaining(["tcp/80", "tcp/443", "tcp/8080"]),
    );
    expect(data.hops.at(-1)).toMatchObject({ resource: "WebSecurityGroup", port: "tcp/8080", verdict: "open" });
  });

  it("ends with 1 at the hop that lacks its rule", async () => {
    const { code, out } = await trace(closed.design, closed.ids.alb, closed.ids.service, "--format", "json");
    const { verdict, hops } = JSON.parse(out);
    expect([code, verdict]).toEqual([1, "blocked"]);
    expect(hops.filter((hop: { verdict: string }) => hop.verdict === "blocked")).toEqual([
      {
        at: "FrontDoorSecurityGroup → WebSecurityGroup",
        resource: "WebSecurityGroup",
        port: "tcp/8080",
        verdict: "blocked",
        why: "No rule of WebSecurityGroup lets tcp/8080 in from FrontDoorSecurityGroup.",
      },
    ]);
  });

  it("ends with 3 where nothing that is drawn says which port is meant", async () => {
    const { code, out } = await trace(open.design, open.ids.repository, open.ids.internet);
    expect(code).toBe(3);
    expect(out).toMatch(/^unknowable\n {2}unknowable {2}Web image → Users {2}No drawn connection leads from/);
  });

  it("takes logical ids, and names the nodes where there is none of that name", async () => {
    expect((await trace(open.design, "FrontDoor", "Web")).code).toBe(0);
    const { code, out, err } = await trace(open.design, "FrontDoor", "Nothing");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^The design has no node “Nothing”\. It has n\d+ \(Users\), /);
    expect((await bayplan(open.design, "trace", "d.json", "--from", "Web")).err).toBe(
      "Say what to trace: --from NODE --to NODE.\n",
    );
  });

  it("passes by the open one of two ways", async () => {
    const { ids, design } = drawn((draft) => {
      const web = fargateWeb(draft, { service: { securityGroups: { mode: "own" } } });
      const second = draft.add(
        "alb",
        { listeners: [{ port: 443, protocol: "HTTPS", certificate: { from: "parameter" } }] },
        { name: "Side door", parent: web.vpc },
      );
      draft.connect(web.internet, "request", second);
      draft.connect(second, "forward", web.service, {});
      const service = draft.document.nodes[web.service] as { props: object };
      service.props = {
        ...service.props,
        securityGroups: {
          mode: "own",
          ingress: [{ ipProtocol: "tcp", fromPort: 8080, toPort: 8080, peer: { node: second } }],
          egress: [],
        },
      };
      return { ...web, second };
    });
    const { code, out } = await trace(design, ids.internet, ids.service, "--format", "json");
    expect([code, JSON.parse(out).verdict]).toEqual([0, "open"]);
    expect(out).toContain("SideDoor");
    expect(out).not.toContain("FrontDoor");
    expect((await trace(design, ids.alb, ids.service)).code).toBe(1);
  });
});

describe("bayplan trace --port", () => {
  it("follows that packet straight, from the clients that are drawn", async () => {
    const { ids, design } = drawn((draft) => {
      const web = fargateWeb(draft, { service: { assignPublicIp: true, tier: "public" } });
      const service = draft.document.nodes[web.service] as { props: object };
      const rule = { ipProtocol: "tcp", fromPort: 22, toPort: 22, peer: { cidr: "192.0.2.0/24" } };
      service.props = { ...service.props, securityGroups: { mode: "own", ingress: [rule], egress: [] } };
      const office = draft.add("internet", { cidrs: ["192.0.2.0/25"] }, { name: "Office" });
      return { ...web, office };
    });
    const blocked = await trace(design, ids.internet, ids.service, "--port", "22", "--format", "json");
    expect([blocked.code, JSON.parse(blocked.out).hops.at(-1)]).toMatchObject([
      1,
      { port: "tcp/22", verdict: "blocked", resource: "WebSecurityGroup" },
    ]);
    // Whether anything listens on 22 no port mapping says; the groups let the office in.
    const { code, out } = await trace(design, ids.office, ids.service, "--port", "22", "--protocol", "tcp");
    expect(code).toBe(3);
    expect(out).toMatch(/^ {2}open {8}internet → WebSecurityGroup {2}tcp\/22 /m);
    expect((await trace(design, ids.alb, ids.service, "--port", "8080")).code).toBe(1);
  });

  it.each(["0", "65536", "-1", "1e3", "0x50", " ", "443.0", "http", "4294967739"])("refuses %s", async (port) => {
    const { code, out, err } = await bayplan(
      open.design,
      "trace",
      "d.json",
      "--from",
      "Web",
      "--to",
      "Web",
      `--port=${port}`,
    );
    expect([code, out, err]).toEqual([2, "", `--port ${port} is no port. Give a whole number from 1 to 65535.\n`]);
  });

  it("refuses a protocol without ports", async () => {
    expect((await trace(open.design, "Web", "FrontDoor", "--protocol", "icmp")).err).toBe(
      "--protocol icmp is not known. Use tcp or udp.\n",
    );
  });
});

describe("bayplan flows", () => {
  it("lists every edge with its hops; a blocked one ends with 1", async () => {
    const good = await bayplan(open.design, "flows", "d.json");
    expect([good.code, good.err]).toEqual([0, ""]);
    const { edges, unserved } = JSON.parse(good.out);
    expect(edges.map(({ edge }: { edge: string }) => edge)).toContain(open.ids.forward);
    expect(edges.every(({ hops }: { hops: unknown[] }) => hops.length > 0)).toBe(true);
    expect(unserved).toEqual([]);
    const bad = await bayplan(closed.design, "flows", "d.json", "--format", "json");
    expect(bad.code).toBe(1);
    const edge = JSON.parse(bad.out).edges.find((one: { edge: string }) => one.edge === closed.ids.forward);
    expect(edge.verdict).toBe("blocked");
  });

  it("names openings that no edge needs, and no others", async () => {
    const { design } = drawn((draft) => {
      const rule = (port: number) => ({ ipProtocol: "tcp" as const, fromPort: port, toPort: port });
      return fargateWeb(draft, {
        service: {
          securityGroups: {
            mode: "own",
            ingress: [
              { ...rule(5432), peer: { cidr: "0.0.0.0/0" } },
              { ...rule(8080), peer: { cidr: "0.0.0.0/0" } },
            ],
            egress: [{ ipProtocol: "-1", peer: { cidr: "0.0.0.0/0" } }],
          },
        },
      });
    });
    const { code, out } = await bayplan(design, "flows", "d.json");
    expect(code).toBe(0);
    expect(JSON.parse(out).unserved).toEqual([
      {
        resource: "WebSecurityGroup",
        why: "WebSecurityGroup lets tcp/5432 in from 0.0.0.0/0, and no edge of the design needs it. Draw the connection that it is for, or remove the rule.",
      },
    ]);
    expect((await bayplan(design, "flows", "d.json", "--format", "text")).out).toMatch(
      /^open e\d+ Users sends requests to Front door\n[\s\S]*\nunserved {2}WebSecurityGroup lets tcp\/5432/,
    );
  });

  it("does not call an opening unserved where only part of it may be enough", async () => {
    const { design } = drawn((draft) =>
      ec2Web(draft, {
        capacity: {
          securityGroups: {
            mode: "own",
            ingress: [{ ipProtocol: "tcp", fromPort: 49153, toPort: 65535, peer: { cidr: "10.0.0.0/16" } }],
            egress: [],
          },
        },
      } as Parameters<typeof ec2Web>[1]),
    );
    expect(JSON.parse((await bayplan(design, "flows", "d.json")).out).unserved).toEqual([]);
  });
});

describe("bayplan start", () => {
  it("gives every place with its checks, and ends with 0, 1 or 3", async () => {
    const good = await bayplan(open.design, "start", "d.json");
    expect([good.code, good.err]).toEqual([0, ""]);
    const { tasks } = JSON.parse(good.out);
    expect(tasks).toMatchObject([{ node: open.ids.task, place: open.ids.service, verdict: "starts" }]);
    expect(tasks[0].checks).toContainEqual({
      check: "role",
      verdict: "passes",
      why: "ECS may do what it does before the containers start.",
    });
    const bad = await bayplan(closed.design, "start", "d.json", "--format", "text");
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/^Web task in Web: will not start\. [\s\S]*\n {2}fails {7}Health checks: /);
    const existing = drawn((draft) => fargateWeb(draft, { vpc: { source: "existing" } }));
    expect((await bayplan(existing.design, "start", "d.json")).code).toBe(3);
  });
});
