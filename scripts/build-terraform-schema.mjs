// Cuts the schema of Terraform's AWS provider to the types that the export writes: lib/testing/terraform-schema.json.
// The source are the type definitions of the npm package @cdktn/provider-aws, which are made from the provider's schema.
// The result is committed. Usage: npm pack @cdktn/provider-aws && tar xzf *.tgz, then
// node scripts/build-terraform-schema.mjs package
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("Name the unpacked package: node scripts/build-terraform-schema.mjs package");
  process.exit(2);
}
const root = join(import.meta.dirname, "..");
const provider = /provider version ([\d.]+)/.exec(readFileSync(join(folder, "README.md"), "utf8"))?.[1];
const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Types that the export's code names, by what they are. */
const code = readdirSync(join(root, "lib/export/terraform"), { recursive: true })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => join("lib/export/terraform", path))
  .map((path) => readFileSync(join(root, path), "utf8"))
  .join("\n");
const named = [...new Set([...code.matchAll(/["`.](aws_[a-z0-9_]+)[".`]/g)].map(([, name]) => name))].sort();
const sides = [...code.matchAll(/`aws_([a-z_]+)_\$\{side\}_([a-z_]+)`/g)].flatMap(([, a, b]) =>
  ["ingress", "egress"].map((side) => `aws_${a}_${side}_${b}`),
);

const folders = {
  resource: (name) => name,
  data: (name) => `data-aws-${name}`,
  ephemeral: (name) => `ephemeral-aws-${name}`,
};
const asked = {
  resource: () => true,
  data: (name) => code.includes(`data(writing, "${name}.`) || code.includes(`data(writing, \`${name}.`),
  ephemeral: (name) => code.includes(`ephemeral.${name}.`),
};
const schema = {};
for (const name of [...new Set([...named, ...sides])].sort()) {
  for (const [kind, folderOf] of Object.entries(folders)) {
    const path = join(folder, "lib", folderOf(name.replace(/^aws_/, "").replace(/_/g, "-")), "index.d.ts");
    if (asked[kind](name) && existsSync(path)) schema[`${kind} ${name}`] = typeOf(readFileSync(path, "utf8"));
  }
}

/** Arguments and blocks of a type, and what can be read of it. */
function typeOf(text) {
  const interfaces = new Map(
    [...text.matchAll(/export interface (\w+)(?: extends [\w.]+)? \{\n([\s\S]*?)\n\}/g)].map(([, name, body]) => [
      name,
      body,
    ]),
  );
  const config = /export interface (\w+Config) extends cdktn\.Terraform\w*MetaArguments/.exec(text)?.[1];
  const { a, b } = bodyOf(interfaces, interfaces.get(config) ?? "");
  const reads = [...text.matchAll(/^ {4}get (\w+)\(\)/gm)].map(([, name]) => snake(name));
  return {
    a,
    ...(Object.keys(b).length > 0 ? { b } : {}),
    r: [...new Set(reads)].filter((name) => !name.endsWith("_input")).sort(),
  };
}

/** a: arguments, 1 where required; b: blocks, each with what is in it. */
function bodyOf(interfaces, body) {
  const a = {};
  const b = {};
  for (const [, comment, optional, type] of body.matchAll(
    /\/\*\*([\s\S]*?)\*\/\s*readonly \w+(\??): ([\s\S]*?);\n?(?=\s*(?:\/\*\*|$))/g,
  )) {
    const name = /#(\w+) \w+#\1\}/.exec(comment)?.[1];
    if (!name) continue;
    const inner = /^(\w+)/.exec(type)?.[1];
    if (/^\s*\* \w+ block\b/m.test(comment) && interfaces.has(inner)) {
      b[name] = { ...bodyOf(interfaces, interfaces.get(inner)), ...(optional ? {} : { m: 1 }) };
    } else a[name] = optional ? 0 : 1;
  }
  return { a, ...(Object.keys(b).length > 0 ? { b } : { b: {} }) };
}

function snake(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
const prune = ({ a, b, ...rest }) => ({
  a,
  ...(b && Object.keys(b).length > 0
    ? { b: Object.fromEntries(Object.entries(b).map(([key, value]) => [key, prune(value)])) }
    : {}),
  ...rest,
});

const missing = named.filter((name) => !Object.keys(schema).some((key) => key.endsWith(` ${name}`)));
if (missing.length > 0) throw new Error(`The package does not know ${missing.join(", ")}.`);
const lines = Object.entries(schema).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(prune(value))}`);
const head = {
  source: `npm @cdktn/provider-aws ${version}`,
  provider: `hashicorp/aws ${provider}`,
  date: new Date().toISOString().slice(0, 10),
};
writeFileSync(
  join(root, "lib/testing/terraform-schema.json"),
  `{\n"about": ${JSON.stringify(head)},\n"types": {\n${lines.join(",\n")}\n}\n}\n`,
);
console.log(`${lines.length} types of ${head.provider}.`);
