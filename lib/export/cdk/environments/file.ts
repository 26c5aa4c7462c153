import { quoted } from "../code";
import type { MergedProgram } from "./merge";

const identifier = /^[A-Za-z_$][\w$]*$/;
const keyText = (key: string): string => (identifier.test(key) ? key : quoted(key));
const valueText = (value: string | number | boolean): string =>
  typeof value === "string" ? quoted(value) : String(value);

/** What is not the same in every environment, as a type and a value for each. */
export function environmentsFile(
  designName: string,
  { settings, stacks }: Pick<MergedProgram, "settings"> & { stacks: readonly { name: string }[] },
): { path: string; text: string } {
  const names = stacks.map(({ name }) => quoted(name)).join(" | ");
  const lines = [
    `/** What is not the same in every environment of ${designName.replace(/\s+/g, " ").replace(/\*\//g, "* /")}. */`,
    "export interface Environment {",
    `  readonly name: ${names};`,
    ...settings.map(({ key, type }) => `  readonly ${key}: ${type};`),
    "}",
    "",
    "export const environments = {",
    ...stacks.flatMap(({ name }, at) => [
      `  ${keyText(name)}: {`,
      `    name: ${quoted(name)},`,
      ...settings.map(({ key, values }) => `    ${key}: ${valueText(values[at] as string)},`),
      "  },",
    ]),
    "} satisfies Record<string, Environment>;",
  ];
  return { path: "lib/environments.ts", text: `${lines.join("\n")}\n` };
}

/** `environments.prod`, `environments["pre-prod"]`. */
export const environmentOf = (name: string): string =>
  identifier.test(name) ? `environments.${name}` : `environments[${quoted(name)}]`;
