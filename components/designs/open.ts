import { type Document, emptyDocument } from "@/lib/document/document";
import { readDocument } from "@/lib/document/parse";
import { starters } from "@/lib/document/starters";
import { decodeLink, isDesignLink } from "@/lib/share/link";
import { analysisLoaded } from "../editor/analyse-safely";
import { laidOut } from "../editor/auto-layout";
import { useEditor } from "../editor/store";
import { keep, keepNothing, recover } from "./autosave";
import { lastOpened, listDesigns, readDesign, rememberOpened } from "./database";

const freshId = (): string => crypto.randomUUID();

const dropFragment = (): void => {
  if (window.location.hash !== "") window.history.replaceState(null, "", window.location.pathname);
};

let started: Promise<void> | undefined;

/** {@link begin}, once per page: React mounts twice while developing. */
export function start(): Promise<void> {
  started ??= begin();
  return started;
}

/** What the page shows at first: a shared link, else the design opened last, else the main starter. */
export async function begin(): Promise<void> {
  if (isDesignLink(window.location.hash)) return openLink(window.location.hash);
  try {
    await recover();
    const last = await lastOpened();
    await analysisLoaded;
    if (last !== undefined && (await openStored(last))) return;
    const [newest] = await listDesigns();
    if (newest && newest.id !== last && (await openStored(newest.id))) return;
  } catch (error) {
    console.error(error);
    await analysisLoaded;
    firstStarter();
    useEditor.setState({ saved: "failed" });
    return;
  }
  firstStarter();
}

function firstStarter(): void {
  openNew(starters[0]?.document ?? emptyDocument());
}

/** Opens a design of this browser; false when it is not there or cannot be read, which is said. */
export async function openStored(id: string): Promise<boolean> {
  const stored = await readDesign(id);
  if (!stored) return false;
  const document = readDocument(stored.document);
  if (!document.ok) {
    useEditor
      .getState()
      .notify(`“${stored.name}” cannot be read by this version. It stays in the list.`, "refusal", document.problems);
    return false;
  }
  dropFragment();
  keepNothing();
  useEditor.getState().load(document.value, { designId: id });
  keep(id, stored.revision, document.value);
  void rememberOpened(id);
  return true;
}

/** Adds a design to this browser and opens it. */
export function openNew(document: Document): void {
  const id = freshId();
  dropFragment();
  keepNothing();
  useEditor.getState().load(document, { designId: id });
  keep(id, 0, undefined);
  rememberOpened(id).catch(() => useEditor.setState({ saved: "failed" }));
}

/** An empty design. */
export function newDesign(): void {
  openNew(emptyDocument());
}

/** The open design under a new name, as a design of this browser that can be changed. */
export function makeCopy(): void {
  const { document, readOnly } = useEditor.getState().state;
  openNew({ ...document, name: readOnly ? document.name : `${document.name} copy`.slice(0, 255) });
  useEditor.getState().announce("Made a copy. You can change it.");
}

/** Opens a shared link read-only, or says what is wrong with it and shows the ways on. */
export async function openLink(fragment: string): Promise<void> {
  const decoded = await decodeLink(fragment);
  await analysisLoaded;
  keepNothing();
  if (!decoded.ok) {
    useEditor.getState().load(emptyDocument(), { readOnly: true });
    useEditor.setState({ saved: "readOnly", brokenLink: decoded.problems });
    return;
  }
  useEditor.getState().load(await laidOut(decoded.value), { readOnly: true });
  useEditor.setState({ saved: "readOnly" });
}
