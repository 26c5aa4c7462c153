/**
 * Key of the output that carries what `Ref` (no attribute) or `Fn::GetAtt` gives: "WebTaskRoleArn", "FilesRef". The
 * task definition export looks values up by it, so lowering and export must agree on this one function.
 */
export const outputKey = (id: string, attribute?: string): string =>
  `${id}${attribute === undefined ? "Ref" : attribute.replace(/[^A-Za-z0-9]/g, "")}`;
