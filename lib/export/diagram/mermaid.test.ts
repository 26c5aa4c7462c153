import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { starters } from "../../document/starters";
import { arbitraryDesign } from "../../testing/arbitrary-design";
import { draw } from "../../testing/draw";
import { mermaidOf } from "../../testing/pictured";

const ID = "n(?:\\d+|_[a-z]+\\d+)(?:_itself)?";
const TEXT = "(?:[\\p{L}\\p{N}\\p{M} ,:/()·→…–?=@'’“”!._-]|#\\d+;|<br/>)*";
const node = new RegExp(
  `^(${ID})(?:\\["${TEXT}"\\]|\\("${TEXT}"\\)|\\[\\("${TEXT}"\\)\\]|\\(\\["${TEXT}"\\]\\))$`,
  "u",
);
const subgraph = new RegExp(`^subgraph (${ID})\\["${TEXT}"\\]$`, "u");
const link = new RegExp(`^(${ID}) (?:==>|-\\.->|-->)(?:\\|"${TEXT}"\\|)? (${ID})$`, "u");

/** Reads a chart by the few rules of Mermaid's grammar that it uses, strictly; gives what breaks them. */
function faultsOf(text: string): string[] {
  const faults: string[] = [];
  const lines = text.split("\n").slice(0, -1);
  if (lines[0] === "---") {
    const [, title = "", end] = lines.splice(0, 3);
    if (!title.startsWith("title: ") || typeof JSON.parse(title.slice(7)) !== "string" || end !== "---")
      faults.push("no front matter");
  }
  while (lines[0]?.startsWith("%% ")) lines.shift();
  if (lines.shift() !== "flowchart LR") faults.push("no flowchart");
  const open: { id: string; nodes: number }[] = [];
  const inside = new Map<string, readonly string[]>();
  for (const line of lines.map((one) => one.trim())) {
    const box = subgraph.exec(line)?.[1];
    const single = node.exec(line)?.[1];
    const [, from, to] = link.exec(line) ?? [];
    const id = box ?? single;
    if (id !== undefined) {
      if (inside.has(id)) faults.push(`${id} twice`);
      inside.set(
        id,
        open.map((one) => one.id),
      );
      const parent = open.at(-1);
      if (parent) parent.nodes += 1;
      if (box !== undefined) open.push({ id: box, nodes: 0 });
    } else if (from !== undefined && to !== undefined) {
      for (const end of [from, to]) if (!inside.has(end)) faults.push(`${end} is nowhere`);
      const nested = inside.get(from)?.includes(to) || inside.get(to)?.includes(from);
      if (nested) faults.push(`a line from a box to its inside: ${line}`);
    } else if (line === "end") {
      if (open.pop()?.nodes === 0) faults.push("an empty box");
    } else faults.push(`not understood: ${line}`);
  }
  if (open.length > 0) faults.push("a box is not closed");
  return faults;
}

describe("Mermaid", () => {
  it("draws a small design so", () => {
    const design = draw(({ document, add, connect }) => {
      document.name = 'The "shop"';
      const users = add("internet", {}, { name: "Users" });
      const vpc = add("vpc", {}, { name: "Network" });
      const alb = add("alb", { listeners: [{ port: 80, protocol: "HTTP" }] }, { name: "Front door", parent: vpc });
      const files = add("efs", {}, { name: "1. Shared [files] #1", parent: vpc });
      const cluster = add("cluster", {}, { name: "Empty", parent: vpc });
      connect(users, "request", alb);
      expect([users, vpc, alb, files, cluster]).toEqual(["n1", "n2", "n3", "n4", "n5"]);
    });
    expect(mermaidOf(design, { findings: [{ rule: "ECS-X-001", message: "two\nlines" }] }).text).toBe(
      [
        "---",
        'title: "The \\"shop\\""',
        "---",
        "%% ERROR ECS-X-001: two lines",
        "flowchart LR",
        '  n1("Users<br/>Internet · Anywhere")',
        '  subgraph n2["Network · VPC · 10.0.0.0/16 · 2 zones · 1 NAT gateway"]',
        '    n3("Front door<br/>ALB · Internet-facing")',
        '    n4[("1#46; Shared #91;files#93; #35;1<br/>EFS · Elastic throughput")]',
        '    n5["Empty<br/>Cluster"]',
        "  end",
        '  n1 ==>|"HTTP 80"| n3',
        "",
      ].join("\n"),
    );
  });

  const designs = [
    ...starters.map(({ id, document }) => [id, document] as const),
    ...fc.sample(arbitraryDesign, { numRuns: 30, seed: 7 }).map((document, at) => [`random ${at}`, document] as const),
  ];
  it.each(designs)("keeps to Mermaid's grammar in %s, every node and edge once", (_, document) => {
    const { text, lines } = mermaidOf(document);
    expect(faultsOf(text)).toEqual([]);
    const own = (key: "node" | "edge") => [...new Set(lines.flatMap((line) => line[key] ?? []))].sort();
    expect(own("node")).toEqual(Object.keys(document.nodes).sort());
    expect(own("edge")).toEqual(Object.keys(document.edges).sort());
  });

  it("lets no name end its label, and no id be a word of Mermaid", () => {
    const design = draw(({ add }) => {
      for (const name of ['"]; click n1 href "x"', "`**bold**` <script>", "- list", "end", "a|b{c}%%\nd"]) {
        add("sqsQueue", {}, { name });
      }
    });
    const renamed = {
      ...design,
      nodes: Object.fromEntries(
        Object.values(design.nodes).map((one, at) => [`${["style", "click", "end", "x", "o"][at]}1`, one]),
      ),
    };
    const { text } = mermaidOf(renamed);
    expect(faultsOf(text)).toEqual([]);
    expect(text).toContain("n_style1");
    expect(text).not.toMatch(/<script|\*\*|href "/);
  });
});
