import type { FaultWords } from "../say.ts";
import { connectReason, exceptionName, neuronError, tlsCause } from "./causes.ts";

export const faults: FaultWords = {
  "line.silent": (f) => ({
    says: `站号 ${f.unit} 在 ${f.afterMs} 毫秒内没有应答。`,
    try: "请检查站号、设备电源、A/B 接线和终端电阻。",
  }),
  "line.badFrame": (f) => ({
    says: `站号 ${f.unit} 的应答帧已损坏：${f.reason}。`,
    try: "请先检查波特率和校验位，再检查终端电阻、屏蔽层，以及是否有两台设备使用同一站号。",
  }),
  "line.exception": (f) => ({
    says: `站号 ${f.unit} 拒绝：${exceptionName(f.exception)}。`,
    try:
      f.exception === 2
        ? "设备没有这个寄存器。请对照手册；许多手册从 1 开始编号。"
        : "请查看设备显示屏或手册中的此异常码。",
  }),
  "line.taken": (f) => ({
    says: `线路上有另一台主站在通信（${f.frames} 帧，站号 ${f.units}）。`,
    try: "本机没有发送任何内容。请停止或断开另一台主站后重试。",
  }),
  "line.busy": (f) => ({
    says: `${f.port} 正被其他程序占用。`,
    try: "请关闭占用它的程序（Modbus 工具、终端）后重试。",
  }),
  "line.noPermission": (f) => ({
    says: `当前用户无权打开 ${f.port}。`,
    try:
      f.group === ""
        ? "请申请使用串口的权限。"
        : `请把用户加入 ${f.group} 组并重新登录：sudo usermod -aG ${f.group} $USER`,
  }),
  "line.portMissing": (f) => ({
    says: `没有端口 ${f.port}。`,
    try: "请插入适配器，或选择其他端口。列表显示当前可用端口。",
  }),
  "line.lost": (f) => ({ says: `${f.port} 在使用中断开。`, try: "请检查 USB 接头和线缆，然后重新开始。" }),
  "line.unreachable": (f) => ({
    says: `${f.host} 端口 ${f.port} 没有应答：${f.reason}。`,
    try: "请检查 IP 地址、网线，以及电脑是否在同一网段。Modbus TCP 通常使用 502 端口。",
  }),
  "gateway.unreachable": (f) => ({
    says: `网关 ${f.url} 没有应答：${f.reason}。`,
    try: "请检查电源和网线，以及电脑是否有该网段的地址。Neuron 使用 7000 端口。",
  }),
  "gateway.loginRefused": (f) => ({
    says: `网关 ${f.url} 不接受用户 ${f.user} 和此密码。`,
    try: "请重新输入。如果从未修改过，密码印在网关手册中。",
  }),
  "gateway.signedOut": (f) => ({
    says: `网关 ${f.url} 已结束会话。`,
    try: "请重新登录。一小时后或网关重启后会出现这种情况。",
  }),
  "gateway.refused": (f) => ({
    says: `网关拒绝了 ${f.call}：${neuronError(f.error)}（状态 ${f.status}，错误 ${f.error}）。`,
    try: "请对照网关的版本和插件检查站点。没有留下做到一半的更改。",
  }),
  "gateway.unexpected": (f) => ({
    says: `网关对 ${f.call} 的应答不合要求：${f.reason}。`,
    try: "请确认此地址是 Neuron 网关，并查看其版本。",
  }),
  "gateway.differs": (f) => ({
    says: `网关中的配置与下发的不一致（${f.differences} 处不同）。`,
    try: "正在恢复原配置。请先查看差异再重试。",
  }),
  "gateway.unhealthy": (f) => ({
    says: `网关上的节点 ${f.node} 未能正常运行：${f.reason}。`,
    try: "请检查线路是否接到网关，以及端口和参数是否与此处一致。",
  }),
  "gateway.rolledBack": (f) => ({
    says: `更改未保留（${f.because}），网关已恢复运行原配置。`,
    try: "请排除原因后重新下发。网关上没有丢失任何内容。",
  }),
  "gateway.rollbackFailed": (f) => ({
    says: `更改失败，且未能恢复原配置：${f.because}。`,
    try: "请勿离开现场。快照保存在本机：请重新登录并下发快照。",
  }),
  "uplink.nameUnknown": (f) => ({
    says: `没有域名服务器认识 ${f.host}。`,
    try: "请检查拼写和本网络的域名服务器，或使用服务器的 IP 地址。",
  }),
  "uplink.unreachable": (f) => ({
    says: `无法连接 ${f.host} 端口 ${f.port}：${f.reason}。`,
    try: "请检查调制解调器和防火墙。MQTT 使用 1883 端口，TLS 使用 8883。",
  }),
  "uplink.tlsFailed": (f) => ({
    says: `无法与 ${f.host} 建立安全连接：${tlsCause(f.cause)[0]}。`,
    try: tlsCause(f.cause)[1],
  }),
  "uplink.connectRefused": (f) => ({
    says: `服务器 ${f.host} 拒绝连接：${connectReason(f.reason, f.cause)}。`,
    try: "请与服务器管理者核对用户名、密码和客户端标识。",
  }),
  "uplink.subscribeDenied": (f) => ({
    says: `服务器不允许读取主题 ${f.topic}。`,
    try: "请申请允许此用户订阅该主题的规则。",
  }),
  "uplink.publishDenied": (f) => ({
    says: `服务器不允许发布到 ${f.topic}（原因 ${f.reason}）。`,
    try: "请申请允许此用户发布该主题的规则。",
  }),
  "uplink.publishNotSeen": (f) => ({
    says: `发往 ${f.topic} 的消息已发送，但 ${f.afterMs} 毫秒内没有回来。`,
    try: "很可能被服务器丢弃：请申请发布此主题的权限。MQTT 3.1.1 的服务器不会告知原因。",
  }),
  "uplink.closed": (f) => ({
    says: `服务器 ${f.host} 关闭了连接。`,
    try: "可能有另一客户端使用相同的客户端标识，或链路中断。请先检查客户端标识。",
  }),
  "file.unreadable": (f) => ({
    says: `无法读取 ${f.path}：${f.reason}。`,
    try: "请检查 U 盘或磁盘以及文件权限。",
  }),
  "file.unwritable": (f) => ({
    says: `无法写入 ${f.path}：${f.reason}。`,
    try: "请检查剩余空间和权限，或保存到其他文件夹。原文件仍在。",
  }),
  "file.locked": (f) => ({
    says: `${f.path} 已在另一个 Lastmile 中打开（${f.by}）。`,
    try: "请先在那里关闭。如果那台电脑已崩溃，请等半分钟再打开。",
  }),
  "journal.broken": (f) => ({
    says: `证据文件 ${f.path} 在第 ${f.line} 行被改动，链条不成立。`,
    try: "站点以只读方式打开。请保留原文件，并在副本中开始新的工作。",
  }),
  "secrets.unavailable": (f) => ({
    says: `此系统没有安全存放密码的地方：${f.reason}。`,
    try: "密码只保留到 Lastmile 关闭，之后需要重新输入。",
  }),
  "pipe.closed": () => ({
    says: "与工作台的连接已断开。",
    try: "会自动重连。如果没有恢复，请重新启动 Lastmile；正在运行的任务会保留。",
  }),
  "pipe.outdated": () => ({ says: "此页面的版本比工作台旧。", try: "请重新加载页面。" }),
  internal: (f) => ({
    says: `Lastmile 内部出错：${f.reason}。`,
    try: "请再试一次。如果重复出现，请把这句话发给 Lastmile 的维护者。",
  }),
};
