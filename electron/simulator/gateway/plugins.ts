import type { JsonObject } from "./json.ts";

interface Plugin {
  readonly name: string;
  readonly schema: string;
  readonly nodeType: 1 | 2;
  readonly description: string;
  readonly descriptionZh: string;
}

export const gatewayVersion = "2.15.1";

/** The plugins of the measured gateway, in its order. */
export const plugins: readonly Plugin[] = [
  {
    name: "MQTT",
    schema: "mqtt",
    nodeType: 2,
    description: "Publishes to an MQTT broker.",
    descriptionZh: "向 MQTT 服务器发布数据",
  },
  {
    name: "AWS IoT",
    schema: "aws-iot",
    nodeType: 2,
    description: "Publishes to AWS IoT.",
    descriptionZh: "向 AWS IoT 发布数据",
  },
  {
    name: "Azure IoT",
    schema: "azure-iot",
    nodeType: 2,
    description: "Publishes to Azure IoT.",
    descriptionZh: "向 Azure IoT 发布数据",
  },
  {
    name: "eKuiper",
    schema: "ekuiper",
    nodeType: 2,
    description: "Hands data to eKuiper.",
    descriptionZh: "把数据交给 eKuiper",
  },
  {
    name: "Modbus TCP",
    schema: "modbus-tcp",
    nodeType: 1,
    description: "Reads units over Modbus TCP.",
    descriptionZh: "通过 Modbus TCP 读取设备",
  },
  {
    name: "Modbus RTU",
    schema: "modbus-rtu",
    nodeType: 1,
    description: "Reads units over Modbus RTU.",
    descriptionZh: "通过 Modbus RTU 读取设备",
  },
  {
    name: "File",
    schema: "file",
    nodeType: 1,
    description: "Reads and writes files.",
    descriptionZh: "读写文件",
  },
  {
    name: "Kafka",
    schema: "kafka",
    nodeType: 2,
    description: "Publishes to Kafka.",
    descriptionZh: "向 Kafka 发布数据",
  },
];

export function findPlugin(name: string): Plugin | undefined {
  return plugins.find((plugin) => plugin.name === name);
}

export function printedPlugin(plugin: Plugin): JsonObject {
  return {
    node_type: plugin.nodeType,
    name: plugin.name,
    schema: plugin.schema,
    library: `libplugin-${plugin.schema}.so`,
    description: plugin.description,
    description_zh: plugin.descriptionZh,
    kind: 1,
    version: gatewayVersion,
  };
}
