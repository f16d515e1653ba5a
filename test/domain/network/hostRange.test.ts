import { expect, test } from "vitest";
import { hostsOf, isPrivate, parseHostRange, proposedRange } from "#domain/network/hostRange.ts";

const hosts = (text: string) => {
  const range = parseHostRange(text);
  return range.ok ? hostsOf(range.value) : range.problem.code;
};

test.each([
  ["192.168.1.8/30", ["192.168.1.9", "192.168.1.10"]],
  ["192.168.1.9/30", ["192.168.1.9", "192.168.1.10"]],
  ["192.168.1.8/31", ["192.168.1.8", "192.168.1.9"]],
  ["10.0.0.255-10.0.1.1", ["10.0.0.255", "10.0.1.0", "10.0.1.1"]],
  ["10.0.0.7 - 9", ["10.0.0.7", "10.0.0.8", "10.0.0.9"]],
  ["127.0.0.5", ["127.0.0.5"]],
])("%s names its hosts", (text, expected) => {
  expect(hosts(text)).toEqual(expected);
});

test("a /22 is the largest range", () => {
  expect(hosts("10.1.0.0/22")).toHaveLength(1022);
  expect(hosts("10.1.0.0-10.1.3.255")).toHaveLength(1024);
  for (const text of ["10.1.0.0/21", "10.1.0.0-10.1.4.0", "0.0.0.0/0"])
    expect(hosts(text)).toBe("network.rangeTooLarge");
});

test.each([
  "",
  "192.168.1",
  "192.168.1.256",
  "10.0.0.9-10.0.0.8",
  "10.0.0.0/33",
  "10.0.0.0/",
  "plc.local",
  "1.2.3.4/2.5",
])("%j is no range", (text) => {
  expect(hosts(text)).toBe("network.rangeInvalid");
});

test.each([
  ["10.9.0.0/24", true],
  ["172.31.255.0/24", true],
  ["172.32.0.0/24", false],
  ["192.168.255.250-192.169.0.1", false],
  ["127.0.0.0/28", true],
  ["8.8.8.8", false],
])("%s is a private network: %s", (text, expected) => {
  const range = parseHostRange(text);
  expect(range.ok && isPrivate(range.value)).toBe(expected);
});

test("what is proposed for this machine's network is never more than one search", () => {
  expect(proposedRange("192.168.1.77", 24)).toBe("192.168.1.0/24");
  expect(proposedRange("10.20.30.40", 8)).toBe("10.20.30.0/24");
  expect(proposedRange("10.20.30.40", 22)).toBe("10.20.28.0/22");
  expect(proposedRange("10.0.0.5", 32)).toBe("10.0.0.5/32");
});
