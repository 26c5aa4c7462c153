import { unzipSync } from "fflate";
import { starters } from "../lib/document/starters";
import { expect, test } from "./fixtures";
import { FolderFields } from "./pages/folder-fields";

const LIST = ".bayplan-files.json";

test("a folder is kept in step with every save: only what changed is written, and nothing else is touched", async ({
  designer,
  page,
}) => {
  const { exporting, canvas, inspector } = designer;
  const folder = new FolderFields(page);
  await folder.pretendPicker();
  await designer.open();
  await designer.kept();
  await folder.put("mine.txt", "mine");
  await designer.export.click();
  await exporting.choose("Task definitions");
  const zip = unzipSync((await exporting.take(exporting.zip)).bytes);
  await folder.show();
  await folder.choose.click();
  await expect(folder.status).toContainText(/^In step · 3 files written/);

  const first = await folder.files();
  expect(Object.keys(first).sort()).toEqual([LIST, ...Object.keys(zip), "mine.txt"].sort());
  for (const [path, bytes] of Object.entries(zip)) expect(first[path]?.text).toBe(Buffer.from(bytes).toString("utf8"));

  // A change of one task rewrites its file after the save, with the dialog closed.
  await page.keyboard.press("Escape");
  await canvas.select("Worker task");
  await inspector.set("Memory", "1024");
  await designer.kept();
  await expect.poll(async () => (await folder.files())["worker-task.json"]?.text).toContain('"1024"');
  await expect(folder.state).toHaveAccessibleName("Folder infra: in step");
  const second = await folder.files();
  expect(second["web-task.json"]).toEqual(first["web-task.json"]);
  expect(second["mine.txt"]).toEqual(first["mine.txt"]);

  // After a reload it goes on by itself where the browser still allows it.
  await page.reload();
  await expect(folder.state).toHaveAccessibleName("Folder infra: in step");
  expect(await folder.files()).toEqual(second);
  await canvas.select("Worker task");
  await inspector.set("Memory", "2048");
  await expect.poll(async () => (await folder.files())["worker-task.json"]?.text).toContain('"2048"');

  // Until it is stopped.
  await folder.state.click();
  await folder.show();
  await folder.stop.click();
  await expect(folder.choose).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(folder.state).toBeHidden();
  const third = await folder.files();
  await inspector.set("Memory", "1024");
  await designer.kept();
  await page.reload();
  await designer.kept();
  expect(await folder.files()).toEqual(third);
  await expect(folder.state).toBeHidden();
});

test("what is no longer exported goes, unless it was edited; other files stay", async ({ designer, page }) => {
  const { exporting, canvas } = designer;
  const folder = new FolderFields(page);
  await folder.pretendPicker();
  await designer.open();
  await designer.export.click();
  await exporting.choose("Task definitions");
  await folder.show();
  await folder.choose.click();
  await expect(folder.status).toContainText("In step · 3 files written");
  await folder.put("other.json", "{}");
  await folder.put("worker-task.json", "edited by hand");
  await page.keyboard.press("Escape");

  for (const name of ["Worker task", "Report task"]) {
    await canvas.select(name);
    await page.keyboard.press("Delete");
    await expect(canvas.node(name)).toHaveCount(0);
  }
  // Services without a task definition are errors: the folder waits for a word.
  await expect(folder.state).toHaveAccessibleName("Folder infra: errors are open");
  await folder.state.click();
  await folder.show();
  await exporting.anyway.check();
  await exporting.dialog.getByRole("button", { name: "Write anyway from now on" }).click();
  await expect(folder.status).toContainText("1 removed");
  await expect(folder.status).toContainText("left because edited: worker-task.json");
  const files = await folder.files();
  expect(Object.keys(files).sort()).toEqual([LIST, "other.json", "web-task.json", "worker-task.json"]);
  expect(files["worker-task.json"]?.text).toBe("edited by hand");
});

test("a moved card writes nothing, and another format takes the folder over only when asked", async ({
  designer,
  page,
}) => {
  const { exporting, canvas } = designer;
  const folder = new FolderFields(page);
  await folder.pretendPicker();
  await designer.open();
  await designer.export.click();
  await exporting.choose("CloudFormation YAML");
  await folder.show();
  await folder.choose.click();
  await expect(folder.status).toContainText("In step · 1 file written");
  await page.keyboard.press("Escape");
  const before = await folder.files();
  await canvas.select("Orders");
  await canvas.node("Orders").press("Shift+ArrowDown");
  await designer.kept();
  await folder.state.click();
  await folder.show();
  await expect(folder.status).toContainText("In step · 0 files written");
  expect(await folder.files()).toEqual(before);

  await exporting.choose("Task definitions");
  await expect(exporting.dialog).toContainText("kept in step with CloudFormation YAML");
  await exporting.dialog.getByRole("button", { name: "Keep Task definitions in step instead" }).click();
  await expect(folder.status).toContainText("In step · 3 files written");
  expect((await folder.files())["template.yaml"]).toEqual(before["template.yaml"]);
});

test("files that somebody else wrote or edited are replaced only on a word", async ({ designer, page }) => {
  const { exporting, canvas, inspector } = designer;
  const folder = new FolderFields(page);
  await folder.pretendPicker();
  await designer.open();
  await folder.put("web-task.json", "from before");
  await designer.export.click();
  await exporting.choose("Task definitions");
  await folder.show();

  // Once, without keeping in step: nothing at all is written before the word.
  await folder.follow.uncheck();
  await folder.choose.click();
  await expect(folder.problem).toContainText(
    "Nothing was written: 1 file was edited here or written by something else: web-task.json.",
  );
  expect(Object.keys(await folder.files())).toEqual(["web-task.json"]);
  await folder.replace.click();
  await expect(folder.status).toContainText("3 files written into infra.");
  expect((await folder.files())["web-task.json"]?.text).toContain("containerDefinitions");

  // In the background the edit of another program is found, and kept until the word comes.
  await folder.follow.check();
  await folder.choose.click();
  await expect(folder.status).toContainText("In step · 0 files written");
  await page.keyboard.press("Escape");
  await folder.put("worker-task.json", "edited by hand");
  await canvas.select("Worker task");
  await inspector.set("Memory", "1024");
  await expect(folder.state).toHaveAccessibleName("Folder infra: files in the way");
  expect((await folder.files())["worker-task.json"]?.text).toBe("edited by hand");
  await folder.state.click();
  await folder.show();
  await folder.replace.click();
  await expect(folder.status).toContainText("In step · 1 file written");
  expect((await folder.files())["worker-task.json"]?.text).toContain('"1024"');
});

test("a design with errors is not written until the person says so", async ({ designer, page }) => {
  const fargate = starters.find(({ id }) => id === "web-fargate");
  if (!fargate) throw new Error("The starters are missing.");
  const { exporting, canvas, inspector } = designer;
  const folder = new FolderFields(page);
  await folder.pretendPicker();
  await designer.openDesign(fargate.document);
  await designer.export.click();
  await exporting.choose("CloudFormation YAML");
  await folder.show();
  await folder.choose.click();
  await expect(folder.status).toContainText("In step · 1 file written");
  const before = await folder.files();
  await page.keyboard.press("Escape");

  const task = Object.values(fargate.document.nodes).find(({ kind }) => kind === "taskDefinition")?.name ?? "";
  await canvas.select(task);
  await inspector.set("Memory", "100");
  await expect(folder.state).toHaveAccessibleName("Folder infra: errors are open");
  expect(await folder.files()).toEqual(before);

  await folder.state.click();
  await folder.show();
  await expect(folder.status).toContainText("Not in step: 1 error is open");
  await exporting.anyway.check();
  await exporting.dialog.getByRole("button", { name: "Write anyway from now on" }).click();
  await expect(folder.status).toContainText("In step · 1 file written");
  expect(
    Object.values(await folder.files())
      .map(({ text }) => text)
      .join(),
  ).toContain("Fargate has no");
});

test("a permission that is gone after a reload is said, and given again with a click", async ({ designer, page }) => {
  const { exporting, canvas, inspector } = designer;
  const folder = new FolderFields(page);
  await folder.pretendPicker();
  // A folder of the disk asks again after a reload; the browser's own does not, so its answers are put on top.
  await page.addInitScript(() => {
    let state: PermissionState = sessionStorage.getItem("reloaded") ? "prompt" : "granted";
    sessionStorage.setItem("reloaded", "yes");
    Object.assign(FileSystemDirectoryHandle.prototype, {
      queryPermission: async () => state,
      requestPermission: async () => {
        state = "granted";
        return state;
      },
    });
  });
  await designer.open();
  await designer.export.click();
  await exporting.choose("Task definitions");
  await folder.show();
  await folder.choose.click();
  await expect(folder.status).toContainText("In step · 3 files written");
  await page.keyboard.press("Escape");
  await designer.kept();
  await page.reload();
  await expect(folder.state).toHaveAccessibleName("Folder infra: permission needed");

  await canvas.select("Worker task");
  await inspector.set("Memory", "1024");
  await designer.kept();
  await folder.state.click();
  await folder.show();
  await expect(folder.status).toContainText("the browser asks for your permission again");
  expect((await folder.files())["worker-task.json"]?.text).not.toContain('"1024"');
  await folder.allow.click();
  await expect(folder.status).toContainText("In step · 1 file written");
  expect((await folder.files())["worker-task.json"]?.text).toContain('"1024"');
});

test("a browser without folders says so and leaves the zip", async ({ designer, page }) => {
  const folder = new FolderFields(page);
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: undefined });
  });
  await designer.open();
  await designer.export.click();
  await folder.show();
  await expect(designer.exporting.dialog).toContainText("does not let a page write into a folder");
  await expect(folder.choose).toBeHidden();
});
