/**
 * Calls the cell of a closed table for one key. This is the one place that ties a key to its cell's argument type
 * (a correlated union TypeScript cannot follow by itself).
 */
export function dispatch<K extends string, A, R>(
  table: { readonly [P in K]: (argument: A) => R },
  key: K,
  argument: A,
): R {
  return table[key](argument);
}
