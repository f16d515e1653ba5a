import { clip, given, isWindowsPort, listOf } from "../given.ts";
import type { FaultWords } from "../say.ts";
import * as causes from "./causes.ts";
import { failureClause } from "./clauses.ts";
import * as identity from "./identity.ts";
import * as programs from "./programs.ts";
import * as replies from "./replies.ts";
import { span } from "./span.ts";
import { fileReason, secretsReason } from "./storage.ts";
import { reasonText } from "./texts.ts";
import * as uplink from "./uplinkCauses.ts";

export const faults: FaultWords = {
  "line.silent": (f) => ({
    says: `从站 ${f.unit} 在 ${span(f.afterMs)}内没有应答。`,
    try: "请检查站号和电源；RS-485 线路再检查波特率、校验位和 A/B 接线。",
  }),
  "line.badFrame": (f) => {
    const [says, tryThis] = causes.frameReason(f.reason);
    return { says: `没有收到从站 ${f.unit} 的有效应答：${says}。`, try: tryThis };
  },
  "line.exception": (f) => ({
    says: `从站 ${f.unit} 拒绝：${replies.exceptionName(f.exception)}。`,
    try: replies.exceptionTry(f.exception),
  }),
  "line.writeNotKept": (f) => ({
    says: `从站 ${f.unit} 没有保留写入的值：写入 ${clip(f.wrote, 40)}，现在是 ${clip(f.found, 40)}。`,
    try: "请检查设备是否允许外部写入（远程模式、无写锁）以及该值的上下限；也可能是设备程序自行改写了该寄存器。",
  }),
  "line.taken": (f) => ({
    says: `线路上有另一台主站在通信${given(f.units, (units) => `，正在询问从站 ${listOf(units)}`)}。`,
    try: `本机没有发送任何内容${f.frames > 0 ? `，已听到 ${f.frames} 帧` : ""}。请停止或断开另一台主站后重试。`,
  }),
  "line.busy": (f) => ({
    says: `${f.port} 正被其他程序占用。`,
    try: `请关闭占用它的程序（Modbus 工具、终端或另一个 Lastmile）后重试。${isWindowsPort(f.port) ? "如果没有程序占用，请拔下适配器再插上：程序退出后，驱动有时仍占着端口。" : ""}`,
  }),
  "line.noPermission": (f) => ({
    says: `当前用户无权打开 ${f.port}。`,
    try: ["", "root", "wheel"].includes(f.group)
      ? "请向这台电脑的管理员申请使用串口的权限。"
      : `请运行“sudo usermod -aG ${f.group} $USER”，然后注销并重新登录电脑。`,
  }),
  "line.portMissing": (f) => ({
    says: `没有端口 ${f.port}。`,
    try: "请插入适配器，或选择其他端口。列表显示当前可用端口。",
  }),
  "line.driverFailed": (f) => ({
    says: `适配器驱动无法打开 ${f.port}（${f.reason}）。`,
    try: isWindowsPort(f.port)
      ? "请拔下适配器再插上。如果无效，请安装厂家驱动（CH340、FTDI、CP210x、Prolific）：设备管理器会显示 Windows 是否已有驱动。"
      : "请拔下适配器再插上。如果无效，该端口背后可能没有芯片，请选择其他端口。",
  }),
  "line.lost": (f) =>
    /^[^/]+:\d+$/.test(f.port)
      ? { says: `与 ${f.port} 的连接在使用中断开。`, try: "请检查网线和设备电源，然后重新开始。" }
      : { says: `${f.port} 在使用中断开。`, try: "请检查 USB 接头和线缆，然后重新开始。" },
  "line.turnedAway": (f) => ({
    says: `${f.port} 接受了连接，但未作任何应答就将其断开。`,
    try: "该设备很可能只允许一两个连接：请关闭正在与它通信的其他程序或网关。",
  }),
  "line.unreachable": (f) => ({
    says: `无法连接 ${f.host} 端口 ${f.port}：${causes.reachReason(f.reason)}。`,
    try: causes.lineTry(f.reason),
  }),
  "gateway.unreachable": (f) => ({
    says: `无法连接网关 ${f.url}：${causes.reachReason(f.reason)}。`,
    try: causes.gatewayTry(f.reason, f.url),
  }),
  "gateway.loginRefused": (f) => ({
    says: `网关 ${f.url} 不接受用户 ${f.user} 和此密码。`,
    try: "请重新输入。从未修改过的 Neuron，用户为 admin，密码为 0000。",
  }),
  "gateway.signedOut": (f) => ({
    says: `网关 ${f.url} 已结束会话。`,
    try: "请重新登录。网关可能重启过，或其时钟、密码被修改。",
  }),
  "gateway.refused": (f) => ({
    says: `网关拒绝${replies.gatewayCall(f.call)}：${replies.refusal(f.status, f.error)}。`,
    try: replies.refusalTry(f.status, f.error),
  }),
  "gateway.unexpected": (f) => ({
    says: `网关对“${replies.gatewayCall(f.call).replaceAll(/[“”]/g, "")}”的应答不合要求：${reasonText(f.reason)}。`,
    try: "请确认此地址是 Neuron 网关，且版本为 Neuron 2。",
  }),
  "gateway.identityChanged": (f) => ({
    says: `${f.url} 处应答的是另一台网关：其${identity.partName(f.part)}已改变。\n原来：${f.kept}\n现在：${f.found}\n未发送密码。`,
    try: identity.changedTry(f.part),
  }),
  "gateway.certificateUntrusted": (f) => ({
    says: `本机不信任 ${f.url} 的证书：${identity.certificateCause(f.cause)}。\nSHA-256：${f.fingerprint}\n未发送密码。`,
    try: "请与网关自身的证书指纹核对。一致时可选择信任，此后即固定使用该证书。",
  }),
  "ssh.unreachable": (f) => ({
    says: `无法连接 ${f.host} 的 SSH：${identity.sshReason(f.reason)}。`,
    try: identity.sshTry(f.reason),
  }),
  "ssh.hostKeyChanged": (f) => ({
    says: `${f.host} 的 SSH 主机密钥与记录的不同。\n原来：${f.kept}\n现在：${f.found}\n未发送密码。`,
    try: "请检查地址和网线。只有确知该主机重装过系统时才信任新密钥，否则可能有人在中间截听。",
  }),
  "ssh.loginRefused": (f) => ({
    says: `${f.host} 的 SSH 不接受用户 ${f.user} 的密码或密钥。`,
    try: "请重新输入：这是网关主机的系统账户，不是 Neuron 的账户。有些主机只接受密钥。",
  }),
  "ssh.forwardRefused": (f) =>
    f.reason === "nobody"
      ? {
          says: `SSH 已连通，但 ${f.host} 上的 ${f.to} 没有服务。`,
          try: "请确认 Neuron 在该主机上运行，并核对端口：Neuron 为 7000，NeuronEX 为 8085。",
        }
      : {
          says: `${f.host} 的 SSH 不允许转发到 ${f.to}。`,
          try: "请在其 sshd_config 中设置 AllowTcpForwarding yes 并重启 sshd，或让 Neuron 监听 0.0.0.0。",
        },
  "ssh.lost": (f) => ({
    says: `与 ${f.host} 的 SSH 连接已断开。`,
    try: "请检查网线和网关电源，然后重新登录。",
  }),
  "gateway.differs": (f) => ({
    says: `网关中的配置与下发的不一致（${f.differences} 处不同）。`,
    try: "请在“网关”步骤中比较站点与网关。不同版本保存某些参数的方式可能不同。",
  }),
  "gateway.unhealthy": (f) => {
    const [says, tryThis] = causes.nodeReason(f.reason);
    return { says: `网关上的“${f.node}”在 30 秒内未能正常运行：${says}。`, try: tryThis };
  },
  "gateway.rolledBack": (f) => ({
    says: `更改未保留：${failureClause(f.because)}。网关已恢复运行原配置。`,
    try: "请排除原因后重新下发。网关上没有丢失任何内容。",
  }),
  "gateway.rollbackFailed": (f) => ({
    says: `更改失败（${failureClause(f.because)}），且未能恢复原配置。`,
    try: "请先不要离开现场。请重新登录网关，届时可选择恢复原配置。",
  }),
  "gateway.writeNotKept": (f) => ({
    says: `网关已接受向“${f.tag}”写入 ${f.wrote}，但仍显示 ${f.found}。`,
    try: "多半是设备拒绝或限制了该值，而网关不会说明。请查看设备，或在“线路”步骤中写入。",
  }),
  "gateway.snapshotLost": (f) => ({
    says: f.node === "" ? "本机没有保存网关的原配置。" : `“${f.node}”的原配置含有本机已不掌握的密码。`,
    try: "请检查站点，在“上行”步骤中输入 MQTT 服务器密码，然后下发，以完成这次更改。",
  }),
  "program.loginRefused": (f) => ({
    says:
      f.program === "ekuiper"
        ? `${f.url} 的 eKuiper 要求令牌。`
        : `${f.url} 的 ${programs.programNames[f.program]} 不接受用户 ${f.user} 和此密码。`,
    try: programs.accountTry(f.program),
  }),
  "program.refused": (f) => {
    const [says, tryThis] = programs.refusal(f.program, f.status, f.error, f.says);
    return { says: `${programs.programNames[f.program]} 拒绝了“${f.call}”：${says}。`, try: tryThis };
  },
  "program.unexpected": (f) => ({
    says: `${programs.programNames[f.program]} 对“${f.call}”的应答不合要求：${reasonText(f.reason)}。`,
    try: `请确认 ${f.url} 是 ${programs.programNames[f.program]} 的接口，而不是其他程序的页面。`,
  }),
  "program.unhealthy": (f) => {
    const [says, tryThis] = programs.sickness(f.reason);
    return { says: `“${f.item}”在 30 秒内未能正常运行：${says}。`, try: tryThis };
  },
  "program.snapshotLost": (f) => ({
    says:
      f.item === ""
        ? `本机没有保存 ${programs.programNames[f.program]} 之前的配置。`
        : `${programs.programNames[f.program]} 之前的配置中，“${f.item}”的密码本机已不再知道。`,
    try: "请检查站点及其密码，然后下发：以新配置结束这次更改。",
  }),
  "uplink.nameUnknown": (f) => ({
    says: `域名 ${f.host} 无法解析。`,
    try: "请检查拼写和本网络的域名服务器，或使用 MQTT 服务器的 IP 地址。",
  }),
  "uplink.unreachable": (f) => ({
    says: `无法连接 ${f.host} 端口 ${f.port}：${causes.reachReason(f.reason)}。`,
    try: causes.uplinkTry(f.reason),
  }),
  "uplink.tlsFailed": (f) => {
    const [says, tryThis] = uplink.tlsCause(f.cause);
    const seen = given(f.seen, (fact) => `（${uplink.tlsSeen(f.cause, clip(fact, 60))}）`);
    return { says: `无法与 ${f.host} 建立安全连接：${says}${seen}。`, try: tryThis };
  },
  "uplink.connectRefused": (f) => {
    const [says, tryThis] = uplink.connectCause(f.cause, f.reason);
    return { says: `未能登录服务器 ${f.host}：${says}。`, try: tryThis };
  },
  "uplink.tokenExpired": (f) => ({
    says: `密码是一个令牌，已于 ${f.until} 过期；本机时钟为 ${f.clock}。`,
    try: "请重新签发令牌并保存为密码。如果时钟不对，请先校准。",
  }),
  "uplink.tokenEarly": (f) => ({
    says: `密码是一个令牌，${f.from} 才开始生效；本机时钟为 ${f.clock}。`,
    try: "请检查本机时钟以及令牌签发方的时钟。",
  }),
  "uplink.subscribeDenied": (f) => ({
    says: `服务器不允许读取主题 ${clip(f.topic, 80)}。`,
    try: "核对数据到达需要它：请申请允许此用户订阅该主题的规则。",
  }),
  "uplink.publishDenied": (f) => ({
    says: `服务器没有接受发往 ${clip(f.topic, 80)} 的消息：${uplink.mqttReason(f.reason)}。`,
    try: uplink.publishTry(f.reason),
  }),
  "uplink.publishNotSeen": (f) => ({
    says: `发往 ${clip(f.topic, 80)} 的消息已发送，但 ${span(f.afterMs)}内没有回来。`,
    try: "很可能被服务器悄悄丢弃：请申请发布到此主题的权限。",
  }),
  "uplink.closed": (f) => {
    const [says, tryThis] = uplink.closedCause(f.cause);
    return { says: `服务器${given(f.host, (host) => ` ${host} `)}关闭了连接：${says}。`, try: tryThis };
  },
  "uplink.willDenied": (f) => ({
    says: `服务器没有为 ${clip(f.topic, 80)} 保留遗嘱消息：客户端突然消失时不会通知任何人。`,
    try: "Neuron 不使用遗嘱。其他客户端如需使用，请申请向其遗嘱主题发布的权限。",
  }),
  "uplink.notRetained": (f) => ({
    says: `发往 ${clip(f.topic, 80)} 的保留消息没有交给之后的订阅者。`,
    try: "Neuron 不使用保留消息。如果其他系统依赖它，请确认服务器是否支持保留消息。",
  }),
  "uplink.sessionNotKept": (f) => ({
    says: `服务器 ${f.host} 没有保留会话：客户端离线期间的消息会丢失。`,
    try: "请申请启用持久会话；否则请使用网关自身的缓存。",
  }),
  "uplink.keepAliveIgnored": (f) => ({
    says: `客户端静默后，服务器在 ${span(f.afterMs)}内没有断开它，而其保活时间为 ${f.seconds} 秒。`,
    try: "网关失效会很晚才被发现，请改为监视消息是否中断。",
  }),
  "uplink.payloadTooLarge": (f) => ({
    says: `${f.bytes} 字节的消息（与本站最大的消息相当）无法通过，${f.limit} 字节可以。`,
    try: "请申请提高消息大小上限，或拆分最大的组。",
  }),
  "downlink.silent": (f) => ({
    says: `网关在 ${span(f.afterMs)}内没有应答 ${clip(f.topic, 60)} 上的请求。`,
    try: uplink.silences[f.because] ?? "请与网关核对主题、节点名和组名。",
  }),
  "downlink.refused": (f) => ({
    says: `网关拒绝写入“${clip(f.tag, 40)}”：${replies.neuronError(f.error)}（错误 ${f.error}）。`,
    try: "请与网关中运行的配置核对该标签、其权限和数值。",
  }),
  "downlink.notKept": (f) => ({
    says: `网关通过 MQTT 接受了向“${clip(f.tag, 30)}”写入 ${clip(f.wrote, 20)}，但仍显示 ${clip(f.found, 20)}。`,
    try: "多半是设备拒绝或限制了该值，而网关照样回答成功。请查看设备。",
  }),
  "stimulus.none": (f) => ({
    says: `“${clip(f.tag, 40)}”在线路上 ${span(f.afterMs)}内没有变化。`,
    try: "请在倒计时内到设备上改变它，或改为写入一个值。",
  }),
  "stimulus.notRestored": (f) => ({
    says: `“${clip(f.tag, 40)}”现为 ${clip(f.found, 20)}，应恢复为 ${clip(f.before, 20)}。`,
    try: `离开之前，请在此处或设备上写回 ${clip(f.before, 20)}。`,
  }),
  "drill.silent": (f) => ({
    says: `${span(f.afterMs)}内没有收到站点 ${f.groups} 个组的任何消息，无法演练断网。`,
    try: "请先检查上行；数据能到达后才能开始演练。",
  }),
  "drill.notThrough": (f) =>
    f.host === ""
      ? {
          says: "本机没有接入网关可以访问的网络。",
          try: "请把本机接入网关所在的网络，或改用手动演练。",
        }
      : {
          says: `网关没有通过 ${f.host}:${f.port} 的代理连接；网关设置已恢复。`,
          try: "请让本机防火墙允许该地址的连接，或改用手动演练。",
        },
  "drill.noBreak": (f) => ({
    says:
      f.phase === "plug"
        ? `断网后 ${span(f.afterMs)}内没有再收到消息。`
        : `${span(f.afterMs)}内消息一直正常到达，网线没有拔下。`,
    try:
      f.phase === "plug"
        ? "请确认网线已插好，并在“网关”步骤中查看网关自身的连接。"
        : "请拔下网关通往服务器的网线，而不是本机的网线。",
  }),
  "file.unreadable": (f) => {
    const [says, tryThis] = fileReason(f.reason);
    return { says: `无法读取 ${f.path}：${says}。`, try: tryThis };
  },
  "file.unwritable": (f) => {
    const [says, tryThis] = fileReason(f.reason);
    return { says: `无法写入 ${f.path}：${says}。`, try: `${tryThis}之前保存的内容仍在。` };
  },
  "file.locked": (f) => ({
    says: `${f.path} 已在另一个 Lastmile 中打开${f.by === "?" ? "" : `（${f.by.replace(", pid ", "，进程 ")}）`}。`,
    try: "请先在那里关闭。如果是另一台电脑打开后崩溃，请等一分钟。",
  }),
  "journal.broken": (f) => ({
    says: `证据文件 ${f.path} 在第 ${f.line} 行被改动，此后的内容不能作为证明。`,
    try: "站点以只读方式打开。请保留原文件，并在副本中继续工作。",
  }),
  "secrets.unavailable": (f) => {
    const [says, tryThis] = secretsReason(f.reason);
    return { says: `${says}。`, try: tryThis };
  },
  "pdf.noBrowser": () => ({
    says: "此电脑没有可用来生成 PDF 的 Chromium 浏览器。",
    try: "请安装 Chromium、Chrome 或 Edge，或把报告保存为 HTML 后用任意浏览器打印。",
  }),
  "pdf.failed": (f) => ({
    says: `无法生成 PDF：${reasonText(f.reason)}。`,
    try: "请重试，或把报告保存为 HTML 后用任意浏览器打印。",
  }),
  "pipe.closed": () => ({
    says: "与工作台的连接已断开。",
    try: "会自动重连。如果没有恢复，请重新启动 Lastmile；正在运行的任务会保留。",
  }),
  "pipe.outdated": () => ({ says: "此页面的版本比工作台旧。", try: "请重新加载页面。" }),
  internal: (f) => ({
    says: `Lastmile 内部出错：${reasonText(f.reason)}。`,
    try: "请再试一次。如果重复出现，请把这句话发给 Lastmile 的维护者。",
  }),
};
