import { clip } from "../given.ts";

/** Names of things that problems speak of, and what is wrong with a type, an access or a call. */

const names: Readonly<Record<string, string>> = {
  site: "站点",
  line: "线路",
  unit: "从站",
  group: "组",
  tag: "标签",
  topic: "主题",
  "engineering unit": "工程单位",
  description: "描述",
  signer: "签字人",
  clientId: "客户端 ID",
};

export function kind(what: string): string {
  return names[what] ?? "名称";
}

/** Neuron's own node for events, and the one that Lastmile makes. */
export const takenNames: readonly string[] = ["monitor", "uplink"];

/** A group is told apart by its line's id and its name; people know the name. */
export function ownName(what: string, name: string): string {
  return what === "group" ? name.slice(name.indexOf("/") + 1) : name;
}

const cloned: Readonly<Record<string, string>> = {
  id: "站点 ID",
  name: "站点名称",
  file: "文件名",
  clientId: "客户端 ID",
  serial: "网关序列号",
  key: "网关公钥",
  topic: "主题",
};

/** What no two sites of a batch may share. */
export function clonedPart(what: string): string {
  return cloned[what] ?? "名称";
}

const jobs: Readonly<Record<string, string>> = {
  scan: "扫描线路",
  resolve: "解析地址",
  snapshot: "网关快照",
  apply: "下发到网关",
  uplink: "检查上行",
  verify: "核对标签",
  bundle: "生成交接包",
  clone: "批量生成站点",
  report: "生成报告",
};

export function job(name: string): string {
  return jobs[name] ?? "同类任务";
}

export function ordersFor(type: string): string {
  if (type.endsWith("16")) return "16 位类型可用 L 或 B。";
  if (type.endsWith("64") || type === "double") return "64 位类型可用 L、B、LL、LB、BL、BB、WS 或 WR。";
  return "32 位类型可用 LL、LB、BL 或 BB。";
}

export function typeReason(reason: string): string {
  return reason === "bitArea" ? "线圈和离散输入只存放单个位" : `“${reason}”`;
}

const instead: Readonly<Record<string, string>> = {
  bool: "bit",
  word: "uint16",
  dword: "uint32",
  lword: "uint64",
  int8: "int16",
  uint8: "uint16",
};

export function typeInstead(type: string): string {
  return instead[type.toLowerCase()] ?? "int16 或 uint16";
}

const points: Readonly<Record<string, string>> = {
  duplicate: "被描述了两次",
  samePlace: "与另一个点的地址和类型相同",
  address: "的地址与其类型或字节序不符",
  access: "所在位置只能读，却标为可写",
  number: "的类型不能带比例、偏移或小数位",
  sentinel: "的特殊值长度与该点不符",
  tooLong: "超过一次读取的长度",
  unknown: "被引用但没有描述",
};

export function pointReason(reason: string): string {
  return points[reason] ?? "不合要求";
}

const properties: Readonly<Record<string, string>> = {
  noForm: "没有 Modbus form",
  entity: "form 未说明是线圈、离散输入、输入寄存器还是保持寄存器",
  address: "地址或长度超出 Modbus 范围",
  type: "数据类型不是标签可用的类型，或与寄存器不符",
  unit: "缺少从站号，或不在 1 至 247 之间",
  line: "没有指明本站点的线路",
  name: "没有网关可接受的名称",
  duplicate: "与另一个属性同名",
  limits: "名称、单位或描述超过网关可接受的长度，或访问方式与寄存器不符",
};

export function propertyReason(reason: string): string {
  return properties[reason] ?? "不合要求";
}

const readOnly = "请只保留读，或改用手册中可写的线圈或保持寄存器。";

const accesses: Readonly<Record<string, readonly [says: string, tryThis: string]>> = {
  discrete: ["离散输入不能写", readOnly],
  input: ["输入寄存器不能写", readOnly],
  registerBit: ["寄存器中的单个位不能写", "请只保留读，或把整个寄存器作为一个标签来写。"],
  readOnly: ["站点中设为只读", "如果手册允许写入，请在该标签勾选“写”。"],
  none: ["既不读也不写", "请至少选择读。"],
};

export function accessReason(reason: string): readonly [says: string, tryThis: string] {
  return (
    accesses[reason] ?? [
      `不认识“${clip(reason, 24)}”`,
      "请填写 Read、Write、Subscribe（读、写、订阅）中的一个或几个。",
    ]
  );
}

const columnNames: Readonly<Record<string, string>> = { name: "名称", address: "地址", type: "类型" };

export function columnList(columns: string): string {
  return columns
    .split(", ")
    .map((column) => columnNames[column] ?? column)
    .join("、");
}

const choices: Readonly<Record<string, readonly [says: string, tryThis: string]>> = {
  base: ["编号从 0 还是从 1 开始", "请选择首个寄存器的编号：0 或 1。"],
  area: ["编号所在的区域", "请选择保持寄存器、输入寄存器、离散输入或线圈。"],
  unit: ["属于哪个从站", "请选择从站号。"],
  start: ["模型在设备中的起始位置", "请填写模型首个寄存器的总线地址。"],
};

export function choice(what: string): string {
  return choices[what]?.[0] ?? "所需的全部信息";
}

export function choiceTry(what: string): string {
  return choices[what]?.[1] ?? "请为整张表选择。";
}

const damages: Readonly<Record<string, string>> = {
  zip: "表格文件已损坏或不完整",
  encrypted: "文件有密码保护",
  tooLarge: "内容远超一张点表",
  oldExcel: "这是 2007 年以前的表格格式（.xls）",
  json: "不是完整的 JSON",
  yaml: "不是有效的 YAML",
  shape: "其中没有此格式的标签列表",
};

export function damage(reason: string): string {
  return damages[reason] ?? "文件已损坏";
}

const parts: Readonly<Record<string, string>> = {
  scaling: "量程换算",
  registers: "寄存器",
  rule: "解析规则",
  startingAddress: "未加引号的地址",
  count: "位置只有设备才知道的内容",
};

export function partName(part: string): string {
  return parts[part] ?? `字段 ${part} `;
}

/** What to do about an input, by the beginning of its reason. */
export function inputTry(reason: string): string {
  if (reason.startsWith("no such ")) return "请重新加载页面。";
  if (reason.startsWith("no ")) return "请重新开始此操作。";
  return reason.startsWith("larger ") ? "请选择较小的文件，或拆分它。" : "请更正后重试。";
}

/** A wrong call: what is missing, or how it is written; further lines are kept for copying. */
export function usage(reason: string): string {
  const [first = "", ...more] = reason.split("\n");
  return [`${usageClause(first)}。`, ...more].join("\n");
}

const needs: Readonly<Record<string, string>> = {
  "a site file": "站点文件",
  "a file": "文件",
  "an address": "地址",
};

function usageClause(reason: string): string {
  if (reason.startsWith("needs ")) {
    const what = reason.slice("needs ".length);
    return `缺少${needs[what] ?? `参数：${what}`}`;
  }
  const unknown = /^(?:unknown verb|Unknown option) (.+)$/.exec(reason)?.[1];
  if (unknown !== undefined) return `没有命令或选项“${unknown.replace(/^["']|["']$/g, "")}”`;
  const isForm = reason.includes(" | ") || reason.includes("[--");
  return isForm ? `请这样书写：lastmile ${reason}` : `命令不合要求：${reason}`;
}
