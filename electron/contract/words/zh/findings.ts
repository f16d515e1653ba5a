import { clip } from "../given.ts";
import type { FindingWords } from "../say.ts";
import * as terms from "./terms.ts";

export const findings: FindingWords = {
  "tag.address.alias": (f) => ({
    says: `“${clip(f.text, 40)}”从寄存器 0 算起，网关会把它当作寄存器 1 读取。`,
    try: "请按说明书从 1 开始填写寄存器号；若说明书从 0 开始编号，请加一。",
  }),
  "tag.address.unit": (f) => ({
    says: `“${clip(f.text, 40)}”中的站号 ${f.unit} 不存在，网关实际会询问 ${f.becomes} 号从站。`,
    try: "请填写从站自己的站号，范围 1 到 247。",
  }),
  "tag.address.junk": (f) => ({
    says: `网关会忽略“${clip(f.text, 40)}”末尾的多余内容，只读取前面的部分。`,
    try: "请删除多余内容，或写清所要的字节序、位号或长度。",
  }),
  "tag.address.unfit": (f) => ({
    says: `“${clip(f.text ?? f.name, 40)}”不是${f.type === undefined ? "此" : ` ${f.type} `}类型的有效地址。`,
    try: "请编辑该标签：站号、区号、寄存器号，以及与类型相符的字节序、位号或长度。",
  }),
  "tag.address.twoTypes": (f) => ({
    says: `${clip(f.name, 24)} 与 ${clip(f.other, 24)} 以两种方式读取 ${f.address}，其中一个有误。`,
    try: "请对照设备显示值解析该地址，并删除错误的标签。",
  }),
  "tag.address.overlap": (f) => ({
    says: `${clip(f.name, 24)}（${f.address}）落在 ${clip(f.other, 24)} 占用的寄存器之内。`,
    try: "请对照说明书检查：32 位数值占两个寄存器，64 位占四个。",
  }),
  "tag.type.misread": (f) => ({
    says: `网关接受 ${clip(f.name, 24)} 的 ${f.type} 类型，但读出的值是错的。`,
    try: `请改用 ${terms.typeInstead(String(f.type))}。`,
  }),
  "tag.access.readOnly": (f) => ({
    says: `${clip(f.name, 24)} 不能写入：${terms.accessReason(String(f.reason))[0]}。`,
    try: "请去掉写权限。",
  }),
  "tag.access.none": (f) => ({
    says: `${clip(f.name, 24)} 既不读也不写。`,
    try: "请加上读权限，或删除该标签。",
  }),
  "tag.access.unknown": (f) => ({
    says: `${clip(f.name, 24)} 的属性 ${f.attribute} 对此网关没有意义。`,
    try: "请使用 1（读）、2（写）、4（变化上报）或它们之和。",
  }),
  "tag.access.writeOnly": (f) => ({
    says: `${clip(f.name, 24)}（${f.address}）只能写入，却在每轮中被读取。`,
    try: "请去掉读权限，否则设备会拒绝整条请求。",
  }),
  "tag.string.odd": (f) => ({
    says: `文本 ${clip(f.name, 24)} 长 ${f.length} 字节；网关按整寄存器读取，会多显示一个字节。`,
    try: "请把长度改为偶数。",
  }),
  "tag.value.past53": (f) => ({
    says: `${clip(f.name, 24)} 为 ${f.type} 类型：超过 9007199254740992 时，多数云端程序会丢失位数。`,
    try: "请确认接收方能处理 64 位整数，或在设备中缩放。",
  }),
  "tag.precision.missing": (f) => ({
    says: `${clip(f.name, 24)} 未设置精度，网关只会发送约六位有效数字。`,
    try: "请设置小数位数，例如 3 位。",
  }),
  "tag.scale.noUnit": (f) => ({
    says: `${clip(f.name, 24)} 按 ${f.scale} 缩放，但没有工程单位，无法得知换算成了什么。`,
    try: "请填写单位，例如 V、kW 或 °C。",
  }),
  "tag.bias.write": (f) => ({
    says: `${clip(f.name, 24)} 写入时不计偏移：网关读取时加上 ${f.bias}，写入时并不减去。`,
    try: "请去掉写权限，或通过另一个不带偏移的标签写入。",
  }),
  "tag.number.invalid": (f) => ({
    says: `${clip(f.name, 24)} 的某个数字参数与其类型不符。`,
    try: "倍率不能为 0，精度为 0 到 17；位、文本和字节类型没有倍率和偏移。",
  }),
  "tag.name.duplicate": (f) => ({
    says: `组 ${clip(f.group, 24)} 中有两个名为 ${clip(f.name, 24)} 的标签。`,
    try: "请重命名其中一个，或移到其他组。",
  }),
  "tag.name.missing": () => ({ says: "有一个标签没有名称。", try: "请填写一个组内唯一的名称。" }),
  "tag.name.long": (f) => ({
    says: `名称“${clip(f.name, 24)}”超过了网关可保存的 127 字节。`,
    try: "请缩短名称。一个汉字占三个字节。",
  }),
  "tag.description.long": (f) => ({
    says: `${clip(f.name, 24)} 的描述超过了网关可保存的 255 字节。`,
    try: "请缩短描述。一个汉字占三个字节。",
  }),
  "tag.unit.long": (f) => ({
    says: `${clip(f.name, 24)} 的工程单位超过了网关可保存的 15 字节。`,
    try: "请缩短工程单位。",
  }),
  "tag.profile.outside": (f) => ({
    says: `设备档案中没有 ${f.address} 这个地址，而 ${clip(f.name, 24)} 正读取此处。`,
    try: "请对照说明书检查：可能差一个寄存器，或属于另一型号。",
  }),
  "tag.sentinel.undeclared": (f) => ({
    says: `${clip(f.name, 24)} 在寄存器为 ${f.words}（表示无数值）时仍会作为数字上报。`,
    try: "请在“规则”步骤中过滤该值。",
  }),
  "read.block.twice": (f) => ({
    says: `组 ${clip(f.group, 24)} 与 ${clip(f.other, 24)} 重复读取 ${f.count} 处，例如 ${clip(f.name, 24)}。`,
    try: "请让每个寄存器只属于一个组，否则线路会被重复占用。",
  }),
  "read.gap.forbidden": (f) => ({
    says: `跨空隙读取 ${f.unit} 号从站会碰到寄存器 ${register(f.from)}${f.to === f.from ? "" : ` 到 ${register(f.to)}`}，设备会拒绝。`,
    try: "此处无需处理：Lastmile 和网关都会避开。其他主站也必须避开。",
  }),
  "group.unknown": (f) => ({
    says: `${clip(f.name, 24)} 所在的组 ${clip(f.group, 24)} 没有建立，网关会按 100 毫秒读取它。`,
    try: "请按所需间隔建立该组。",
  }),
  "group.name.long": (f) => ({
    says: `组名“${clip(f.group ?? f.name, 24)}”超过了网关可保存的 127 字节。`,
    try: "请缩短名称。一个汉字占三个字节。",
  }),
  "group.interval.infeasible": (f) => ({
    says: `组 ${clip(f.group, 24)} 无法每 ${f.intervalMs} 毫秒读取一次：线路 ${clip(f.line, 24)} 约需 ${f.periodMs} 毫秒。`,
    try: `请改为 ${f.leastMs} 毫秒或更长${f.tags ? `，或只保留约 ${f.tags} 个标签` : ""}${f.baudRate ? `，或改用 ${f.baudRate} 波特率` : ""}。`,
  }),
  "group.interval.late": (f) => ({
    says: `组 ${clip(f.group, 24)} 偶尔会漏掉一轮：另一组占用线路 ${clip(f.line, 24)} 的时间超过 ${f.intervalMs} 毫秒。`,
    try: `请改为 ${f.leastMs} 毫秒或更长，或拆分耗时较长的组。`,
  }),
  "group.interval.minimum": (f) => ({
    says: `组 ${clip(f.group, 24)} 无法每 ${f.intervalMs} 毫秒读取一次：此网关最短为 ${f.leastMs} 毫秒。`,
    try: `请改为 ${f.leastMs} 毫秒或更长。`,
  }),
  "line.groups.limit": (f) => ({
    says: `线路 ${clip(f.line, 24)} 有 ${f.count} 个组，网关最多支持 ${f.limit} 个。`,
    try: "请把读取间隔相同的标签合并到一个组。",
  }),
};

/** As manuals print it, from 1. */
function register(offset: string | number | undefined): number {
  return Number(offset) + 1;
}
