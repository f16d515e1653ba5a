import { expect, test } from "vitest";
import { abilitiesOf } from "#domain/gateway/dialect.ts";

test.each([
  ["Neuron", "2.3.9", false, 100, true, true],
  ["Neuron", "2.4.0", true, 100, true, true],
  ["Neuron", "2.11.9", true, 100, true, true],
  ["Neuron", "2.12.1", true, 100, true, false],
  ["Neuron", "2.13.0", true, 30, true, false],
  ["Neuron", "v2.15.1", true, 30, true, false],
  ["Neuron", "nightly", false, 100, true, true],
  ["NeuronEX", "3.9.0", false, 100, true, true],
  ["NeuronEX", "3.9.1", false, 30, false, false],
  ["NeuronEX", "4", false, 30, false, false],
] as const)("%s %s", (product, version, exportsWhole, shortestIntervalMs, topicSlash, requestSlash) => {
  expect(abilitiesOf(product, version)).toEqual({
    exportsWhole,
    shortestIntervalMs,
    topicSlash,
    requestSlash,
  });
});
