import { emptyDocument } from "../document/document";
import type { ExportContext } from "../export/target";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";

const nothing = buildModel(emptyDocument("Test"));

/** What a target is told beside the stack, for tests that care for little of it. */
export const exportContext = (given: Partial<ExportContext> = {}): ExportContext => ({
  findings: [],
  names: {},
  designName: "Test",
  model: nothing,
  design: nothing.document,
  single: lower(nothing),
  environment: null,
  cost: null,
  environments: [],
  ...given,
});
