import { type DBSchema, openDB } from "idb";
import type { Answers } from "./options";

/** A folder that a design is kept in step with. */
export interface Kept {
  designId: string;
  handle: FileSystemDirectoryHandle;
  /** The format and its options. */
  choice: string;
  answers: Answers;
  /** The one environment that is written; absent in what was kept before there were any. */
  environment?: string | null;
  /** Names this export in the folder's list; stays when the design is renamed, so that its old files still go. */
  section: string;
  /** Written although errors are open: the person said so. */
  anyway: boolean;
}

interface Schema extends DBSchema {
  folders: { key: string; value: Kept };
}

/** Says before any database is opened that there is something in it. */
const FLAG = "bayplan:folders";

/** A store of its own beside the designs; browsers keep handles, and ask the person again before they are used. */
const database = () =>
  openDB<Schema>("bayplan-folders", 1, {
    upgrade: (db) => void db.createObjectStore("folders", { keyPath: "designId" }),
  });

export function hasFolders(): boolean {
  try {
    return localStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
}

export async function readFolder(designId: string): Promise<Kept | undefined> {
  const db = await database();
  const kept = await db.get("folders", designId);
  db.close();
  return kept;
}

export async function keepFolder(kept: Kept): Promise<void> {
  const db = await database();
  await db.put("folders", kept);
  db.close();
  localStorage.setItem(FLAG, "1");
}

export async function dropFolder(designId: string): Promise<void> {
  const db = await database();
  await db.delete("folders", designId);
  if ((await db.count("folders")) === 0) localStorage.removeItem(FLAG);
  db.close();
}
