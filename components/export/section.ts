/** Names one export of one design among those that write into the same folder or repository. */
export const sectionOf = (choice: string, name: string): string => `${choice} ${name}`;
