import type { Value } from "../../../stack/value";
import { obj, raw } from "../code";
import { str } from "../values";
import { isPlain } from "../writing";
import { only } from "./shared";
import type { Single } from "./single";

export const parameter: Single = {
  type: "ssm.StringParameter",
  ref: "parameterName",
  attributes: {},
  says(_writing, resource) {
    const { Type, Tier, Value: value, Description } = resource.properties;
    return (
      only(resource, "Type", "Tier", "Value", "Description") &&
      Type === "String" &&
      typeof value === "string" &&
      isPlain(Description) &&
      typeof Tier === "string" &&
      Object.hasOwn(tiers, Tier)
    );
  },
  props(writing, { properties: { Tier, Value: value, Description } }) {
    return obj({
      description: Description === undefined ? undefined : str(writing, Description),
      stringValue: str(writing, value as Value),
      tier: raw(`ssm.ParameterTier.${tiers[Tier as keyof typeof tiers]}`),
    });
  },
};
const tiers = { Advanced: "ADVANCED", "Intelligent-Tiering": "INTELLIGENT_TIERING", Standard: "STANDARD" } as const;
