import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { parseDocument, printDocument } from "../document/parse";
import { starters } from "../document/starters";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { readTemplate } from "../testing/read-template";
import { sampleDesign } from "../testing/sample-design";
import { judgeTemplate } from "../testing/template-judge";
import { type Io, IoError } from "./io";
import { main } from "./main";

/** Runs the command line on files kept in memory. */
async function bayplan(argv: string[], files: Record<string, string | Uint8Array> = {}, stdin = "") {
  let out = "";
  let err = "";
  const written: Record<string, string> = {};
  const bytes: Record<string, Uint8Array> = {};
  const file = (path: string): string | Uint8Array => {
    const content = files[path];
    if (content === undefined) throw new IoError(`${path} could not be read: there is no such file or folder.`);
    return content;
  };
  const io: Io = {
    stdin: async () => stdin,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readFile: async (path) => String(file(path)),
    readBytes: async (path) => {
      const content = path === "-" ? stdin : file(path);
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    writeFile: async (path, content) => {
      if (typeof content === "string") written[path] = content;
      else bytes[path] = content;
    },
  };
  return { code: await main(argv, io), out, err, written, bytes };
}

let ids: ReturnType<typeof fargateWeb> | undefined;
const good = printDocument(
  draw((draft) => {
    ids = fargateWeb(draft);
  }),
);
const web = ids as ReturnType<typeof fargateWeb>;
/** A service without a task definition: an error that no safe fix clears. */
const broken = printDocument(
  draw((draft) => {
    const cluster = draft.add("cluster", {}, { name: "Main" });
    draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { name: "Web", parent: cluster });
  }),
);
/** Container ports are fine, but the queue's timeout is not: an error that a safe fix clears. */
const fixable = printDocument(
  draw((draft) => void draft.add("sqsQueue", { visibilityTimeout: 99_999 }, { name: "Jobs" })),
);

describe("bayplan", () => {
  it("lists starters and prints each as a design without errors", async () => {
    const listed = await bayplan(["starters", "--format", "json"]);
    expect(JSON.parse(listed.out)).toEqual(starters.map(({ id, title }) => ({ id, title })));
    for (const { id } of starters) {
      const printed = await bayplan(["new", id]);
      expect(parseDocument(printed.out).ok).toBe(true);
      expect((await bayplan(["check", "-"], {}, printed.out)).code).toBe(0);
    }
  });

  it("checks: JSON as pipelines read it, exit code 1 with errors", async () => {
    const clean = await bayplan(["check", "d.json", "--format", "json"], { "d.json": good });
    expect(clean.code).toBe(0);
    expect(JSON.parse(clean.out).summary).toMatchObject({ error: 0, warning: 0 });
    const bad = await bayplan(["check", "-", "--format", "json"], {}, broken);
    expect(bad.code).toBe(1);
    const { findings, suppressed, summary } = JSON.parse(bad.out);
    expect(suppressed).toEqual([]);
    expect(summary.error).toBe(findings.filter((finding: { severity: string }) => finding.severity === "error").length);
    expect(findings[0]).toMatchObject({ rule: "ECS-GR-002", severity: "error", at: { node: "n2" } });
    expect(findings[0].docs).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(Object.keys(findings[0]).sort()).toEqual(["at", "docs", "fix", "message", "rule", "severity"]);
  });

  it("says in sentences, without a stack trace, what input cannot be used", async () => {
    const cases: [string[], string, string][] = [
      [["check", "missing.json"], "", "no such file"],
      [["check", "-"], "", "empty"],
      [["check", "-"], good.slice(0, 300), "not"],
      [["check", "-"], '{"version":99}', "/version"],
      [["check"], "", "Usage"],
      [["check", "-", "--format", "xml"], good, "text or json"],
      [["check", "-", "--environment", "dev"], good, "no environment"],
      [["frobnicate"], "", "no command"],
      [["new", "castle"], "", "no starter"],
      [["export", "-", "--to", "paper"], good, "--to cloudformation"],
      [["export", "-", "--to", "task-definition"], good, "-o DIR"],
      [["connect", "-", "--from", "n1"], good, "--to"],
      [["connect", "-", "--from", "n99", "--to", "n1"], good, "n99"],
      [["cost", "-", "--region", "moon-1"], good, "moon-1"],
      [["fix", "-", "--rule", "ECS-XX-999"], good, "no rule"],
      [["check", "a", "b"], good, "too many"],
      [["check", ""], good, "empty"],
      [["cost", "-", "--region", ""], good, "--region is empty"],
      [["new", "shop", "-o", ""], good, "--output is empty"],
      [["export", "-", "--to", "task-definition", "-o", "d", "--values", "-"], good, "Only one"],
      [["export", "-", "--to", "task-definition", "-o", "d", "--format", "json"], good, "--to cloudformation"],
      [["export", "-", "--to", "cloudformation", "--values", "v.json"], good, "--to task-definition"],
    ];
    for (const [argv, stdin, words] of cases) {
      const result = await bayplan(argv, {}, stdin);
      expect({ argv, code: result.code }).toEqual({ argv, code: 2 });
      expect(result.err).toContain(words);
      expect(result.err).not.toMatch(/\n\s+at /);
      expect(result.out).toBe("");
    }
  });

  it("connects what the grammar allows, and says why not", async () => {
    const unconnected = printDocument(
      draw((draft) => {
        fargateWeb(draft);
        draft.add("efs", {}, { name: "Files", parent: "n2" });
        draft.add("clb", {}, { name: "Old", parent: "n2" });
      }),
    );
    const allowed = await bayplan(["connect", "-", "--from", "n5", "--to", "n8", "-o", "out.json"], {}, unconnected);
    expect(allowed.code).toBe(0);
    const design = parseDocument(allowed.written["out.json"] ?? "");
    expect(design.ok && design.value.edges.e5).toMatchObject({ from: "n6/c1", to: "n8", relation: "mount" });
    const refused = await bayplan(["connect", "-", "--from", "n9", "--to", "n5", "-o", "out.json"], {}, unconnected);
    expect(refused.code).toBe(1);
    expect(refused.written).toEqual({});
    expect(refused.err).toContain("ECS-LB-001");
    expect(refused.err).toContain("Classic Load Balancer");
  });

  it("gives a connection an id that nothing has, whatever nodes are called", async () => {
    const queue = (name: string) => ({ kind: "sqsQueue", name, logicalId: name, props: {} });
    const odd = JSON.stringify({ version: 1, nodes: { e1: queue("Jobs"), n1: queue("Failed") } });
    const { written } = await bayplan(["connect", "-", "--from", "e1", "--to", "n1", "-o", "x"], {}, odd);
    const design = parseDocument(written.x ?? "");
    expect(design.ok && Object.keys(design.value.edges)).toEqual(["e2"]);
  });

  it("applies safe fixes", async () => {
    const fixed = await bayplan(["fix", "-", "-o", "out.json"], {}, fixable);
    expect(fixed.code).toBe(0);
    const design = parseDocument(fixed.written["out.json"] ?? "");
    expect(design.ok && design.value.nodes.n1?.props).toEqual({ visibilityTimeout: 43_200 });
    const other = await bayplan(["fix", "-", "--rule", "ECS-LB-001"], {}, fixable);
    expect(other.code).toBe(1);
    expect(parseDocument(other.out)).toEqual(parseDocument(fixable));
  });

  it("applies as many fixes as there are", async () => {
    const many = printDocument(
      draw((draft) => {
        for (let count = 0; count < 150; count += 1)
          draft.add("sqsQueue", { visibilityTimeout: 99_999, delaySeconds: 9_999 });
      }),
    );
    const fixed = await bayplan(["fix", "-", "--rule", "ECS-EVT-010", "-o", "out.json"], {}, many);
    expect(fixed.code).toBe(0);
    const design = parseDocument(fixed.written["out.json"] ?? "");
    expect(
      new Set(Object.values((design.ok && design.value.nodes) || {}).map(({ props }) => JSON.stringify(props))),
    ).toEqual(new Set(['{"delaySeconds":900,"visibilityTimeout":43200}']));
  });

  it("exports a template that the official schemas accept, in YAML and JSON alike", async () => {
    const yaml = await bayplan(["export", "-", "--to", "cloudformation"], {}, good);
    const json = await bayplan(["export", "-", "--to", "cloudformation", "--format", "json", "-o", "t.json"], {}, good);
    expect([yaml.code, json.code]).toEqual([0, 0]);
    expect(readTemplate(yaml.out)).toEqual(readTemplate(json.written["t.json"] ?? ""));
    expect(judgeTemplate(readTemplate(yaml.out))).toEqual([]);
  });

  it("writes nested templates beside the one that names them", async () => {
    const large = printDocument(sampleDesign(2, 200));
    const { code, written } = await bayplan(
      ["export", "-", "--to", "cloudformation", "-o", "out/shop.yaml"],
      {},
      large,
    );
    expect(code).toBe(0);
    const [root, ...nested] = Object.keys(written);
    expect(root).toBe("out/shop.yaml");
    expect(nested.length).toBeGreaterThan(1);
    for (const path of nested) {
      expect(written["out/shop.yaml"]).toContain(`TemplateURL: ${path.replace("out/", "")}\n`);
    }
    const refused = await bayplan(["export", "-", "--to", "cloudformation"], {}, large);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("-o template.yaml")]);
  });

  it("exports one template for all environments, or the one of a single environment", async () => {
    const design = printDocument({
      ...(parseDocument(good) as { value: Document }).value,
      environments: {
        dev: { props: { [web.task]: { cpu: 256, memory: 512 } }, usage: {} },
        prod: { props: { [web.task]: { cpu: 1024, memory: 2048 } }, usage: {} },
      },
    });
    const all = readTemplate((await bayplan(["export", "-", "--to", "cloudformation"], {}, design)).out);
    expect(judgeTemplate(all)).toEqual([]);
    expect(all).toMatchObject({
      Parameters: { Environment: { AllowedValues: ["dev", "prod"] } },
      Mappings: { Environments: { dev: { WebTaskCpu: "256" }, prod: { WebTaskCpu: "1024" } } },
    });
    const one = await bayplan(["export", "-", "--to", "cloudformation", "--environment", "prod"], {}, design);
    const single = readTemplate(one.out);
    expect(single).not.toHaveProperty("Mappings");
    expect(single).toMatchObject({ Resources: { WebTask: { Properties: { Cpu: "1024" } } } });
  });

  it("says which environment an error is in, and exports the others", async () => {
    const design = printDocument({
      ...(parseDocument(good) as { value: Document }).value,
      environments: { dev: { props: {}, usage: {} }, prod: { props: { [web.task]: { cpu: 333 } }, usage: {} } },
    });
    const all = await bayplan(["export", "-", "--to", "cloudformation"], {}, design);
    expect(all).toMatchObject({ code: 1, out: "" });
    expect(all.err).toContain("In prod: error ECS-TD-003");
    const anyway = await bayplan(["export", "-", "--to", "cloudformation", "--anyway"], {}, design);
    expect(anyway.out).toContain("# ERROR ECS-TD-003: In prod: ");
    expect((await bayplan(["export", "-", "--to", "cloudformation", "--environment", "dev"], {}, design)).code).toBe(0);
  });

  it("writes one file per task definition, filled in from describe-stacks without a placeholder left", async () => {
    const plain = await bayplan(["export", "-", "--to", "task-definition", "-o", "out/"], {}, good);
    expect(Object.keys(plain.written)).toEqual(["out/web-task.json"]);
    expect(plain.err).toContain("known only after deployment");
    const template = readTemplate((await bayplan(["export", "-", "--to", "cloudformation"], {}, good)).out);
    const stack = {
      StackId: "arn:aws:cloudformation:us-east-1:123456789012:stack/web/1",
      StackName: "web",
      Outputs: Object.keys(template.Outputs as object).map((OutputKey) => ({
        OutputKey,
        OutputValue: `value-of-${OutputKey}`,
      })),
      Parameters: Object.keys((template.Parameters ?? {}) as object).map((ParameterKey) => ({
        ParameterKey,
        ParameterValue: "x",
      })),
    };
    const files = { "v.json": JSON.stringify({ Stacks: [stack] }) };
    const filled = await bayplan(
      ["export", "-", "--to", "task-definition", "-o", "out", "--values", "v.json"],
      files,
      good,
    );
    expect(filled.code).toBe(0);
    expect(filled.written["out/web-task.json"]).not.toContain("$" + "{");
    expect(filled.err).not.toContain("known only after deployment");
  });

  it("writes nothing with errors in the design, unless told to", async () => {
    const held = await bayplan(["export", "-", "--to", "cloudformation", "-o", "t.yaml"], {}, broken);
    expect([held.code, held.out, held.written]).toEqual([1, "", {}]);
    expect(held.err).toContain("ECS-GR-002");
    const anyway = await bayplan(["export", "-", "--to", "cloudformation", "--anyway"], {}, broken);
    expect(anyway.code).toBe(1);
    expect(anyway.out).toContain("# ERROR ECS-GR-002");
  });

  it("adds up the cost: JSON as pipelines read it", async () => {
    const { code, out } = await bayplan(["cost", "-", "--region", "eu-west-1", "--format", "json"], {}, good);
    expect(code).toBe(0);
    const cost = JSON.parse(out);
    expect(cost).toMatchObject({ currency: "USD", region: "eu-west-1", scenario: "typical", environment: null });
    expect(cost.total).toBeCloseTo(
      cost.lines.reduce((sum: number, line: { amount: number }) => sum + line.amount, 0),
      8,
    );
    for (const line of cost.lines) {
      expect(line.amount).toBe(line.quantity * line.rate);
      expect(Object.keys(line)).toEqual(
        expect.arrayContaining(["node", "edge", "resource", "item", "unit", "quantity", "rate", "amount", "source"]),
      );
    }
    expect(cost.lines.some((line: { node: string }) => line.node === web.alb)).toBe(true);
  });

  it("prints the JSON Schema of a design", async () => {
    const { out } = await bayplan(["schema"]);
    expect(JSON.parse(out)).toMatchObject({ title: "Bayplan design", type: "object" });
  });

  it("draws pictures that are read like the design itself", async () => {
    const svg = await bayplan(["export", "d.json", "--to", "svg", "-o", "d.svg"], { "d.json": good });
    expect(svg.code).toBe(0);
    const png = await bayplan(["export", "d.json", "--to", "png", "--theme", "dark", "-o", "d.png"], {
      "d.json": good,
    });
    expect([png.code, png.err]).toEqual([0, ""]);
    const template = async (name: string, content: string | Uint8Array) =>
      (await bayplan(["export", name, "--to", "cloudformation"], { [name]: content })).out;
    const wanted = await template("d.json", good);
    expect(wanted).toMatch(/AWSTemplateFormatVersion/);
    expect(await template("d.svg", svg.written["d.svg"] as string)).toBe(wanted);
    expect(await template("d.png", png.bytes["d.png"] as Uint8Array)).toBe(wanted);
    const fromStdin = await bayplan(["check", "-"], {}, svg.written["d.svg"]);
    expect(fromStdin.code).toBe(0);

    const bare = await bayplan(["export", "d.json", "--to", "svg", "--without-design"], { "d.json": good });
    const refused = await bayplan(["check", "bare.svg"], { "bare.svg": bare.out });
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toMatch(/^bare\.svg is not a design that can be used\.\nThis picture carries no design/);
    expect((await bayplan(["export", "d.json", "--to", "mermaid"], { "d.json": good })).out).toMatch(
      /\nflowchart LR\n/,
    );
  });

  it("arranges a design that says nowhere where its nodes stand before it draws it", async () => {
    const { out } = await bayplan(["export", "d.json", "--to", "svg"], { "d.json": good });
    // Cards, without the pieces inside them.
    const cards = [...out.matchAll(/<rect x="([-\d.]+)" y="([-\d.]+)" width="[\d.]+" height="[\d.]+" rx="7.5"/g)];
    expect(cards.length).toBe(5);
    expect(new Set(cards.map(([, x, y]) => `${x} ${y}`)).size).toBe(cards.length);
  });

  it("refuses options and outputs that make no sense for a picture", async () => {
    const files = { "d.json": good };
    const png = await bayplan(["export", "d.json", "--to", "png"], files);
    expect([png.code, png.err]).toEqual([2, "A PNG is no text. Name a file for it: -o FILE.\n"]);
    const theme = await bayplan(["export", "d.json", "--to", "cloudformation", "--theme", "dark"], files);
    expect([theme.code, theme.err]).toEqual([
      2,
      "--theme goes with --to svg or --to png, not with --to cloudformation.\n",
    ]);
    const without = await bayplan(["export", "d.json", "--to", "mermaid", "--without-design"], files);
    expect([without.code, without.err]).toEqual([
      2,
      "--without-design goes with --to svg or --to png, not with --to mermaid.\n",
    ]);
    expect((await bayplan(["export", "d.json", "--to", "svg", "--theme", "neon"], files)).err).toMatch(/light or dark/);
  });
});
