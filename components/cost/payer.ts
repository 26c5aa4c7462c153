/** What a line is charged to: a node or an edge. */
export interface Payer {
  node: string | null;
  edge: string | null;
}

export const payerOf = ({ node, edge }: Payer): string => node ?? edge ?? "";

/** Where `goTo` and `placeName` find it. */
export const placeOf = ({ node, edge }: Payer) => (node === null ? { edge: edge ?? "" } : { node });
