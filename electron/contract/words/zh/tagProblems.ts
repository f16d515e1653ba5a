import { clip } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import * as terms from "./terms.ts";
import { reasonText } from "./texts.ts";

/** What is said of addresses, tags, tables, profiles and thing models. */
export const tagProblems = {
  "address.malformed": (f) => ({
    says: `“${clip(f.text, 40)}”不是此类型的有效地址。`,
    try: `请按 ${f.expected.split(", ").join(" 或 ")} 的形式书写：站号、感叹号、区号和寄存器号。`,
  }),
  "address.unitOutOfRange": (f) => ({
    says: `“${clip(f.text, 40)}”中的站号 ${f.unit} 在 Modbus 中不存在。`,
    try: "站号范围为 1 到 247。",
  }),
  "address.registerOutOfRange": (f) => ({
    says: `“${clip(f.text, 40)}”中的寄存器 ${f.register} 超出范围。`,
    try: "每个区的寄存器为 1 到 65536，包括数值的最后一个寄存器。请检查是否多输了一位。",
  }),
  "address.orderUnfit": (f) => ({
    says: `“${clip(f.text, 40)}”中的字节序 ${f.order} 不适用于类型 ${f.type}。`,
    try: `${terms.ordersFor(f.type)}省略则为常用顺序。`,
  }),
  "address.typeUnfit": (f) => ({
    says: `“${clip(f.text, 40)}”处不能按类型 ${f.type} 读取：${terms.typeReason(f.reason)}。`,
    try: "请改用 bit 类型，或使用寄存器地址：4 区为保持寄存器，3 区为输入寄存器。",
  }),
  "address.ambiguous": (f) => ({
    says: `“${clip(f.text, 40)}”在总线上既可能是寄存器 ${f.printed}，也可能是寄存器 ${f.plain}。`,
    try: "请说明此表的编号方式：首位数字表示区域（如 40001），还是直接就是寄存器号。",
  }),
  "address.rangeUnfit": (f) => ({
    says: `“${clip(f.text, 40)}”共 ${f.registers} 个寄存器，而类型 ${f.type} 需要 ${f.needs} 个。`,
    try: "请与手册核对类型和寄存器数，其中必有一个有误。",
  }),
  "tag.typeUnknown": (f) => ({
    says: `“${clip(f.text, 40)}”不是已知类型。`,
    try: "请使用 int16、uint16、int32、uint32、int64、uint64、float、double、bit、string 或 bytes。",
  }),
  "tag.typeMisread": (f) => ({
    says: `网关接受类型 ${f.type}，但会读错。`,
    try: `请改用 ${terms.typeInstead(f.type)}。`,
  }),
  "tag.nameMissing": () => ({ says: "此标签没有名称。", try: "请取一个在组内唯一的名称。" }),
  "tag.nameTooLong": (f) => ({
    says: `“${clip(f.name, 24)}”长 ${f.bytes} 字节，网关最多保存 ${f.limit} 字节。`,
    try: "请缩短。一个汉字占三个字节。",
  }),
  "tag.duplicate": (f) => ({
    says: `组 ${f.group} 中已有名为 ${f.name} 的标签。`,
    try: "请改名，或移到其他组。",
  }),
  "tag.accessUnfit": (f) => {
    const [says, tryThis] = terms.accessReason(f.reason);
    return { says: `${f.name === "" ? "此标签" : `${f.name} `}的访问方式不合要求：${says}。`, try: tryThis };
  },
  "tag.numberInvalid": (f) => ({
    says: `“${clip(f.text, 40)}”不适合作为此处的数字。`,
    try: "请只写数字，小数用点号。缩放系数不能为 0，精度为 0 到 17；位和文本类型两者都没有。",
  }),
  "tag.lineUnknown": (f) => ({
    says: `此站点没有名为“${f.line}”的线路。`,
    try: "请在“线路”步骤中添加，或更正点表中的名称。",
  }),
  "profile.malformed": (f) => ({
    says: `${f.file} 不是设备模板：${reasonText(f.reason)}。`,
    try: "请对照随 Lastmile 提供的模板旁的 profile.schema.json 检查。",
  }),
  "profile.pointUnfit": (f) => ({
    says: `设备模板 ${f.profile} 的点“${f.point}”${terms.pointReason(f.reason)}。`,
    try: "请按厂家手册更正模板；在此之前不会从中取用标签。",
  }),
  "profile.goldenWrong": (f) => ({
    says: `设备模板 ${f.profile} 中“${f.point}”的示例应得 ${f.expected}，实得 ${f.found || "无"}。`,
    try: "该点的类型、字序或比例与示例不符，请按手册更正其一。",
  }),
  "profile.unknown": (f) => ({
    says: `没有设备模板“${f.profile}”。`,
    try: "请选择列表中的模板，或把模板文件放入站点旁的 device-profiles 文件夹。",
  }),
  "profile.duplicate": (f) => ({
    says: `${f.file} 描述的模板“${f.profile}”已由另一个文件描述。`,
    try: "请为其中一个更换 id。当前使用随 Lastmile 提供的模板。",
  }),
  "profile.scaleUnknown": (f) => ({
    says: `“${f.point}”的比例存放在设备寄存器“${f.from}”中，尚未读取。`,
    try: `请先读取 ${f.from} 并给出其 10 的幂；否则数值会差若干个数量级。`,
  }),
  "thing.malformed": (f) => ({
    says: `此文件既不是物模型也不是物描述：${reasonText(f.reason)}。`,
    try: "请选择导出的物模型文件，或带 Modbus 绑定的 W3C 物描述文件。",
  }),
  "thing.propertyUnfit": (f) => ({
    says: `属性“${clip(f.property, 40)}”无法成为标签：${terms.propertyReason(f.reason)}。`,
    try: "请在文件中更正其 form。其余属性可以取用。",
  }),
  "tag.orderUnknown": (f) => ({
    says: `“${clip(f.text, 40)}”不是含义唯一的字节序。`,
    try: "请写成 ABCD、CDAB、BADC 或 DCBA。各厂家的“小端”可能指 CDAB 或 DCBA，请以手册示例为准。",
  }),
  "tag.scaleDynamic": (f) => ({
    says: `${f.name} 的系数在设备的寄存器 ${f.by} 中，文件里没有。`,
    try: `请从设备读出 ${f.by} 并在导入时填写，或不导入此标签。`,
  }),
  "tag.partUnfit": (f) => ({
    says: `${f.name === "" ? "此行" : clip(f.name, 40)}含有${terms.partName(f.part)}“${clip(f.text, 24)}”，网关的标签无法表示。`,
    try: "请不导入它，或按网关能读取的方式手工添加该标签。",
  }),
  "table.columnMissing": (f) => ({
    says: `点表缺少列：${terms.columnList(f.columns)}。`,
    try: "请在第一行写列名，至少包含名称、地址和类型。",
  }),
  "table.empty": () => ({ says: "点表没有任何行。", try: "请检查选择的文件或工作表是否正确。" }),
  "table.columnUnclear": (f) => ({
    says: `列“${clip(f.columns, 60)}”可能表示乘，也可能表示除。`,
    try: "请把它指定为乘系数或除数，以手册中的示例为准。",
  }),
  "table.choiceMissing": (f) => ({
    says: `点表没有说明${terms.choice(f.what)}，“${clip(f.text, 40)}”是第一个需要它的。`,
    try: `${terms.choiceTry(f.what)}手册开头几页一般有说明。`,
  }),
  "table.damaged": (f) => ({
    says: `此文件无法作为点表读取：${terms.damage(f.reason)}。`,
    try: "请用表格软件或编辑器打开，另存为 XLSX 或 CSV 后再选择。",
  }),
  "table.sheetUnknown": (f) => ({
    says: `文件中没有可见的工作表“${clip(f.sheet, 40)}”。`,
    try: "请按名称选择其中一个工作表；隐藏的工作表不会读取。",
  }),
  "table.cellBroken": (f) => ({
    says: `单元格“${clip(f.text, 40)}”含有错误值或无法识别的字符。`,
    try: "请在表格中改正，或将文件另存为 UTF-8 编码。",
  }),
  "group.intervalTooShort": (f) => ({
    says: `组${f.group === "" ? "" : ` ${f.group} `}不能每 ${f.intervalMs} 毫秒读取一次。`,
    try: `网关要求不小于 ${f.limitMs} 毫秒，请加长采集周期。`,
  }),
  "group.unknown": (f) => ({ says: `没有组“${f.group}”。`, try: "它可能已被删除，请选择列表中的组。" }),
  "value.unfit": (f) => ({
    says: `${clip(f.value, 40)} 不适合类型 ${f.type}。`,
    try: "请输入该类型范围内的值。",
  }),
  "value.notNumber": (f) => ({
    says: f.text === "" ? "没有数值。" : `“${clip(f.text, 40)}”不是数值。`,
    try: "请用数字，小数用点号：4.2。不接受逗号。",
  }),
  "value.unchanged": (f) => ({
    says: `标签已经是 ${clip(f.value, 40)}，写入它不会引起变化。`,
    try: "请另选一个设备可以短时保持的值。",
  }),
  "tags.none": () => ({ says: "此站点没有标签。", try: "请先在“标签”步骤中导入或添加。" }),
} satisfies Partial<ProblemWords>;
