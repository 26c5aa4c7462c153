import { describe, expect, it } from "vitest";
import { catalog, kindOf, nodeKinds } from "@/lib/catalog";
import { relationIds, relationOf, relations } from "@/lib/catalog/relations";
import { applyAll } from "@/lib/document/edits/apply";
import { buildModel } from "@/lib/model/build";
import { draw } from "@/lib/testing/draw";
import { fargateWeb } from "@/lib/testing/presets";
import { blankMode, blankOf, type Field, fieldsOf, humanised, modeIndex, optionText, type Shape } from "./shape";
import { fieldEdits, readJson, readNumber } from "./write";

const field = (fields: readonly Field[], key: string): Field => {
  const found = fields.find((item) => item.key === key);
  if (!found) throw new Error(`no field ${key}`);
  return found;
};

const eachField = (fields: readonly Field[], see: (item: Field) => void): void => {
  for (const item of fields) {
    see(item);
    eachShape(item.shape, see);
  }
};
const eachShape = (shape: Shape, see: (item: Field) => void): void => {
  if (shape.type === "group") eachField(shape.fields, see);
  if (shape.type === "list" || shape.type === "entries") eachShape(shape.item, see);
  if (shape.type === "modes") for (const mode of shape.modes) eachField(mode.fields, see);
};

describe("fieldsOf", () => {
  it("gives every field of every kind and relation a label and a widget of its own", () => {
    const raw: string[] = [];
    for (const [name, schema] of [
      ...nodeKinds.map((kind) => [kind, kindOf(kind).props] as const),
      ...relationIds.map((relation) => [relation, relationOf(relation).props] as const),
    ]) {
      const fields = fieldsOf(schema);
      expect(fields.map(({ key }) => key)).toEqual(Object.keys(schema.shape));
      eachField(fields, ({ key, label, shape }) => {
        expect(label).not.toBe("");
        if (shape.type === "json") raw.push(`${name}.${key}`);
      });
    }
    // Only what is JSON by its nature: raw CloudFormation properties and event patterns.
    for (const name of raw) expect(name).toMatch(/^generic\.(properties|attributes)$|[Pp]attern$|input/i);
  });

  it("reads widgets, units, placeholders and defaults off the schema", () => {
    const service = fieldsOf(catalog.service.props);
    expect(field(service, "launchType").shape).toEqual({ type: "choice", options: ["FARGATE", "EC2"] });
    expect(field(service, "desiredCount")).toMatchObject({ placeholder: "2", shape: { type: "number", whole: true } });
    expect(field(service, "minimumHealthyPercent")).toMatchObject({ unit: "%", advanced: true });
    expect(field(service, "tier").initial).toBe("private");
    expect(field(fieldsOf(catalog.vpc.props), "availabilityZones").shape).toEqual({ type: "choice", options: [2, 3] });
    expect(field(fieldsOf(catalog.vpc.props), "gatewayEndpoints").shape).toEqual({
      type: "flags",
      options: ["s3", "dynamodb"],
    });
    expect(field(fieldsOf(relations.runTask.props), "cluster").shape).toEqual({
      type: "reference",
      kinds: ["cluster"],
    });
    expect(field(fieldsOf(relations.forward.props), "container").shape).toEqual({ type: "container" });
  });

  it("knows what may be null, and what has several modes", () => {
    const task = fieldsOf(catalog.taskDefinition.props);
    const containers = field(task, "containerDefinitions").shape;
    if (containers.type !== "entries" || containers.item.type !== "group") throw new Error("containers are entries");
    expect(field(containers.item.fields, "logConfiguration")).toMatchObject({
      nullable: true,
      shape: { type: "group" },
    });
    const role = field(task, "taskRole").shape;
    if (role.type !== "modes") throw new Error("a role slot has modes");
    expect(role.modes.map(({ label }) => label)).toEqual(["Derived", "None", "Existing", "Own"]);
    expect(modeIndex(role.modes, { mode: "existing", arn: "" })).toBe(2);
    expect(modeIndex(role.modes, undefined)).toBe(0);
    for (const mode of role.modes)
      expect(catalog.taskDefinition.props.shape.taskRole.safeParse(blankMode(mode)).success).toBe(true);
  });

  it("starts optional parts with values that their schema takes", () => {
    const service = fieldsOf(catalog.service.props);
    for (const item of service.filter(({ shape }) => shape.type === "group")) {
      const parsed = catalog.service.props.safeParse({ [item.key]: blankOf(item.shape) });
      expect(parsed.success).toBe(true);
    }
  });
});

describe("fieldEdits", () => {
  const design = draw((draft) => void fargateWeb(draft));
  const id = Object.keys(design.nodes).find((key) => design.nodes[key]?.kind === "service") as string;
  const effective = buildModel(design).node(id)?.props;

  it("writes only what was set, and the part around it where the schema asks for the whole", () => {
    const plain = fieldEdits(design, id, effective, "/desiredCount", 3);
    expect(plain.ok && plain.value).toEqual([{ edit: "setField", id, field: "/desiredCount", value: 3 }]);
    const whole = fieldEdits(design, id, effective, "/circuitBreaker/rollback", false);
    expect(whole.ok && whole.value).toEqual([
      { edit: "setField", id, field: "/circuitBreaker", value: { enable: true, rollback: false } },
    ]);
    expect(whole.ok && applyAll(design, whole.value).ok).toBe(true);
  });

  it("refuses in a sentence what the field does not take", () => {
    const refused = fieldEdits(design, id, effective, "/launchType", "MOON");
    expect(!refused.ok && refused.problems[0]?.message).toMatch(/^This must be .*\.$/);
  });
});

describe("what is typed", () => {
  it("reads numbers, and says what is none", () => {
    expect(readNumber(" 8080 ", true)).toEqual({ value: 8080 });
    expect(readNumber("", true)).toEqual({ value: undefined });
    expect(readNumber("1.5", false)).toEqual({ value: 1.5 });
    expect(readNumber("1.5", true)).toHaveProperty("problem");
    expect(readNumber("0x10", true)).toHaveProperty("problem");
    expect(readNumber("two", true)).toHaveProperty("problem");
  });

  it("reads JSON, and keeps what is none", () => {
    expect(readJson('{"a": [1]}')).toEqual({ value: { a: [1] } });
    expect(readJson("{")).toHaveProperty("problem");
  });

  it("writes options as words", () => {
    expect(humanised("perZone")).toBe("Per zone");
    expect(["perZone", "awsvpc", "FARGATE_SPOT", "ecr.api"].map(optionText)).toEqual([
      "per zone",
      "awsvpc",
      "FARGATE_SPOT",
      "ecr.api",
    ]);
  });
});
