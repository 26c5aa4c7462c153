import { printJson } from "../../core/json";
import { quoted } from "./code";
import { environmentOf } from "./environments/file";
import { featureFlags } from "./feature-flags";

/**
 * Versions that work together. aws-cdk-lib 2.276.0 writes cloud assembly schema 55, which the CLI reads from 2.1148.1;
 * the registry's `latest` of the CLI does not. https://docs.aws.amazon.com/cdk/v2/guide/versioning.html
 */
const dependencies = { "aws-cdk-lib": "2.276.0", constructs: "^10.5.0" };
const devDependencies = {
  "@types/node": "^24.0.0",
  "aws-cdk": "^2.1148.1",
  tsx: "^4.20.0",
  typescript: "~5.9.0",
};

export interface Project {
  /** Of the folder and the bin: letters, digits, hyphens. */
  slug: string;
  stackClass: string;
  stackFile: string;
  /** Construct id of the stack, from which CloudFormation's stack name comes. */
  stackId: string;
  /** One stack, or one for each environment. */
  instances: readonly { name?: string; description: string }[];
  /** Property of the stack that takes the environment; undefined where nothing reads it. */
  environmentProperty: string | undefined;
}

/** The files around the constructs: what `npm install && npx cdk synth` needs. */
export function projectFiles(project: Project): { path: string; text: string }[] {
  return [
    { path: `bin/${project.slug}.ts`, text: binText(project) },
    {
      path: "cdk.json",
      text: printJson({
        app: `npx tsx bin/${project.slug}.ts`,
        watch: { include: ["**"], exclude: ["README.md", "cdk*.json", "**/*.d.ts", "node_modules"] },
        context: featureFlags,
      }),
    },
    {
      path: "package.json",
      text: printJson({
        name: project.slug,
        version: "0.1.0",
        private: true,
        scripts: { build: "tsc --noEmit", synth: "cdk synth", deploy: "cdk deploy", diff: "cdk diff" },
        dependencies,
        devDependencies,
      }),
    },
    {
      path: "tsconfig.json",
      text: printJson({
        compilerOptions: {
          target: "ES2022",
          module: "ESNext",
          moduleResolution: "bundler",
          lib: ["ES2022"],
          types: ["node"],
          strict: true,
          noUnusedLocals: true,
          noUnusedParameters: true,
          skipLibCheck: true,
          noEmit: true,
        },
        include: ["bin", "lib"],
      }),
    },
    { path: ".gitignore", text: "node_modules\ncdk.out\n" },
  ];
}

/** So many characters of a description `Stack` takes as a property (aws-cdk-lib 2.276.0, core/lib/stack.js). */
const MAX_DESCRIPTION = 512;

function binText({ stackClass, stackFile, stackId, instances, environmentProperty }: Project): string {
  const lines = [
    "#!/usr/bin/env node",
    'import { App, DefaultStackSynthesizer } from "aws-cdk-lib";',
    ...(environmentProperty === undefined ? [] : ['import { environments } from "../lib/environments";']),
    `import { ${stackClass} } from "../lib/${stackFile}";`,
    "",
    "const app = new App({ analyticsReporting: false });",
  ];
  instances.forEach(({ name, description }, at) => {
    const long = description.length > MAX_DESCRIPTION;
    const constant = name === undefined ? "stack" : `stack${at + 1}`;
    const id = name === undefined ? stackId : `${stackId}-${name}`;
    lines.push(
      "",
      `${long ? `const ${constant} = ` : ""}new ${stackClass}(app, ${quoted(id)}, {`,
      ...(long ? [] : [`  description: ${quoted(description)},`]),
      ...(name === undefined || environmentProperty === undefined
        ? []
        : [`  ${environmentProperty}: ${environmentOf(name)},`]),
      "  // The stack has no assets: nothing asks for a version of the bootstrap stack.",
      "  synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),",
      "});",
      ...(long
        ? [
            "// Longer than the 512 characters that the property takes; CloudFormation takes 1,024 bytes.",
            `${constant}.templateOptions.description = ${quoted(description)};`,
          ]
        : []),
    );
  });
  return `${lines.join("\n")}\n`;
}
