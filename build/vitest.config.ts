import { defineConfig } from "vitest/config";

/** Figures of a line, a link or this machine are measured: beside others they would measure the company. */
const alone = [
  "test/adapters/{modbus,proxy}/**/*.test.ts",
  "test/domain/{link,lint,plan}/**/*.test.ts",
  "test/services/{deadUnits,manyTags,mosquitto,proofAtScale,quality,unplug}.test.ts",
  "test/services/{drill,standin}/**/*.test.ts",
];
const shared = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "together",
          include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
          exclude: ["test/journeys/**", ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { ...shared, name: "alone", include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
