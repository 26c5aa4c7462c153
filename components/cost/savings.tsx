"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { instanceTypeNames } from "@/lib/aws/instance-types";
import { savingsOf } from "@/lib/cost/savings";
import { fargateAgainstEc2 } from "@/lib/cost/savings/launch";
import { bookOf } from "../code/use-emitted";
import { moneyExact } from "../editor/money";
import { useEditor } from "../editor/store";
import { Select } from "../ui/field";
import { Head } from "./head";
import { PercentInput, percentOf } from "./percent-input";
import { CostTable, Figure } from "./table";

/** What the person said last stays while the panel is closed: discounts are theirs, and belong to no design. */
const said = { spot: "", plan: "", type: "m5.large" };

/** Ways to pay less, each as a figure: the design changed in that one way and priced again. */
export default function Savings() {
  const document = useDeferredValue(useEditor(({ state }) => state.document));
  const model = useDeferredValue(useEditor(({ analysis }) => analysis.model));
  const environment = useEditor((store) => store.environment);
  const scenario = useEditor((store) => store.scenario);
  const prices = useEditor(bookOf);
  const [spot, setSpot] = useState(said.spot);
  const [plan, setPlan] = useState(said.plan);
  const [type, setType] = useState(said.type);
  Object.assign(said, { spot, plan, type });
  const [spotDiscount, savingsPlanDiscount] = [percentOf(spot), percentOf(plan)];
  const savings = useMemo(
    () =>
      savingsOf(document, {
        scenario,
        environment,
        prices,
        ...(spotDiscount === undefined ? {} : { spotDiscount }),
        ...(savingsPlanDiscount === undefined ? {} : { savingsPlanDiscount }),
      }),
    [document, scenario, environment, prices, spotDiscount, savingsPlanDiscount],
  );
  const launch = useMemo(() => fargateAgainstEc2(model, type, prices), [model, type, prices]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 px-3 py-1.5">
        <PercentInput label="Discount of Fargate Spot" value={spot} onChange={setSpot} />
        <PercentInput label="Discount of your Savings Plan" value={plan} onChange={setPlan} />
      </div>
      <CostTable
        label="Savings"
        head={
          <>
            <Head>One change</Head>
            <Head end>Saves a month</Head>
            <Head>What it takes</Head>
          </>
        }
      >
        {savings.map(({ id, title, saves, why }) => (
          <tr key={id} className="border-line border-t">
            <th scope="row" className="px-3 py-1 text-left align-top font-normal">
              {title}
            </th>
            <Figure className={saves !== null && saves > 0 ? "text-good" : ""}>
              {saves === null ? <span className="text-ink-3">–</span> : moneyExact(saves)}
            </Figure>
            <td className="px-3 py-1 align-top text-ink-2">{why}</td>
          </tr>
        ))}
      </CostTable>
      <p className="px-3 py-1.5 text-ink-3 text-xs">Each alone: they overlap, and their sum says nothing.</p>
      <section aria-label="Fargate against EC2" className="space-y-1.5 border-line border-t px-3 py-2">
        <div className="flex flex-wrap items-center gap-3">
          <h3 className="font-medium">Fargate against EC2</h3>
          <Select
            label="Instances of"
            value={type}
            options={instanceTypeNames.map((value) => ({ value, label: value }))}
            onChange={setType}
          />
        </div>
        <p>
          All services on Fargate: <strong className="font-medium">{amount(launch.fargate)}</strong>; on{" "}
          {launch.packing ? `${launch.packing.instances} × ${type}` : type}:{" "}
          <strong className="font-medium">{amount(launch.ec2)}</strong> a month, compute and root volumes alone.
        </p>
        <ul className="list-disc pl-5 text-ink-2">
          {launch.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

const amount = (value: number | null): string => (value === null ? "unknown" : moneyExact(value));
