import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/run-folder.ts",
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    // Most hooks make a warehouse, which on a busy machine takes its time.
    hookTimeout: 60_000,
    // Two cores are the common small machine; more workers only fight over DuckDB's threads and the browser.
    maxWorkers: 2,
  },
});
