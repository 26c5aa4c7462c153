import { choiceOf } from "../code/choices";
import { emit, loadTarget } from "../code/emit";
import { bookOf } from "../code/use-emitted";
import { judgeNow } from "../editor/judging";
import { useEditor } from "../editor/store";
import { binaryFiles } from "./files";
import { askToWrite, mayWrite, writeFolder } from "./folder";
import { dropFolder, type Kept, keepFolder, readFolder } from "./folder-memory";
import { type InStep, useFolder } from "./folder-store";

/** Saves in quick succession are written once. */
const PAUSE_MS = 400;

let stop: (() => void) | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> | undefined;
let again = false;

/** Follows the open design from now on: whenever it was saved, its folder is written. */
export function startKeepingInStep(): void {
  if (stop) return;
  stop = useEditor.subscribe((now, before) => {
    if (now.designId !== before.designId) void openFor(now.designId);
    else if (now.saved === "saved" && (before.saved !== "saved" || now.prices !== before.prices)) soon();
  });
  void openFor(useEditor.getState().designId);
}

/** Another design is on the screen: its own folder, if it has one, takes the place of the last. */
async function openFor(designId: string | undefined): Promise<void> {
  clearTimeout(timer);
  if (useFolder.getState().kept?.designId === designId) return;
  useFolder.setState({ kept: undefined, state: { is: "waiting" } });
  const kept = designId === undefined ? undefined : await readFolder(designId).catch(() => undefined);
  if (!kept || useEditor.getState().designId !== designId) return;
  useFolder.setState({ kept });
  if (await mayWrite(kept.handle)) soon();
  else show(kept, { is: "permission" });
}

function soon(): void {
  if (!useFolder.getState().kept) return;
  clearTimeout(timer);
  timer = setTimeout(() => void writeNow(), PAUSE_MS);
}

const show = (kept: Kept, state: InStep): void => {
  if (useFolder.getState().kept === kept) useFolder.setState({ state });
};

/** Writes the folder as the drawing is now; what changes meanwhile is written after it. */
export function writeNow(over = false): Promise<void> {
  clearTimeout(timer);
  if (writing) {
    again = true;
    return writing;
  }
  const kept = useFolder.getState().kept;
  if (!kept) return Promise.resolve();
  writing = write(kept, over)
    .catch((error) => {
      console.error(error);
      show(kept, { is: "trouble", message: "The files could not be made, which is a defect of Bayplan." });
    })
    .then(() => {
      writing = undefined;
      if (again) {
        again = false;
        soon();
      }
    });
  return writing;
}

async function write(kept: Kept, over: boolean): Promise<void> {
  show(kept, { is: "writing" });
  if (!(await mayWrite(kept.handle))) return show(kept, { is: "permission" });
  judgeNow();
  const { state, analysis, analysisProblem, scenario, designId, prices } = useEditor.getState();
  if (designId !== kept.designId) return;
  // Files that tell the cost would be written without it, and then with it.
  if (prices.status === "loading") return show(kept, { is: "waiting" });
  const { document } = state;
  const choice = choiceOf(kept.choice);
  const target = await loadTarget(choice.target);
  if (!target || choice.id !== kept.choice || analysisProblem !== undefined)
    return show(kept, { is: "trouble", message: `${choice.label} could not be written. Open the export again.` });
  const emitted = emit(
    target,
    choice,
    { document, environment: kept.environment ?? null, analysis, scenario, prices: bookOf(useEditor.getState()) },
    kept.answers,
  );
  if ("problem" in emitted) return show(kept, { is: "trouble", message: emitted.problem });
  if (emitted.errors > 0 && !kept.anyway) return show(kept, { is: "errors", count: emitted.errors });
  const files = await binaryFiles(choice, emitted.files);
  // Two tabs of one design would otherwise write at the same time.
  const result = await navigator.locks.request(`bayplan:folder:${kept.designId}`, () =>
    writeFolder(kept.handle, files, { section: kept.section, over }),
  );
  if (result.ok) show(kept, { is: "inStep", at: Date.now(), ...result });
  else if (result.reason === "foreign") show(kept, { is: "foreign", paths: result.paths });
  else if (result.reason === "permission") show(kept, { is: "permission" });
  else show(kept, { is: "trouble", message: result.message });
}

/** Keeps the open design in step with a folder from now on. */
export async function keepInStep(kept: Kept): Promise<void> {
  startKeepingInStep();
  useFolder.setState({ kept, state: { is: "writing" } });
  // A browser that does not keep the handle keeps the design in step until the page is closed.
  await keepFolder(kept).catch((error) => console.warn(error));
  await writeNow();
}

/** Asks the browser for the permission again; must come from a click. */
export async function allowAgain(): Promise<void> {
  const { kept } = useFolder.getState();
  if (kept && (await askToWrite(kept.handle))) await writeNow();
}

/** Leaves the folder as it is and writes no more into it. */
export async function stopInStep(): Promise<void> {
  const { kept } = useFolder.getState();
  clearTimeout(timer);
  useFolder.setState({ kept: undefined, state: { is: "waiting" } });
  if (kept) await dropFolder(kept.designId);
}
