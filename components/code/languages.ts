/** Languages that the code view colours. */
export type Language = "yaml" | "json" | "typescript" | "hcl" | "xml" | "markdown" | "bash" | "plain";

const byExtension: Readonly<Record<string, Language>> = {
  yaml: "yaml",
  yml: "yaml",
  json: "json",
  ts: "typescript",
  mts: "typescript",
  js: "typescript",
  mjs: "typescript",
  tf: "hcl",
  tfvars: "hcl",
  hcl: "hcl",
  svg: "xml",
  xml: "xml",
  md: "markdown",
  sh: "bash",
};

/** The language of a file by its name; plain for what is not known, such as .gitignore or a Mermaid drawing. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] as Language) : "plain";
}
