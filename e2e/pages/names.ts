/** Text as a pattern that matches just it. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A card's accessible name starts with the node's name: "Web, ECS service, 2 warnings". */
export const named = (name: string): RegExp => new RegExp(`^${escaped(name)}, `);
