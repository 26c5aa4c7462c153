import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    environment: "node",
    // Tests are of pure functions: files may share a worker, which saves loading everything anew for each.
    isolate: false,
    // One worker for each core. Vitest leaves one core to itself, which on two cores is half of the machine idle.
    maxWorkers: availableParallelism(),
    restoreMocks: true,
    include: ["{lib,components,app,scripts}/**/*.test.{ts,tsx}"],
    // Property tests over hundreds of designs need longer than the default of 5 s on a busy two-core machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
