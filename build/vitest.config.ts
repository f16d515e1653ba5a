import { defineConfig } from "vitest/config";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/journeys/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Real ports, brokers and paced lines: more workers than this and timing checks measure the machine.
    maxWorkers: 2,
  },
});
