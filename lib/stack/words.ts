/** "OrdersQueue2" → ["Orders", "Queue", "2"]. Logical ids hold letters and digits only. */
const wordsOf = (logicalId: string): string[] => logicalId.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? [];

/** A logical id as volumes are named: "shared-files". Never follows a rename, as the logical id does not. */
export const kebab = (logicalId: string): string => wordsOf(logicalId).join("-").toLowerCase();

/** A logical id as environment variables are named: "SHARED_FILES". */
export const screamingSnake = (logicalId: string): string => wordsOf(logicalId).join("_").toUpperCase();

/** Letters and digits of any text, each word with a capital: "/web/uploads" → "WebUploads". */
export const upperCamel = (text: string): string =>
  (text.match(/[A-Za-z0-9]+/g) ?? []).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
