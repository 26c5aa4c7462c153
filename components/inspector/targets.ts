import { kindOf } from "@/lib/catalog";
import type { Model } from "@/lib/model/model";
import { type Connection, connect } from "@/lib/rules/connection";

/** Something a node could be connected to, with what that would do or why it cannot be. */
export interface Target {
  end: string;
  name: string;
  kind: string;
  icon: Model["nodes"][number]["kind"];
  answer: Connection;
}

/** All other nodes and containers: what may be connected first, then the rest with reasons. */
export function targetsFor(model: Model, from: string): Target[] {
  const [id] = from.split("/");
  const targets = model.nodes.flatMap((node): Target[] => {
    if (node.id === id) return [];
    const kind = kindOf(node.kind);
    const ends = [{ end: node.id, name: node.name }];
    for (const row of kind.rows?.(node.props) ?? [])
      ends.push({ end: `${node.id}/${row.id}`, name: `${node.name} · ${row.title}` });
    return ends.map(({ end, name }) => ({
      end,
      name,
      kind: kind.short,
      icon: node.kind,
      answer: connect(model, { from, to: end }),
    }));
  });
  return [...targets.filter(({ answer }) => answer.ok), ...targets.filter(({ answer }) => !answer.ok)];
}

/** What the answer says, in full sentences. */
export function wordsOf(answer: Connection): string {
  if (answer.ok)
    return [answer.turn, answer.effect]
      .filter(Boolean)
      .map((text) => stop(text as string))
      .join(" ");
  return `${stop(answer.reason)} ${stop(answer.instead)}`;
}

const stop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
