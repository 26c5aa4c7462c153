import type { Document } from "../document/document";
import { mermaid } from "../export/diagram/mermaid";
import { type SvgOptions, svg } from "../export/diagram/svg";
import type { ExportContext, OutFile } from "../export/target";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { exportContext } from "./export-context";

function contextOf(document: Document, given: Partial<ExportContext>): ExportContext {
  const model = buildModel(document);
  return exportContext({ model, design: document, designName: document.name, ...given });
}

/** The SVG picture of a design. */
export function svgOf(
  document: Document,
  { theme = "light", design = true }: Partial<SvgOptions> = {},
  given: Partial<ExportContext> = {},
): OutFile {
  const context = contextOf(document, given);
  return svg.emit(lower(context.model), { theme, design }, context).files[0] as OutFile;
}

/** The Mermaid chart of a design. */
export function mermaidOf(document: Document, given: Partial<ExportContext> = {}): OutFile {
  const context = contextOf(document, given);
  return mermaid.emit(lower(context.model), {}, context).files[0] as OutFile;
}
