import { expect, test } from "vitest";
import { abilitiesOf } from "#domain/gateway/dialect.ts";

test.each([
  ["Neuron", "2.3.9", false, 100, true],
  ["Neuron", "2.4.0", true, 100, true],
  ["Neuron", "2.12.1", true, 100, true],
  ["Neuron", "2.13.0", true, 30, true],
  ["Neuron", "v2.15.1", true, 30, true],
  ["Neuron", "nightly", false, 100, true],
  ["NeuronEX", "3.9.0", false, 100, true],
  ["NeuronEX", "3.9.1", false, 30, false],
  ["NeuronEX", "4", false, 30, false],
] as const)("%s %s", (product, version, exportsWhole, shortestIntervalMs, topicSlash) => {
  expect(abilitiesOf(product, version)).toMatchObject({ exportsWhole, shortestIntervalMs, topicSlash });
});

test.each([
  ["Neuron", "2.11.4", true],
  ["Neuron", "2.12.0", false],
  ["Neuron", "2.15.1", false],
  ["NeuronEX", "3.9.0", true],
  ["NeuronEX", "3.9.1", false],
] as const)("%s %s is asked for reads under a leading slash: %s", (product, version, requestSlash) => {
  expect(abilitiesOf(product, version).requestSlash).toBe(requestSlash);
});
