"use client";

import { exportChoices, type GroupId, groups } from "../code/choices";

const byGroup = (Object.keys(groups) as GroupId[])
  .map((group) => ({ group, choices: exportChoices.filter((choice) => choice.group === group) }))
  .filter(({ choices }) => choices.length > 0);

/** Every format under its heading, one of them chosen. */
export function Formats({ chosen, onChoose }: { chosen: string; onChoose(id: string): void }) {
  return (
    <fieldset>
      <legend className="sr-only">Format</legend>
      {byGroup.map(({ group, choices }) => (
        <div key={group} className="mb-3 last:mb-0">
          <h3 className="mb-1 px-2 text-ink-3 text-xs">{groups[group]}</h3>
          {choices.map(({ id, label, about }) => (
            <label
              key={id}
              className="mb-0.5 flex items-start gap-2 rounded-md px-2 py-1.5 hover:bg-hover has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="export-format"
                className="mt-1 accent-accent-solid"
                checked={id === chosen}
                onChange={() => onChoose(id)}
              />
              <span className="min-w-0">
                <span className="block font-medium">{label}</span>
                <span className="block text-ink-2 text-xs">{about}</span>
              </span>
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
