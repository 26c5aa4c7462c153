import { emptyDocument } from "../document/document";
import type { ExportContext } from "../export/target";
import { buildModel } from "../model/build";

const nothing = buildModel(emptyDocument("Test"));

/** What a target is told beside the stack, for tests that care for little of it. */
export const exportContext = (given: Partial<ExportContext> = {}): ExportContext => ({
  findings: [],
  names: {},
  designName: "Test",
  model: nothing,
  environment: null,
  cost: null,
  environments: [],
  ...given,
});
