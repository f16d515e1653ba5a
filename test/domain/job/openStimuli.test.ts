import { expect, test } from "vitest";
import { openStimuli } from "#domain/job/openStimuli.ts";

const line = (kind: string, body: Record<string, unknown>) => ({ at: 1, kind: `job.${kind}`, body });
const before = { text: "420", words: [420] };
const intent = (job: string, tag: string) =>
  line("stimulusIntent", { job, tag, before, words: [555], value: "555" });

test("what was written and not put back is left open, however its job ended", () => {
  const lines = [
    line("started", { job: "1", kind: "stimulus" }),
    intent("1", "a/fast/one"),
    line("stimulusRestored", { job: "1", tag: "a/fast/one" }),
    line("ended", { job: "1", state: "done" }),
    intent("2", "a/fast/two"),
    line("ended", { job: "2", state: "failed" }),
    intent("3", "a/fast/three"),
  ];

  expect(openStimuli(lines)).toEqual([
    { job: "2", tag: "a/fast/two", before, words: [555], value: "555" },
    { job: "3", tag: "a/fast/three", before, words: [555], value: "555" },
  ]);
});
