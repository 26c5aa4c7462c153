import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Document } from "@/lib/document/document";

/** A design as this browser keeps it. */
export interface StoredDesign {
  id: string;
  name: string;
  document: Document;
  /** Milliseconds since 1970, for the list. */
  updated: number;
  /** One more with every write; a writer states the revision it started from. */
  revision: number;
}

export type DesignSummary = Omit<StoredDesign, "document"> & { nodes: number };

interface Schema extends DBSchema {
  designs: { key: string; value: StoredDesign };
  settings: { key: string; value: string };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("bayplan", 1, {
    upgrade(db) {
      db.createObjectStore("designs", { keyPath: "id" });
      db.createObjectStore("settings");
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

export type Written = { ok: true; revision: number } | { ok: false; theirs: StoredDesign | undefined };

/**
 * Writes a design over the revision the writer knows (0 for a new one). Refused when somebody else, another tab, has
 * written since; then their design comes back.
 */
export async function writeDesign(design: Omit<StoredDesign, "revision" | "updated">, known: number): Promise<Written> {
  const db = await database();
  const transaction = db.transaction("designs", "readwrite", { durability: "strict" });
  const theirs = await transaction.store.get(design.id);
  if ((theirs?.revision ?? 0) !== known) {
    await transaction.done;
    return { ok: false, theirs };
  }
  const revision = known + 1;
  await transaction.store.put({ ...design, updated: Date.now(), revision });
  await transaction.done;
  return { ok: true, revision };
}

export const readDesign = async (id: string): Promise<StoredDesign | undefined> =>
  (await database()).get("designs", id);

/** All designs, the one changed last first. */
export async function listDesigns(): Promise<DesignSummary[]> {
  const all = await (await database()).getAll("designs");
  return all
    .map(({ document, ...rest }) => ({ ...rest, nodes: Object.keys(document?.nodes ?? {}).length }))
    .sort((a, b) => b.updated - a.updated);
}

export const deleteDesign = async (id: string): Promise<void> => (await database()).delete("designs", id);

const LAST = "last opened";

export const lastOpened = async (): Promise<string | undefined> => (await database()).get("settings", LAST);

export async function rememberOpened(id: string): Promise<void> {
  await (await database()).put("settings", id, LAST);
}
