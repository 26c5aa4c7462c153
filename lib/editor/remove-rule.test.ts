import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { apply, applyAll } from "../document/edits/apply";
import { printDocument } from "../document/parse";
import { groupsOf } from "../network/groups";
import { lookupOf } from "../network/lookup";
import { unservedOpenings } from "../network/unserved";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { analyse } from "./analysis";
import { ruleRemoval } from "./remove-rule";

const analysed = (document: Document) => analyse(document, { environment: null, scenario: "typical", prices: null });
const openings = (document: Document) => {
  const { model, stack, flows } = analysed(document);
  return unservedOpenings(model, stack, flows);
};
const opening = (port: number) =>
  ({ ipProtocol: "tcp", fromPort: port, toPort: port, peer: { cidr: "0.0.0.0/0" } }) as const;

/** Removes the first opening that nothing needs; the document after it, which undoing the edits makes the one before. */
function removed(document: Document): Document {
  const [found] = openings(document);
  if (!found) throw new Error("nothing to remove");
  const removal = ruleRemoval(analysed(document), found);
  if (!("edits" in removal)) throw new Error(removal.why);
  const done = applyAll(document, removal.edits);
  if (!done.ok) throw new Error(done.problems[0]?.message);
  expect(removal.edits).toHaveLength(1);
  const back = apply(done.value.document, done.value.inverse[0] as never);
  expect(back.ok && printDocument(back.value.document)).toBe(printDocument(document));
  return done.value.document;
}

describe("ruleRemoval", () => {
  it("takes the one entry out of a group taken over by hand, and nothing else", () => {
    const ingress = [opening(5432), opening(6379)];
    const document = draw((draft) => void fargateWeb(draft, { service: { securityGroups: { mode: "own", ingress } } }));
    const service = Object.entries(document.nodes).find(([, { kind }]) => kind === "service")?.[0] ?? "";
    expect(openings(document).map(({ why }) => why.slice(0, 34))).toHaveLength(2);
    const after = removed(document);
    expect(after.nodes[service]?.props).toMatchObject({ securityGroups: { mode: "own", ingress: [opening(6379)] } });
    expect(openings(after)).toHaveLength(1);
    expect(openings(removed(after))).toEqual([]);
  });

  it("takes the rule out of a generic security group, written as a list or alone", () => {
    const rule = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" };
    for (const SecurityGroupIngress of [[{ ...rule, FromPort: 80, ToPort: 80 }, rule], rule]) {
      const document = draw((draft) => {
        draft.add("generic", {
          type: "AWS::EC2::SecurityGroup",
          properties: { GroupDescription: "Bastion", SecurityGroupIngress },
        });
      });
      const before = openings(document).length;
      expect(before).toBe(Array.isArray(SecurityGroupIngress) ? 2 : 1);
      expect(openings(removed(document))).toHaveLength(before - 1);
    }
  });

  it("says of a derived rule what it is there for, and removes nothing", () => {
    const document = draw((draft) => void fargateWeb(draft));
    const analysis = analysed(document);
    const rules = [...groupsOf(lookupOf(analysis.stack)).values()].flatMap(({ ingress }) => ingress.all);
    const answers = rules.map((rule) => ruleRemoval(analysis, rule));
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.filter((answer) => "edits" in answer)).toEqual([]);
    expect(answers).toContainEqual({
      why: "This rule is derived for Front door → Web. It goes when that does, or when you take the group over.",
    });
  });

  it("removes a resource that is nothing but the rule", () => {
    const document = draw((draft) => {
      draft.add(
        "generic",
        { type: "AWS::EC2::SecurityGroup", properties: { GroupDescription: "Bastion" } },
        { name: "Bastion" },
      );
      const { logicalId } = Object.values(draft.document.nodes)[0] as { logicalId: string };
      const properties = {
        GroupId: { Ref: logicalId },
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        CidrIp: "0.0.0.0/0",
      };
      draft.add("generic", { type: "AWS::EC2::SecurityGroupIngress", properties }, { name: "From anywhere" });
    });
    expect(Object.values(removed(document).nodes).map(({ name }) => name)).toEqual(["Bastion"]);
  });

  it("leaves an entry that makes another rule which a connection needs", () => {
    // Tasks in bridge mode come from the groups of their instances: one entry, two rules.
    const document = draw((draft) => {
      const web = fargateWeb(draft, { task: { networkMode: "bridge", requiresCompatibilities: ["EC2"] } });
      const caller = draft.add("service", { launchType: "EC2" }, { name: "Caller", parent: web.cluster });
      draft.connect(caller, "run", web.task);
      draft.add("asgCapacityProvider", {}, { parent: web.cluster });
      draft.add("asgCapacityProvider", {}, { parent: web.cluster });
      draft.add("efs", {
        securityGroups: { mode: "own", ingress: [{ fromPort: 2049, toPort: 2049, peer: { node: caller } }] },
      });
    });
    const analysis = analysed(document);
    const [one, other, ...more] = openings(document);
    if (!one || !other || more.length > 0) throw new Error("two rules of one entry");
    expect("edits" in ruleRemoval(analysis, one)).toBe(true);
    const [edge] = analysis.model.edgesOf("forward");
    const hop = {
      at: "",
      port: "tcp/2049",
      stage: "ingress",
      traffic: "data",
      verdict: "open",
      why: "",
      rules: [other],
    } as const;
    const flow = { edge: edge?.id ?? "", verdict: "open", hops: [hop] } as const;
    const needed = { ...analysis, flows: { ...analysis.flows, flows: [flow] } };
    expect(ruleRemoval(needed, one)).toEqual({
      why: "The same entry lets in what Front door → Web needs. Narrow it instead of removing it.",
    });
  });
});
