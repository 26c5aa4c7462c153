import { type CollectionTag, parse, type ScalarTag } from "yaml";

const functions = [
  "Ref",
  "Condition",
  ...[
    "GetAtt",
    "Sub",
    "Select",
    "Join",
    "GetAZs",
    "If",
    "Equals",
    "And",
    "Or",
    "Not",
    "Base64",
    "Cidr",
    "FindInMap",
    "ImportValue",
    "Split",
  ].map((name) => `Fn::${name}`),
];

/** What a short tag stands for, in the long form. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const tags = functions.flatMap((name): (ScalarTag | CollectionTag)[] => {
  const tag = `!${name.replace("Fn::", "")}`;
  const long = (value: unknown): unknown => ({
    [name]: name === "Fn::GetAtt" && typeof value === "string" ? value.split(/\.(.*)/s).slice(0, 2) : value,
  });
  return [
    { tag, resolve: (text: string) => long(text) } as ScalarTag,
    {
      tag,
      collection: "seq",
      resolve: (node: { toJSON(): unknown }) => long(node.toJSON()),
    } as unknown as CollectionTag,
    {
      tag,
      collection: "map",
      resolve: (node: { toJSON(): unknown }) => long(node.toJSON()),
    } as unknown as CollectionTag,
  ];
});

/** Reads a template as CloudFormation does: YAML 1.1 with short tags, or JSON; functions come back in the long form. */
export function readTemplate(text: string): Record<string, unknown> {
  return text.startsWith("{")
    ? (JSON.parse(text) as Record<string, unknown>)
    : (parse(text, { version: "1.1", customTags: tags, uniqueKeys: true }) as Record<string, unknown>);
}
