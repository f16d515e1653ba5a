/**
 * The columns of a tag table, by the names that sheets give them: Neuron's dashboard, vendors' lists in English,
 * Chinese and German, people. The first name of each is the one that problems and our own tables use.
 */
export const columnNames = {
  line: ["line", "node", "driver", "线路", "节点", "驱动", "linie"],
  group: ["group", "tag group", "组", "分组", "组名", "组名称", "gruppe"],
  interval: [
    "interval",
    "interval ms",
    "scan rate",
    "poll interval",
    "采集间隔",
    "采集周期",
    "间隔",
    "abfrageintervall",
  ],
  name: [
    ...[
      "name",
      "tag",
      "tag name",
      "point",
      "point name",
      "parameter",
      "parameter name",
      "signal",
      "signal name",
    ],
    ...[
      "variable",
      "variable name",
      "measurement",
      "名称",
      "点名",
      "点位",
      "点位名称",
      "标签",
      "标签名",
      "标签名称",
    ],
    ...["参数", "参数名称", "信号", "信号名称", "测点", "测点名称", "变量", "变量名", "变量名称"],
    ...["bezeichnung", "messwert", "messgröße", "größe", "parametername"],
  ],
  unitNumber: [
    ...[
      "unit number",
      "unit id",
      "slave",
      "slave id",
      "slave address",
      "slave no",
      "device id",
      "device address",
    ],
    ...["station", "station number", "站号", "从站", "从站号", "从站地址", "从机地址", "设备地址", "设备id"],
    ...["slave adresse", "geräteadresse", "stationsnummer"],
  ],
  area: [
    ...[
      "area",
      "register type",
      "object type",
      "primary table",
      "memory area",
      "区域",
      "寄存器类型",
      "存储区",
    ],
    ...["registertyp", "bereich"],
  ],
  functionCode: [
    ...["function code", "function", "fc", "func", "func code", "modbus function", "read function code"],
    ...["功能码", "功能代码", "funktionscode", "funktion"],
  ],
  address: [
    ...["address", "addr", "register", "register address", "reg", "reg address", "modbus address"],
    ...["modbus register", "register number", "start address", "starting address", "start register"],
    ...["地址", "寄存器", "寄存器地址", "点位地址", "起始地址", "modbus地址", "adresse", "registeradresse"],
    ...["startadresse", "registernummer"],
  ],
  bit: ["bit", "bit number", "bit no", "位", "位号", "比特"],
  length: [
    ...[
      "length",
      "len",
      "size",
      "count",
      "quantity",
      "registers",
      "number of registers",
      "no of registers",
      "words",
    ],
    ...[
      "register count",
      "长度",
      "寄存器数",
      "寄存器个数",
      "寄存器数量",
      "数量",
      "länge",
      "anzahl",
      "anzahl register",
    ],
  ],
  type: [
    "type",
    "data type",
    "datatype",
    "format",
    "data format",
    "类型",
    "数据类型",
    "数据格式",
    "datentyp",
    "typ",
  ],
  order: [
    ...[
      "order",
      "byte order",
      "word order",
      "endian",
      "endianness",
      "swap",
      "字节序",
      "字节顺序",
      "字序",
      "大小端",
    ],
    ...["bytereihenfolge", "wortreihenfolge"],
  ],
  access: [
    ...["attribute", "access", "attributes", "r/w", "rw", "read/write", "access right", "client access"],
    ...["属性", "读写", "读写属性", "读写权限", "读写类型", "权限", "zugriff"],
  ],
  scale: [
    ...["decimal", "scale", "factor", "multiplier", "scale factor", "scaling factor", "resolution"],
    ...["乘系数", "系数", "倍率", "比例", "比例系数", "分辨率", "缩放", "faktor", "skalierung", "auflösung"],
  ],
  divisor: ["divisor", "divide by", "divider", "除数", "teiler"],
  bias: ["bias", "offset", "偏移", "偏移量", "versatz"],
  precision: ["precision", "decimals", "decimal places", "精度", "小数位", "小数位数", "nachkommastellen"],
  unit: ["unit", "units", "eng unit", "eng units", "engineering unit", "uom", "单位", "einheit"],
  description: [
    ...[
      "description",
      "comment",
      "comments",
      "remark",
      "remarks",
      "note",
      "notes",
      "描述",
      "说明",
      "备注",
      "注释",
    ],
    ...["beschreibung", "kommentar", "bemerkung", "anmerkung"],
  ],
  manual: ["manual", "printed address", "manual address", "手册地址"],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof columnNames;
export const columns = Object.keys(columnNames) as Column[];

/** Headers that some vendors multiply with and others divide by. */
const unclearNames: ReadonlySet<string> = new Set(["gain", "增益", "coefficient", "ratio", "verstärkung"]);

const columnOfName: ReadonlyMap<string, Column> = new Map(
  columns.flatMap((column) => columnNames[column].map((name) => [name, column] as const)),
);

/** A header cell: what it names, and what stands in its brackets (`Address (hex)`, `Interval [s]`). */
export interface HeaderName {
  readonly column: Column | undefined;
  readonly isUnclear: boolean;
  readonly hint: string;
}

export function readHeaderName(cell: string): HeaderName {
  const brackets = /[([（【]([^)\]）】]*)[)\]）】]/.exec(cell);
  const hint = (brackets?.[1] ?? "").trim().toLowerCase();
  const name = normalName(brackets ? cell.replace(brackets[0], " ") : cell);
  const column = columnOfName.get(normalName(cell)) ?? columnOfName.get(name) ?? columnOfHint(name, hint);
  return { column, isUnclear: column === undefined && unclearNames.has(name), hint };
}

/** `参数名称 (Parameter)`: the other language stands in brackets. */
function columnOfHint(name: string, hint: string): Column | undefined {
  return name === "" || /[^\x20-\x7e]/.test(name) ? columnOfName.get(normalName(hint)) : undefined;
}

function normalName(cell: string): string {
  return cell
    .trim()
    .toLowerCase()
    .replace(/[\s_\-‐.:：*]+/g, " ")
    .trim();
}

/** Where each known column stands in a header row; the first of two equal ones counts. */
export function findColumns(header: readonly string[]): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  for (const [index, cell] of header.entries()) {
    const { column } = readHeaderName(cell);
    if (column !== undefined && !places.has(column)) places.set(column, index);
  }
  return places;
}
