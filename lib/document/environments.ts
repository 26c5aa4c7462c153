import type { Document } from "./document";

/** Words that names of environments begin with, from where people try things out to where customers are. */
const ranks: readonly RegExp[] = [
  /^(local|play|sandbox|dev)/i,
  /^(ci|int|qa|test)/i,
  /^(?!(local|play|sandbox|dev|ci|int|qa|test|accept|pre|stag|uat|live|prod))/i,
  /^(accept|pre|stag|uat)/i,
  /^(live|prod)/i,
];

const rankOf = (name: string): number => ranks.findIndex((words) => words.test(name));

/** Names of environments in the order in which changes reach them: dev, test, stage, prod; others in the middle. */
export const inRolloutOrder = (names: readonly string[]): string[] =>
  [...names].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));

/** The environments of a design, in the order in which changes reach them. */
export const environmentNames = ({ environments }: Pick<Document, "environments">): string[] =>
  inRolloutOrder(Object.keys(environments));
