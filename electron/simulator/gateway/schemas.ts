import type { Json, JsonObject } from "./json.ts";

type Parameter = readonly [
  name: string,
  kind: "int" | "string" | "bool" | "map" | "file",
  required: boolean,
  fallback: Json,
  limits?: JsonObject,
];

const range = (min: number, max: number): JsonObject => ({ min, max });
const text = (length: number): JsonObject => ({ length });
const choice = (...keys: readonly string[]): JsonObject => ({
  map: keys.map((key, value) => ({ key, value })),
});
const choiceFrom1 = (...keys: readonly string[]): JsonObject => ({
  map: keys.map((key, i) => ({ key, value: i + 1 })),
});

const modbusOrders: readonly Parameter[] = [
  ["device_degrade", "map", false, 0, choice("off", "on")],
  ["degrade_cycle", "int", false, 2, range(1, 65_535)],
  ["degrade_time", "int", false, 600, range(1, 65_535)],
  ["max_retries", "int", false, 0, range(0, 3)],
  ["retry_interval", "int", false, 0, range(0, 10_000)],
  ["endianess", "map", false, 1, choiceFrom1("ABCD", "BADC", "DCBA", "CDAB")],
  [
    "endianess_64",
    "map",
    false,
    1,
    choiceFrom1("12 34 56 78", "21 43 65 87", "87 65 43 21", "78 56 34 12", "34 12 78 56", "56 78 12 34"),
  ],
  ["address_base", "map", false, 1, choice("protocol", "PLC")],
];

const parameters: Readonly<Record<string, readonly Parameter[]>> = {
  "modbus-tcp": [
    ["connection_mode", "map", true, 0, choice("client", "server")],
    ["host", "string", true, "", text(128)],
    ["port", "int", true, 502, range(1, 65_535)],
    ["timeout", "int", true, 3000, range(1000, 65_535)],
    ["interval", "int", true, 20, range(0, 3000)],
    ["check_header", "map", false, 0, choice("off", "on")],
    ...modbusOrders,
  ],
  "modbus-rtu": [
    ["link", "map", true, 0, choice("serial", "ethernet")],
    ["timeout", "int", true, 3000, range(1000, 30_000)],
    ["interval", "int", true, 20, range(0, 3000)],
    ["device", "string", true, "", text(30)],
    ["stop", "map", true, 0, choice("1", "2")],
    ["parity", "map", true, 0, choice("none", "odd", "even", "mark", "space")],
    [
      "baud",
      "map",
      true,
      4,
      choice(
        "115200",
        "57600",
        "38400",
        "19200",
        "9600",
        "4800",
        "2400",
        "1800",
        "1200",
        "600",
        "300",
        "200",
        "150",
      ),
    ],
    ["data", "map", true, 3, choice("5", "6", "7", "8")],
    ...modbusOrders,
  ],
  mqtt: [
    [
      "version",
      "map",
      false,
      4,
      {
        map: [
          { key: "3.1.1", value: 4 },
          { key: "5.0", value: 5 },
        ],
      },
    ],
    // The dashboard, not the gateway, replaces the variable.
    ["client-id", "string", true, "neuron_$" + "{random_str}", text(255)],
    ["qos", "map", false, 0, choice("0", "1", "2")],
    ["format", "map", true, 0, choice("values", "tags", "ECP", "custom", "protobuf")],
    ["schema", "string", false, "", text(81_960)],
    ["upload_err", "bool", false, true],
    ["enable_topic", "bool", false, true],
    ["write-req-topic", "string", false, "neuron/$" + "{random_str}/write/req", text(255)],
    ["write-resp-topic", "string", false, "neuron/$" + "{random_str}/write/resp", text(255)],
    ["driver-topic-prefix", "string", false, "neuron/$" + "{random_str}", text(128)],
    ["upload_drv_state", "bool", false, false],
    ["upload_drv_state_topic", "string", false, "neuron/$" + "{random_str}/state/update", text(255)],
    ["upload_drv_state_interval", "int", false, 1, range(1, 3600)],
    ["offline-cache", "bool", false, false],
    ["cache-mem-size", "int", false, 1, range(1, 1024)],
    ["cache-disk-size", "int", false, 1, range(1, 10_240)],
    ["cache-sync-interval", "int", false, 100, range(10, 120_000)],
    ["host", "string", true, "broker.emqx.io", text(255)],
    ["port", "int", true, 1883, range(1, 65_535)],
    ["username", "string", false, "", text(255)],
    ["password", "string", false, "", text(255)],
    ["ssl", "bool", false, false],
    ["ca", "file", false, "", text(81_960)],
    ["cert", "file", false, "", text(81_960)],
    ["key", "file", false, "", text(81_960)],
    ["keypass", "string", false, "", text(256)],
  ],
  ekuiper: [
    ["host", "string", true, "0.0.0.0", text(128)],
    ["port", "int", true, 7081, range(1024, 65_535)],
  ],
};

const registerTags: readonly JsonObject[] = [
  ...[3, 4].map((type) => ({ type, regex: "^[0-9]+![3-4][0-9]+(#B|#L|)$" })),
  ...[5, 6, 9].map((type) => ({ type, regex: "^[0-9]+![3-4][0-9]+(#BB|#BL|#LL|#LB|)$" })),
  ...[7, 8, 10].map((type) => ({ type, regex: "^[0-9]+![3-4][0-9]+(#B|#L|#BB|#BL|#LL|#LB|#WS|#WR|)$" })),
  { type: 11, regex: "^[0-9]+!([0-1][0-9]+|[3-4][0-9]+\\.([0-9]|[0-1][0-5]))$" },
  { type: 13, regex: "^[0-9]+![3-4][0-9]+\\.[0-9]+(H|L|D|E|)$" },
  { type: 14, regex: "^[0-9]+![3-4][0-9]+\\.[0-9]+$" },
];

/** The parameter description of a plugin, by its schema's name; undefined for one that is not there. */
export function schemaDocument(schema: string): JsonObject | undefined {
  const list = parameters[schema];
  if (list === undefined) return undefined;
  const document: Record<string, Json> = {};
  if (schema.startsWith("modbus")) {
    document.tag_regex = registerTags;
    document.group_interval = 1000;
  }
  for (const [name, kind, required, fallback, valid] of list) {
    document[name] = {
      name,
      name_zh: name,
      description: name,
      description_zh: name,
      attribute: required ? "required" : "optional",
      type: kind,
      default: fallback,
      valid: valid ?? {},
    };
  }
  return document;
}
