"use client";

import { regionCodes, regionName } from "@/lib/aws/regions";
import { count } from "@/lib/core/text";
import { type Scenario, scenarios } from "@/lib/document/document";
import { scenarioLabels } from "../cost/scenarios";
import { money, totalText } from "../editor/money";
import { useEditor } from "../editor/store";
import { useCost } from "../editor/use-cost";
import { CommitInput } from "../ui/field";
import { control } from "./form/simple";

/** Nothing selected: the design itself. */
export function DesignSettings() {
  const document = useEditor((store) => store.state.document);
  const readOnly = useEditor((store) => store.state.readOnly);
  const scenario = useEditor((store) => store.scenario);
  const { cost } = useCost();
  const { region, production } = document.settings;
  const known = regionCodes.some((code) => code === region);
  const set = (field: string, value: string | boolean): boolean =>
    useEditor.getState().dispatch([{ edit: "setDesign", field, value }]).ok;
  const row = "grid grid-cols-[minmax(88px,36%)_minmax(0,1fr)] items-center gap-x-2";
  return (
    <div className="h-full space-y-2 overflow-auto p-3">
      <h2 className="font-semibold text-base">Design</h2>
      <div className={row}>
        <span className="text-ink-2">Name</span>
        <CommitInput
          value={document.name}
          label="Name of the design"
          readOnly={readOnly}
          onCommit={(name) => set("/name", name)}
          className={control}
        />
      </div>
      <div className={row}>
        <label htmlFor="design-region" className="text-ink-2">
          Region
        </label>
        <select
          id="design-region"
          value={region}
          disabled={readOnly}
          onChange={(event) => set("/settings/region", event.target.value)}
          title={regionName(region)}
          className={control}
        >
          {!known && <option value={region}>{region}</option>}
          {regionCodes.map((code) => (
            <option key={code} value={code}>
              {code} · {regionName(code)}
            </option>
          ))}
        </select>
      </div>
      <div className={row}>
        <label htmlFor="design-production" className="text-ink-2">
          Production
        </label>
        <input
          id="design-production"
          type="checkbox"
          className="size-3.5 accent-(--accent-solid)"
          checked={production}
          disabled={readOnly}
          onChange={(event) => set("/settings/production", event.target.checked)}
        />
      </div>
      <p className="text-ink-3 text-xs leading-4">
        In production, rules about failure and loss of data speak up as warnings.
      </p>
      <div className={row}>
        <label htmlFor="design-scenario" className="text-ink-2">
          Scenario
        </label>
        <select
          id="design-scenario"
          value={scenario}
          onChange={(event) => useEditor.getState().setScenario(event.target.value as Scenario)}
          className={control}
        >
          {scenarios.map((id) => (
            <option key={id} value={id}>
              {scenarioLabels[id]}
            </option>
          ))}
        </select>
      </div>
      <dl className="space-y-1 border-line border-t pt-3 text-ink-2">
        <Fact name="Drawn">
          {count(Object.keys(document.nodes).length, "node")}, {count(Object.keys(document.edges).length, "connection")}
        </Fact>
        <Fact name="A month">
          {totalText(cost, money)}
          {cost.unknown.length > 0 && cost.lines.length > 0 ? ` and ${cost.unknown.length} unknown` : ""}
        </Fact>
      </dl>
      <p className="pt-2 text-ink-3 text-xs leading-4">Select a node or a connection to see its settings here.</p>
    </div>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex justify-between gap-2">
    <dt className="whitespace-nowrap">{name}</dt>
    <dd className="text-right text-ink">{children}</dd>
  </div>
);
