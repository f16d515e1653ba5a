import { given } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { exceptionName } from "./causes.ts";

export const phrases: PhraseWords = {
  "link.none": () => "未设置",
  "link.closed": () => "未使用",
  "link.listening": () => "先听后发",
  "link.free": () => "空闲，可由本机使用",
  "link.taken": (f) => `有另一台主站${given(f.units, (units) => `，站号 ${units}`)}`,
  "link.lost": () => "已断开",
  "link.signedOut": () => "未登录",
  "link.signedIn": (f) => `已登录${given(f.version, (version) => `，Neuron ${version}`)}`,
  "link.unreachable": () => "没有应答",
  "link.notChecked": () => "未检查",
  "link.checked": (f) => `已检查${given(f.ms, (ms) => ` · ${ms} 毫秒`)}`,
  "link.checkFailed": () => "检查未通过",

  "doing.listening": () => "先听后发，确认线路上没有另一台主站",
  "doing.asking": (f) => `正在询问站号 ${f.unit}${given(f.found, (found) => ` · 已发现 ${found} 个`)}`,
  "doing.identifying": (f) => `正在识别站号 ${f.unit}`,
  "doing.readingGateway": () => "正在读取网关当前配置",
  "doing.checkingPlan": () => "正在下发前检查",
  "doing.snapshot": () => "正在保存网关快照",
  "doing.applying": () => "正在向网关下发配置",
  "doing.comparing": () => "正在比较网关与站点",
  "doing.waitingForNodes": (f) => `正在等待网关节点运行${given(f.node, (node) => ` · ${node}`)}`,
  "doing.rollingBack": () => "正在恢复原配置",
  "doing.uplinkStage": (f) => `正在检查上行${given(f.stage, (stage) => ` · ${stage}`)}`,
  "doing.collecting": (f) =>
    `正在读取线路、网关和云端${given(f.attempt, (attempt) => ` · 第 ${attempt} 轮`)}`,
  "doing.packing": () => "正在打包并签名",
  "doing.stopping": () => "当前交换结束后停止",

  "stage.validate": () => "离线检查",
  "stage.snapshot": () => "快照",
  "stage.apply": () => "下发",
  "stage.compare": () => "比较",
  "stage.health": () => "节点运行",
  "stage.rollback": () => "恢复",
  "stage.name": () => "域名",
  "stage.tcp": () => "连通",
  "stage.tls": () => "TLS",
  "stage.connect": () => "MQTT 连接",
  "stage.subscribe": () => "订阅",
  "stage.roundTrip": () => "往返",
  "stage.gatewayLink": () => "网关自身的连接",
  "stage.groups": () => "组数据到达",

  "found.addresses": (f) => given(f.addresses, String) || "已解析",
  "found.open": (f) => `端口已开放${given(f.port, (port) => `，${port}`)}`,
  "found.tlsOff": () => "未启用 TLS：途中任何人都能读取",
  "found.tls": (f) =>
    `${f.protocol ?? "TLS"}${given(f.subject, (subject) => ` · ${subject}`)}${given(f.days, (days) => ` · 有效期还有 ${days} 天`)}`,
  "found.connected": (f) => `已接受${given(f.ms, (ms) => `，${ms} 毫秒`)}`,
  "found.subscribed": (f) => `允许读取${given(f.topic, (topic) => ` ${topic}`)}`,
  "found.roundTrips": (f) =>
    `${given(f.count, (count) => `${count} 条消息返回`) || "已返回"}${given(f.ms, (ms) => ` · ${ms} 毫秒`)}`,
  "found.gatewayLinked": () => "网关已连接此服务器",
  "found.gatewayNotLinked": () => "网关未连接此服务器",
  "found.gatewaySkipped": () => "尚未登录网关",
  "found.groupsHeard": (f) => `收到 ${f.heard ?? f.groups ?? f.count ?? 0} 个组`,
  "found.groupsSilent": (f) =>
    `没有收到数据${given(f.groups ?? f.silent ?? f.count, (groups) => `：${groups}`)}`,
  "found.valid": (f) => `符合网关要求${given(f.tags, (tags) => ` · ${tags} 个点位`)}`,
  "found.snapshot": (f) =>
    `已保存${given(f.nodes, (nodes) => ` · ${nodes} 个节点`)}${given(f.tags, (tags) => ` · ${tags} 个点位`)}`,
  "found.applied": (f) => `已接受${given(f.tags, (tags) => ` · ${tags} 个点位`)}`,
  "found.equal": () => "运行内容与设计完全一致",
  "found.healthy": (f) => `${given(f.nodes, (nodes) => `${nodes} 个节点`)}运行且已连接`,
  "found.restored": () => "已恢复运行原配置",

  "verdict.waiting": () => "等待三处都有数值。",
  "verdict.same": () => "线路、网关和云端的数值相同。",
  "verdict.scale": (f) =>
    `${where(f.where)}的数值是线路的${given(f.factor, (factor) => ` ${factor} `) || "若干"}倍。缩放做了两次或没有做。`,
  "verdict.wordOrder": () => "线路与网关之间字序相反：此点位的字节序有误。",
  "verdict.sign": () => "符号丢失：类型的有无符号与设备不一致。",
  "verdict.precision": () => "途中位数被截断：精度或类型对此数值太小。",
  "verdict.stale": (f) =>
    `云端显示的是旧值${given(f.ageMs ?? f.ms, (ms) => `，落后 ${Math.round(Number(ms) / 100) / 10} 秒`)}。`,
  "verdict.swapped": (f) => `此数值属于另一个点位${given(f.tag ?? f.other, (tag) => `：${tag}`)}。`,
  "verdict.differs": () => "数值不同，缩放、字序和符号都不能解释。",
  "verdict.wireSilent": (f) => `站号${given(f.unit, (unit) => ` ${unit} `)}在线路上没有应答。`,
  "verdict.gatewayError": (f) => `网关报告此点位出错${given(f.error, (error) => `（${error}）`)}。`,
  "verdict.gatewayMissing": () => "网关没有此点位。",
  "verdict.cloudMissing": () => "云端没有收到此点位的数据。",
  "verdict.cloudError": (f) => `云端消息中是错误而不是数值${given(f.error, (error) => `（${error}）`)}。`,

  "wire.read": (f) => `读${area(f.area)} ${range(f)}`,
  "wire.registers": (f) => `${f.count ?? 0} 个寄存器`,
  "wire.bits": (f) => `${f.count ?? 0} 位`,
  "wire.write": (f) => `写${area(f.area)} ${range(f)}`,
  "wire.written": (f) => `已写${area(f.area)} ${range(f)}`,
  "wire.exception": (f) => `拒绝：${exceptionName(Number(f.exception))}`,
  "wire.identify": () => "询问身份",
  "wire.identity": (f) => `身份${given(f.identity, (text) => ` · ${text}`)}`,
  "wire.other": (f) => `功能码 ${f.function}`,
  "wire.badCrc": (f) => `CRC 错误${given(f.bytes, (bytes) => ` · ${bytes} 字节`)}`,
  "wire.noise": (f) => `杂散字节${given(f.bytes, (bytes) => ` · ${bytes}`)}`,
  "wire.publish": (f) => `发布 ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
  "wire.message": (f) => `消息 ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
};

const areas: Readonly<Record<string, string>> = {
  coil: "线圈",
  discrete: "离散输入",
  input: "输入寄存器",
  holding: "保持寄存器",
};

const places: Readonly<Record<string, string>> = { wire: "线路", gateway: "网关", cloud: "云端" };

function area(name: string | number | undefined): string {
  return areas[String(name)] ?? "";
}

function where(name: string | number | undefined): string {
  return places[String(name)] ?? "远端";
}

/** `0–9`, or `7` alone. Offsets are 0-based, as on the wire. */
function range(f: Readonly<Record<string, string | number>>): string {
  if (f.from === undefined) return "";
  return f.to === undefined || f.to === f.from ? String(f.from) : `${f.from}–${f.to}`;
}
