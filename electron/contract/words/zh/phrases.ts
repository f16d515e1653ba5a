import type { PhraseCode } from "#domain/phrase.ts";
import { clip, given, listOf, validUntil } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { drill } from "./drill.ts";
import { exceptionName } from "./replies.ts";
import { span } from "./span.ts";
import { verdicts } from "./verdicts.ts";

export const phrases: PhraseWords = {
  "link.none": () => "未设置",
  "link.closed": () => "未使用",
  "link.listening": () => "先听后发",
  "link.free": () => "空闲，可由本机使用",
  "link.taken": (f) => `有另一台主站${given(f.units, (units) => `，正在询问从站 ${listOf(units)}`)}`,
  "link.polled": (f) => `网关正在轮询${given(f.units, (units) => `从站 ${listOf(units)}`)}`,
  "link.lost": () => "已断开",
  "link.signedOut": () => "未登录",
  "link.signedIn": (f) => `已登录${given(f.version, (version) => `，Neuron ${version}`)}`,
  "link.unreachable": () => "没有应答",
  "link.notChecked": () => "未检查",
  "link.checked": (f) => given(f.ms, (ms) => `${ms} 毫秒`) || "已检查",
  "link.checkFailed": () => "检查未通过",

  "port.latencyTimer": (f) =>
    `适配器等待 ${f.ms ?? 16} 毫秒才交出字节：短读取的耗时最多为三倍。请将延时计时器设为 1 毫秒：echo 1 | sudo tee /sys/bus/usb-serial/devices/${f.port ?? "ttyUSB0"}/latency_timer`,

  "doing.listening": (f) => `先听后发${given(f.line, (line) => ` · ${line}`)}`,
  "doing.asking": (f) =>
    `正在询问从站${given(f.unit, (unit) => ` ${unit}`)}${given(f.found, (found) => ` · 已发现 ${found} 个`)}`,
  "doing.askingAgain": (f) =>
    `正在放慢重问无应答的从站${given(f.unit, (unit) => ` ${unit}`)}${given(f.found, (found) => ` · 已发现 ${found} 个`)}`,
  "doing.askingHosts": (f) =>
    `正在搜索网络${given(f.host, (host) => ` · ${host}`)}${given(f.found, (found) => ` · 已发现 ${found} 个`)}`,
  "doing.identifying": (f) => `正在识别从站${given(f.unit, (unit) => ` ${unit}`)}`,
  "doing.readingGateway": () => "正在读取网关当前配置",
  "doing.checkingPlan": () => "正在下发前检查",
  "doing.snapshot": () => "正在保存网关快照",
  "doing.applying": (f) =>
    `正在更改网关配置${given(f.change, (change) => ` · 第 ${change}/${f.changes} 项`)}`,
  "doing.comparing": () => "正在比较网关与站点",
  "doing.waitingForNodes": () => "正在等待网关节点运行并读到数值",
  "doing.changingProgram": () => "正在更改所运行的配置",
  "doing.waitingForProgram": () => "正在等待其连接并运行",
  "doing.rollingBack": () => "正在恢复原配置",
  "doing.uplinkStage": (f) => `正在检查上行${given(f.stage, (stage) => ` · ${stageName(stage)}`)}`,
  "doing.standingIn": (f) => `正在代替网关发布 · ${f.queued ?? 0} 条消息排队`,
  "doing.keeping": (f) => `链路中断 · ${f.queued ?? 0} 条消息已存盘`,
  "doing.collecting": (f) =>
    `正在读取线路、网关和云端${given(f.total, (total) => ` · ${f.same ?? 0} / ${total} 一致`)}`,
  "doing.checkingSites": () => "正在检查表格的每一行",
  "doing.cloning": (f) => `正在写入并签名${given(f.site, (site) => ` · ${clip(site, 40)}`)}`,
  "doing.awaitingChange": (f) => `请现在到设备上改变数值${given(f.tag, (tag) => `：${tag}`)}`,
  "doing.awaitingFarEnds": (f) => `正在等待 ${f.value ?? "该值"} 到达网关和云端`,
  "doing.restoring": (f) => `正在恢复为 ${f.value ?? "原值"}`,
  "doing.downlink": () => "正在通过 MQTT 询问网关",
  "doing.watching": (f) => `正在监听服务器 · ${f.messages ?? 0} 条消息`,
  "doing.adviceSearching": () => "正在测试网络允许会话静默多久",
  "doing.adviceProving": (f) => `正在验证会话保活${given(f.seconds, (s) => `（${s} 秒）`)}`,
  "doing.packing": () => "正在打包并签名",
  "doing.reporting": () => "正在生成报告并签名",
  "doing.printing": () => "正在生成 PDF",
  "doing.stopping": () => "当前交换结束后停止",

  "take.nodeStays": (f) => `节点“${f.node ?? "?"}”（${f.plugin ?? "?"}）原样留在网关上，不属于本站点。`,
  "take.tagKept": (f) =>
    `标签“${f.node ?? "?"} · ${f.tag ?? "?"}”（类型 ${f.type ?? "?"}，${f.address ?? "?"}）超出站点所能表达的内容，按原样保留。`,
  "take.groupKept": (f) =>
    `组“${f.node ?? "?"}/${f.group ?? "?"}”（${f.intervalMs ?? "?"} 毫秒）中没有站点能表达的标签，按原样保留。`,
  "take.groupUnpublished": (f) => `组“${f.node ?? "?"}/${f.group ?? "?"}”未上报，保持不变。`,
  "take.settingsKept": (f) => `节点“${f.node ?? "?"}”中按原样保留的参数：“${f.settings ?? "?"}”。`,
  "take.topicKept": (f) => `组“${f.node ?? "?"}/${f.group ?? "?"}”保留自己的主题“${f.topic ?? "?"}”。`,
  "take.orderWritten": (f) => `节点“${f.node ?? "?"}”有自己的字节序，已改为写在 ${f.tags ?? 0} 个标签上。`,
  "take.secretSealed": (f) =>
    `节点“${f.node ?? "?"}”的${f.what === "key" ? "私钥" : "密码"}存入本机的密码库，不写入站点文件。`,
  "take.secretLeft": (f) => `节点“${f.node ?? "?"}”的机密“${f.what ?? "?"}”未接管。`,

  "stage.validate": () => "离线检查",
  "stage.snapshot": () => "快照",
  "stage.apply": () => "下发",
  "stage.compare": () => "比较",
  "stage.health": () => "节点运行",
  "stage.published": () => "已上报",
  "stage.programUp": () => "连接并运行",
  "stage.rollback": () => "恢复",
  "stage.name": () => "域名解析",
  "stage.tcp": () => "TCP 连通",
  "stage.tls": () => "TLS 加密",
  "stage.connect": () => "MQTT 连接",
  "stage.subscribe": () => "订阅",
  "stage.publish": () => "发布",
  "stage.roundTrip": () => "往返",
  "stage.will": () => "遗嘱消息",
  "stage.retained": () => "保留消息",
  "stage.session": () => "会话保持",
  "stage.keepAlive": () => "保活",
  "stage.payload": () => "最大消息",
  "stage.gatewayLink": () => "网关自身的连接",
  "stage.groups": () => "组数据到达",

  "found.before": (f) => `原值 ${f.value ?? "未知"}`,
  "found.written": () => "从站已接受",
  "found.readBack": (f) => `现值 ${f.value ?? "未知"}`,
  "found.answered": (f) =>
    `${f.value ?? "已应答"}${given(f.topic, (topic) => ` · 应答主题 ${clip(topic, 80)}`)}`,
  "found.changed": (f) => `由 ${f.before ?? "未知"} 变为 ${f.value ?? "未知"}`,
  "found.followed": (f) =>
    `${f.value ?? "该值"} 已到达网关和云端${given(f.ms, (ms) => `，用时 ${span(ms)}`)}`,
  "found.putBack": (f) => `已恢复：${f.value ?? "原值"}`,
  "found.leftAlone": (f) => `此后有人将其设为 ${f.value ?? "其他值"}，未作改动`,

  "doing.hearingSettings": (f) =>
    `正在旁听${given(f.settings, (settings) => `（${settings}）`)}，不发送任何内容`,
  "doing.tryingSettings": (f) =>
    `正在尝试 ${f.settings ?? "参数"}${given(f.unit, (unit) => ` · 询问从站 ${unit}`)}`,
  "doing.readingLength": (f) =>
    `正在读取从站 ${f.unit ?? ""}${given(f.registers, (count) => ` · 每次 ${count} 个寄存器`)}`,
  "doing.readingGap": (f) => `正在以 ${f.gapMs ?? 0} 毫秒的请求间隔读取`,
  "doing.soaking": (f) => `正在长时间观察从站 ${f.unit ?? ""}，共 ${f.minutes ?? 0} 分钟`,
  "doing.resolving": (f) => `正在读取从站 ${f.unit ?? ""} 该地址前后的寄存器`,
  "doing.writing": () => "正在写入并回读",
  "stage.before": () => "写前读取",
  "stage.write": () => "写入",
  "stage.readBack": () => "回读",
  "stage.change": () => "在设备上改变",
  "stage.follow": () => "跟踪到云端",
  "stage.restore": () => "恢复原值",
  "stage.ask": () => "通过 MQTT 询问",

  "evidence.fc43": (f) => `设备自报身份${given(named(f), (name) => `：“${name}”`)}`,
  "evidence.fc17": (f) => `服务器标识相符${given(f.text, (text) => `：“${clip(text, 60)}”`)}`,
  "evidence.sunspec": (f) =>
    `具有 SunSpec 模型${given(f.model, (model) => ` ${model}`)}${given(named(f), (name) => `，自报为“${name}”`)}`,
  "evidence.fingerprint": (f) => `寄存器${given(f.register, (at) => ` ${at} `)}处的内容相符`,
  "evidence.firmware": (f) =>
    `厂家和型号相符${given(named(f), (name) => `（“${name}”）`)}，但固件${given(f.revision, (revision) => ` ${revision} `)}不在模板所述范围内`,
  "cause.none": () => "此从站在该线路上读取良好。",
  "cause.noReply": () => "没有任何应答。请检查电源、端口以及 A/B 是否接反，然后扫描该从站。",
  "cause.settings": () => "有字节但没有完整的帧：波特率或校验位不对。请检测线路参数。",
  "cause.floating": () => "无人通信时仍有字节：总线悬空。请检查偏置电阻和公共地线，然后再次旁听。",
  "cause.secondMaster": () => "线路上有另一台主站在通信。请停止它，或直接旁听它的读取。",
  "cause.echo": () => "适配器回送了我们发出的内容，已自动剔除。如能关闭回显请关闭。",
  "cause.adapterTimer": () =>
    "此从站读取良好，但 USB 适配器会把少量字节攒 16 毫秒才交出：短读取的耗时最多为三倍。请将延时计时器（latency timer）设为 1 毫秒：Windows 在设备管理器的端口设置（高级）中，其他系统在驱动中设置。",
  "cause.duplicate": () => "有两台设备使用此站号。请断开其中一台，重新扫描，再为它改站号。",
  "cause.turnaround": () => "应答的前几个字节损坏：收发切换过早或过晚。请检查适配器的方向控制。",
  "cause.load": (f) =>
    `单独在线时读取良好，线路上有 ${f.units ?? "多"} 台从站时读取不良：负载过重、供电不足或终端电阻过多。请断电测量 A、B 之间应为 60 欧姆，然后逐台接回。`,
  "cause.noise": () =>
    "错误随帧长增加：存在干扰、缺少终端电阻或分支过长。请在两端接 120 欧姆后重新评定；若无改善，请让它单独在线再评定。",
  "cause.gap": (f) =>
    `请求之间需要停顿${given(f.gapMs, (ms) => ` ${ms} 毫秒`)}才会应答。请在请求之间留出这段时间。`,
  "cause.gapAfter": (f) =>
    `在${given(f.unit, (unit) => `从站 ${unit} `) || "其他从站"}应答之后${given(f.gapMs, (ms) => ` ${ms} 毫秒内`)}的请求会被漏掉：它需要更长的帧间静默。请在请求之间留出这段时间。`,
  "cause.died": (f) =>
    `应答了${span(f.afterMs)}后不再应答。请断电重启：若能恢复，是从站固件死机。可用长时间测试查明多久发生一次。`,
  "cause.silences": (f) =>
    `所有帧都完整，但 ${f.asked ?? "若干"} 次读取中有 ${f.silent ?? "若干"} 次没有应答。从站有时过忙：请延长超时时间后重新测量。`,
  "cause.slow": (f) => `有时应答较慢${given(f.p99, (ms) => `，最长 ${ms} 毫秒`)}。请延长超时时间。`,
  "cause.unknown": () => "帧出错但看不出原因。请让该从站单独在线读取，再逐台接回其他设备。",

  "lineCause.good": (f) => `${f.units ?? "全部"} 台从站均读取良好：线路合格。`,
  "lineCause.slow": (f) =>
    `${f.units ?? "全部"} 台从站的帧都完整，但从站 ${listOf(f.slow)} 有时应答较慢。请延长线路的超时时间。`,
  "lineCause.oneUnit": (f) =>
    `${f.units ?? "全部"} 台中只有从站 ${f.unit ?? ""} 读取不良：线路本身没有问题。请检查该从站、它的分支线和站号。`,
  "lineCause.some": (f) =>
    `${f.units ?? "全部"} 台中从站 ${listOf(f.bad)} 读取不良，其余良好。请检查它们共用的那段电缆及其末端。`,
  "lineCause.all": (f) =>
    `${f.units ?? "全部"} 台从站都读取不良，且原因不一。请只保留最近的一台，单独评定，再逐台接回。`,
  "lineCause.unfinished": (f) =>
    `${f.units ?? "全部"} 台从站已评定 ${f.certified ?? 0} 台，没有不良。请评定其余从站。`,

  "found.garbled": (f) =>
    `站号 ${f.unit ?? ""}：有应答，但没有一帧是完整的。可能有两台设备共用此站号，或线路上有干扰。`,
  "found.twice": (f) =>
    `站号 ${f.unit ?? ""} 对一次询问应答了两次：有两台设备共用此站号，请更改其中一台的站号。`,
  "found.oneForAll": () =>
    "所有站号都有应答：这其实是同一台设备。只需按手册中的站号（通常为 1 或 255）添加一次。",
  "found.goOn": (f) => `继续询问剩余站号：--units ${f.units ?? ""}`,
  "found.addresses": (f) => `${given(f.addresses, (addresses) => `地址 ${listOf(addresses)}`) || "已解析"}`,
  "found.open": (f) => `端口${given(f.port, (port) => ` ${port} `)}已开放`,
  "found.tlsOff": () => "未启用 TLS：途中任何人都能读到数据",
  "found.tls": (f) =>
    `${f.protocol || "TLS"}${given(f.subject, (subject) => ` · ${clip(subject, 60)}`)}${given(validUntil(f.until), (day) => ` · 有效期至 ${day}`) || " · 已加密"}`,
  "found.connected": (f) =>
    `已接受${given(f.ms, (ms) => `，${ms} 毫秒`)}${given(f.version, (version) => ` · MQTT ${version}`)}`,
  "found.subscribed": (f) => `允许读取${given(f.topics, (topics) => ` ${topics} 个主题`)}`,
  "found.published": (f) => `第二个客户端已收到${given(f.topics, (topics) => ` · ${topics} 个主题`)}`,
  "found.willSeen": (f) => `客户端消失${given(f.ms, (ms) => ` ${span(ms)}`)}后已发出通知`,
  "found.retained": () => "已保留、已转交，并已清除",
  "found.retainsNothing": () => "服务器声明不支持保留消息",
  "found.sessionKept": () => "离线期间的消息已在等待",
  "found.keepAliveKept": (f) =>
    `静默的客户端${given(f.ms, (ms) => ` ${span(ms)}`)}后被断开${given(f.seconds, (seconds) => `（保活时间 ${seconds} 秒）`)}`,
  "found.keepAliveSet": (f) => `由服务器指定${given(f.seconds, (seconds) => `：${seconds} 秒`)}`,
  "found.payload": (f) =>
    `${size(f.bytes)} 已到达${given(f.limit, (limit) => ` · 上限 ${size(limit)}`)}${given(f.needed, (needed) => ` · 本站需要 ${size(needed)}`)}`,
  "note.expires": (f) =>
    `${given(f.subject, (subject) => `${clip(subject, 50)} 的证书`) || "证书"}将${given(f.days, (days) => `在 ${days} 天后`)}过期${given(f.until, (day) => `（${day}）`)}。请在离开现场之前更新。`,
  "note.addressHasNoName": () =>
    "主机是 IP 地址：Neuron 不会核对名称，会接受该 CA 签发的任何证书。请改用服务器名称。",
  "note.token": (f) =>
    `密码是一个令牌${given(f.subject, (subject) => `（主体 ${clip(subject, 40)}）`)}${given(f.until, (until) => `，有效期至 ${until}，网关无法自行更新，到期后服务器不再接受`)}。其内容：${clip(f.claims, 120)}。`,
  "note.nagle": (f) =>
    `链路本身只需 ${f.pingMs ?? "几"} 毫秒；其余时间${given(f.ms, (ms) => `（共 ${ms} 毫秒）`)}是服务器积攒小数据包所致（Nagle 算法）。mosquitto 请设置 set_tcp_nodelay true。`,
  "note.gatewayWithoutWebSocket": () => "Neuron 不支持 WebSocket：网关需要使用服务器的 TCP 或 TLS 端口。",
  "found.roundTrips": (f) =>
    `${given(f.count, (count) => `${count} 条消息返回`) || "已返回"}${given(f.p50, (ms) => ` · 半数低于 ${ms} 毫秒`)}${given(f.max, (ms) => `，最慢 ${ms} 毫秒`)}${given(f.pingMs, (ms) => ` · 链路 ${ms} 毫秒`)}`,
  "found.gatewayLinked": () => "网关已连上此服务器",
  "found.gatewayNotLinked": () => "网关没有连上此服务器",
  "found.gatewaySkipped": () => "未检查：需要已登录且已连接的网关",
  "found.groupsHeard": (f) => `收到 ${f.heard ?? 0} / ${f.total ?? 0} 个组的数据`,
  "found.groupsSilent": (f) => `没有收到数据${given(f.groups, (groups) => `：${clip(listOf(groups), 80)}`)}`,
  "found.valid": (f) =>
    `符合网关要求${given(f.tags, (tags) => ` · ${tags} 个标签`)}${given(f.nodes, (nodes) => ` · ${nodes} 个节点`)}`,
  "found.snapshot": (f) =>
    `已保存${given(f.nodes, (nodes) => ` · ${nodes} 个节点`)}${given(f.digest, (digest) => ` · ${digest}`)}`,
  "found.applied": (f) => `已接受${given(f.changes, (changes) => ` · ${changes} 项更改`)}`,
  "found.equal": (f) => `运行内容与设计完全一致${given(f.digest, (digest) => ` · ${digest}`)}`,
  "found.healthy": (f) => `所有节点均在运行${given(f.reads, (reads) => ` · 读到 ${reads} 个值`)}`,
  "found.publishSeen": (f) => given(f.topic, (topic) => `已在“${clip(topic, 60)}”上收到`) || "已上报",
  "found.publishNotLooked": () => "未检查：本机连不上服务器",
  "found.restored": () => "已恢复运行原配置",
  "found.programSnapshot": (f) => `已保存${given(f.digest, (digest) => `，摘要 ${digest}`)}`,
  "found.programValid": (f) => `${f.differences ?? 0} 处不同`,
  "found.programChanged": (f) => `已更改 ${f.calls ?? 0} 处`,
  "found.programRestored": () => "已恢复运行原配置",
  "found.bridgeUp": (f) => given(f.bridge, (name) => `“${name}”已连接`) || "已连接",
  "found.bridgeGone": () => "本站点的桥接已全部移除",
  "found.rulesUp": (f) => `${f.rules ?? 0} 条规则正在运行`,

  ...drill,
  ...verdicts,

  "sparkplug.noBirth": (f) => `${clip(f.node ?? "节点", 60)} 的数据先于出生消息到达，别名对应的名称未知。`,
  "sparkplug.dead": (f) => `${clip(f.node ?? "节点", 60)} 已离线。`,
  "sparkplug.seqGap": (f) =>
    `${clip(f.node ?? "节点", 60)} 有消息丢失${given(f.seen, (seen) => `：应为 ${f.expected ?? "?"}，收到 ${seen}`)}。`,
  "sparkplug.aliasUnknown": (f) => `${clip(f.node ?? "节点", 60)} 的出生消息中没有别名 ${f.alias ?? "?"}。`,
  "wire.read": (f) => `读${area(f.area)} ${range(f)}`,
  "wire.registers": (f) => `${f.count ?? 0} 个寄存器`,
  "wire.bits": (f) => `${f.count ?? 0} 位`,
  "wire.write": (f) => `写${area(f.area)} ${range(f)}`,
  "wire.written": (f) => `已写${area(f.area)} ${range(f)}`,
  "wire.exception": (f) => given(f.exception, (code) => `拒绝：${exceptionName(Number(code))}`) || "拒绝",
  "wire.identify": () => "询问身份",
  "wire.identity": (f) => `身份${given(f.identity, (text) => ` · ${text}`)}`,
  "wire.other": (f) => `功能码 ${f.function ?? ""}`,
  "wire.badCrc": (f) => `CRC 错误${given(f.bytes, (bytes) => ` · ${bytes} 字节`)}`,
  "wire.noise": (f) => `杂散字节${given(f.bytes, (bytes) => ` · ${bytes}`)}`,
  "wire.publish": (f) => `发布 ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
  "wire.message": (f) => `消息 ${f.topic ?? ""}${given(f.bytes, (bytes) => ` · ${bytes} B`)}`,
};

function size(bytes: string | number | undefined): string {
  const count = Number(bytes ?? 0);
  return count < 10_000 ? `${count} B` : `${Math.round(count / 1024)} KiB`;
}

const areas: Readonly<Record<string, string>> = {
  coil: "线圈",
  discrete: "离散输入",
  input: "输入寄存器",
  holding: "保持寄存器",
};

function area(name: string | number | undefined): string {
  return areas[String(name)] ?? "";
}

/** `0–9`, or `7` alone. Offsets are 0-based, as on the wire. */
function range(f: Readonly<Record<string, string | number>>): string {
  if (f.from === undefined) return "";
  return f.to === undefined || f.to === f.from ? String(f.from) : `${f.from}–${f.to}`;
}

/** A stage's name inside a sentence; its code comes as a fact. */
function stageName(stage: string | number): string {
  return Object.hasOwn(phrases, stage) ? phrases[stage as PhraseCode]({}) : String(stage);
}

function named(f: Readonly<Record<string, string | number | undefined>>): string {
  return [f.vendor, f.product].filter((one) => one !== undefined && one !== "").join(" ");
}
