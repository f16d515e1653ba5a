import type { Site } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";

/** A tag with everything plain but what a test is about. */
export function plainTag(given: Partial<Tag> & Pick<Tag, "name">): Tag {
  return {
    line: "l1",
    group: "meter",
    address: { unit: 1, area: "holding", offset: 0 },
    type: "int16",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision: 0,
    unit: "",
    description: "",
    ...given,
  };
}

/** A pumping station with an RS-485 line and a PLC. */
export const pumpSite: Site = {
  id: "nps-07",
  name: "North pumping station",
  path: ["Water", "East", "NPS-07"],
  engineer: "A. Moreau",
  note: "Key at the gate.\nDog is friendly.",
  training: false,
  gateway: { url: "http://192.168.10.1:7000", user: "admin" },
  lines: [
    {
      id: "l1",
      name: "meters",
      kind: "serial",
      port: "/dev/ttyUSB0",
      gatewayPort: "/dev/ttyS0",
      settings: { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 },
      timeoutMs: 300,
      units: [
        { number: 1, name: "feeder", identity: "Acme EM-4 1.2" },
        { number: 2, name: "", identity: "" },
      ],
    },
    { id: "l2", name: "plc", kind: "tcp", host: "192.168.10.20", port: 502, timeoutMs: 3000, units: [] },
    { id: "l3", name: "spare", kind: "tcp", host: "192.168.10.21", port: 502, timeoutMs: 1000, units: [] },
  ],
  groups: [
    { line: "l1", name: "meter", intervalMs: 1000 },
    { line: "l2", name: "pumps", intervalMs: 500 },
  ],
  tags: [
    plainTag({
      name: "voltage",
      address: { unit: 1, area: "holding", offset: 0, order: "BL" },
      type: "float",
      precision: 1,
      unit: "V",
      description: "电压 L1–N",
    }),
    plainTag({
      name: "current",
      address: { unit: 1, area: "input", offset: 7 },
      type: "uint16",
      scale: 0.01,
      unit: "A",
    }),
    plainTag({ name: "alarm", address: { unit: 2, area: "holding", offset: 14, bit: 3 }, type: "bit" }),
    plainTag({
      name: "run",
      line: "l2",
      group: "pumps",
      address: { unit: 1, area: "coil", offset: 0 },
      type: "bit",
      access: ["read", "write"],
    }),
    plainTag({
      name: "serial no",
      line: "l2",
      group: "pumps",
      address: { unit: 1, area: "holding", offset: 20, length: 10, stringOrder: "H" },
      type: "string",
    }),
  ],
  uplink: {
    host: "broker.example",
    port: 8883,
    tls: true,
    ca: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    version: "5",
    clientId: "nps-07",
    username: "nps",
    qos: 1,
    format: "values",
    topic: "lastmile/{site}/{line}/{group}",
  },
};
