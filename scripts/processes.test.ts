import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { run, start, stop } from "./processes.mjs";

describe("processes", () => {
  test("a child ends together with what it started", async () => {
    // The grandchild holds our pipe open for as long as it lives, and does not listen to SIGTERM.
    const grandchild = `process.on("SIGTERM", () => {}); console.log("here"); setInterval(() => {}, 1000);`;
    const program = `
      require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], { stdio: "inherit" });
      setInterval(() => {}, 1000);`;
    const child = start(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    const output = child.stdout ?? expect.fail("the child has no output to read");
    const [said] = await once(output, "data");
    expect(String(said)).toBe("here\n");
    const closed = once(output, "end");

    await stop(child);

    expect(child.signalCode).toBe("SIGTERM");
    await closed;
  });

  test("a command's exit code is what it ended with, 128 and the signal's number when killed", async () => {
    expect(await run(process.execPath, ["-e", "process.exit(3)"])).toBe(3);
    expect(await run(process.execPath, ["-e", "process.kill(process.pid, 'SIGTERM')"])).toBe(143);
  });
});
