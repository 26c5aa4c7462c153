import { rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import type { Edit } from "../../document/edits/edit";
import { defineRule, type Report } from "../rule";
import { type Entry, type Strategy, strategiesOf } from "./strategies";

export const strategyNumbers = defineRule({
  id: "ECS-CAP-002",
  severity: "error",
  title: "Strategy numbers",
  why: "Weights divide the tasks among providers, a base comes first on one of them. Other numbers are refused, or leave no provider to place a task on.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
  needs: ["service", "cluster", "eventRule", "eventSchedule"],
  check({ model }, report) {
    for (const strategy of strategiesOf(model)) {
      whole(strategy, report);
      const based = strategy.entries.filter(({ base }) => base > 0);
      for (const entry of strategy.entries) single(strategy, entry, based.indexOf(entry) > 0, report);
    }
  },
});

const HINT = "At least one provider needs a weight above 0 and only one may have a base";

const idOf = ({ at }: Entry): string => at.node ?? at.edge ?? "";
const set = (entry: Entry, field: "weight" | "base", value: number): Edit[] => [
  { edit: "setField", id: idOf(entry), field: `${entry.field}/${field}`, value },
];

function whole({ name, at, entries, byEvent }: Strategy, report: Report): void {
  const limit = byEvent ? limits.capacityProvidersPerEventTarget : limits.capacityProvidersPerStrategy;
  if (entries.length > limit.max) {
    report({
      at: { ...at, ...(entries[0]?.field ? { field: entries[0].field.replace(/\/0$/, "") } : {}) },
      message: `${name}: ${entries.length} providers are more than the ${limit.max} that a strategy holds${byEvent ? " when an event starts the task" : ""}. ${HINT}.`,
    });
  }
  const [first] = entries;
  if (first && entries.length > 1 && entries.every(({ weight }) => weight === 0)) {
    report({
      at: { ...first.at, field: `${first.field}/weight` },
      message: `${name}: all weights are 0, so no provider gets a task. ${HINT}.`,
      fix: { title: "Give the first provider weight 1", risk: "safe", edits: set(first, "weight", 1) },
    });
  }
}

function single({ name, entries }: Strategy, entry: Entry, secondBase: boolean, report: Report): void {
  const { weight, base, provider } = entry;
  const says = (field: "weight" | "base", reason: string, value: number, title: string) =>
    report({
      at: { ...entry.at, field: `${entry.field}/${field}` },
      message: `${name}: ${reason}. ${HINT}.`,
      fix: { title, risk: "safe", edits: set(entry, field, value) },
    });
  if (!within(limits.capacityProviderWeight, weight)) {
    const nearest = weight < 0 ? 1 : limits.capacityProviderWeight.max;
    says(
      "weight",
      `weight ${weight} is outside ${rangeText(limits.capacityProviderWeight)}`,
      nearest,
      `Use weight ${nearest}`,
    );
  }
  if (!within(limits.capacityProviderBase, base)) {
    const nearest = base < 0 ? 0 : limits.capacityProviderBase.max;
    says("base", `base ${base} is outside ${rangeText(limits.capacityProviderBase)}`, nearest, `Use base ${nearest}`);
  } else if (secondBase) {
    says("base", "two providers have a base", 0, "Remove this base");
  }
  // A second edge to one provider is a duplicate: GR-001.
  if (entry.field === "" || entries.find((other) => other.provider === provider) === entry) return;
  report({
    at: { ...entry.at, field: entry.field },
    message: `${name}: ${provider} is named twice. Name each provider once, with one weight.`,
    fix: {
      title: "Name each provider once",
      risk: "review",
      edits: [
        {
          edit: "setField",
          id: idOf(entry),
          field: entry.field.replace(/\/\d+$/, ""),
          value: entries
            .filter(
              ({ field, provider: own }, at) =>
                field !== "" && at === entries.findIndex((item) => item.provider === own),
            )
            .map((item) => ({ capacityProvider: item.provider, weight: item.weight, base: item.base })),
        },
      ],
    },
  });
}
