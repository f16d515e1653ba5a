import { clip, given } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import { failureClause } from "./clauses.ts";
import { handoverProblems } from "./handoverProblems.ts";
import * as identity from "./identity.ts";
import * as programs from "./programs.ts";
import { tagProblems } from "./tagProblems.ts";
import * as terms from "./terms.ts";
import { reasonText, reasonTexts } from "./texts.ts";

export const problems: ProblemWords = {
  "file.notJson": (f) => ({
    says: `此文件不是有效的 JSON：${reasonText(f.reason)}。`,
    try: "请选择由 Lastmile 保存的站点文件，或同目录下的上一版本。",
  }),
  "file.newerFormat": (f) => ({
    says: `此文件的格式版本为 ${f.format}，当前 Lastmile 最高支持 ${f.known}。`,
    try: "请安装更新版本的 Lastmile。文件未被改动。",
  }),
  "file.notASite": (f) => ({
    says: `这不是 Lastmile 的站点文件：${reasonText(f.reason)}。`,
    try: "请选择文件名以 .site.json 结尾的文件，或同目录下的上一版本。",
  }),
  "file.changedOutside": (f) => ({
    says: `${f.path} 打开后被其他程序修改过。`,
    try: "请关闭站点后重新打开以采用这些修改。没有覆盖任何内容。",
  }),
  "file.notFound": (f) => ({
    says: `找不到文件 ${f.path}。`,
    try: "请检查文件名，以及 U 盘或磁盘是否仍然连接。",
  }),
  "input.invalid": (f) => ({
    says: `输入不合要求：${reasonTexts(f.reason)}。`,
    try: terms.inputTry(f.reason),
  }),
  "site.none": () => ({ says: "没有打开的站点。", try: "请打开站点文件、新建站点，或打开培训站点。" }),
  "site.readOnly": (f) => ({
    says: `此站点只能查看，不能修改${f.reason === "" ? "" : `：${failureClause(f.reason)}`}。`,
    try: "请保留现有文件，并在另存的副本中继续工作。",
  }),
  "text.tooLong": (f) =>
    f.bytes === 0
      ? { says: `${terms.kind(f.what)}为空。`, try: "请填写：网关需要它。" }
      : {
          says: `${terms.kind(f.what)}“${clip(f.text, 24)}”长 ${f.bytes} 字节，网关最多接受 ${f.limit} 字节。`,
          try: "请缩短。一个汉字占三个字节。",
        },
  "name.empty": (f) =>
    f.what === "clientId"
      ? { says: "缺少客户端 ID。", try: "请在“上行”步骤中填写，且不能与其他客户端相同。" }
      : { says: `${terms.kind(f.what)}没有名称。`, try: "请输入名称。" },
  "name.duplicate": (f) =>
    f.what === "line" && terms.takenNames.includes(f.name)
      ? { says: `名称“${f.name}”由网关自用。`, try: "请给线路换一个名称。" }
      : {
          says: `有两个${terms.kind(f.what)}都是“${terms.ownName(f.what, f.name)}”。`,
          try: f.what === "unit" ? "请给其中一台设置另一个站号。" : "请换一个名称。",
        },
  "line.unknown": (f) => ({
    says: `此站点没有线路“${f.line}”。`,
    try: "它可能已被删除，请选择列表中的线路。",
  }),
  "line.settingsInvalid": (f) => ({
    says: `此线路的设置不合要求：${reasonText(f.reason)}。`,
    try: "请在“线路”步骤中编辑，端口和参数以设备手册为准。",
  }),
  "network.rangeInvalid": (f) => ({
    says: `“${clip(f.text, 60)}”不是有效的地址范围。`,
    try: "请按 192.168.1.0/24 或 192.168.1.10-192.168.1.60 的格式输入。",
  }),
  "network.rangeTooLarge": (f) => ({
    says: `${clip(f.text, 60)} 共有 ${f.hosts} 个地址，一次最多搜索 ${f.limit} 个。`,
    try: "请缩小范围，例如只搜索设备所在的 /24 网段。",
  }),
  "network.rangePublic": (f) => ({
    says: `${clip(f.text, 60)} 不是私有网段，因此没有发送任何数据。`,
    try: "请填写现场自己的网段。若现场确实使用公网地址，请用命令 scan --tcp-range … --public 确认。",
  }),
  "unit.broadcast": () => ({
    says: "站号 0 会同时对线路上所有设备说话，因此拒绝。",
    try: "请指定 1 到 247 中的一个站号。",
  }),
  "unit.outOfRange": (f) => ({ says: `站号 ${f.unit} 不存在。`, try: "站号范围为 1 到 247。" }),
  "uplink.none": () => ({ says: "此站点没有上行。", try: "请先在“上行”步骤中填写 MQTT 服务器。" }),
  "uplink.hostMissing": () => ({
    says: "缺少 MQTT 服务器地址。",
    try: "请在“上行”步骤中输入名称或 IP 地址。",
  }),
  "payload.unreadable": (f) => ({
    says: `一条 ${f.bytes} 字节的消息不是${payloads[f.format] ?? "此处已知的任何格式"}。`,
    try: "请与发布方设置的格式核对。",
  }),
  "payload.pathInvalid": (f) => ({
    says: `“${clip(f.path, 60)}”不是路径。`,
    try: "成员用点号，位置用方括号：$.data.temp、$.units[0].power、$.units[*].power。",
  }),
  "uplink.caMissing": () => ({
    says: "已启用 TLS，但缺少 CA 证书。",
    try: "请在“上行”步骤中粘贴 CA 证书（PEM）：网关需要它来信任服务器。",
  }),
  "uplink.webSocketRefused": () => ({
    says: "上行使用 WebSocket，而 Neuron 不支持。",
    try: "请在“上行”步骤中取消 WebSocket，并填写服务器的 TCP 或 TLS 端口。",
  }),
  "gateway.notSignedIn": () => ({ says: "尚未登录网关。", try: "请先在“网关”步骤中登录。" }),
  "advice.tlsProfile": () => ({
    says: "无法在此服务器前模拟弱网：其证书与代理地址不符。",
    try: "请改为测量站点自身的网络，或使用不带 TLS 的服务器来模拟。",
  }),
  "drill.notApplied": (f) => ({
    says: `网关的节点 ${clip(f.node, 40)} 没有向本站点的服务器发布。`,
    try: "请先把站点配置下发到网关，或改用手动演练。",
  }),
  "gateway.nothingToPutBack": (f) => ({
    says: `本站点没有更改过网关 ${f.url}，没有可恢复的内容。`,
    try: "请打开最近一次更改该网关所用的站点文件，然后重试。",
  }),
  "gateway.nothingToTake": (f) => ({
    says: `网关 ${f.url} 上没有站点可以接管的内容：没有已设置参数的 Modbus 节点。`,
    try: "请在此建立线路和标签，再下发到网关。",
  }),
  "gateway.siteHasTags": (f) => ({
    says: `本站点已有 ${f.tags ?? 0} 个标签，接管会替换它们。`,
    try: "请在新站点中接管，再比较两者。",
  }),
  "gateway.nodeUnknown": (f) => ({
    says: `网关上没有名为“${f.node}”的 Modbus 节点。`,
    try: given(f.nodes, (nodes) => `网关上有：“${nodes}”。`) || "请先将站点下发到网关。",
  }),
  "gateway.atWork": () => ({
    says: "网关正忙于其他操作，此时不能通过其端口读取。",
    try: "请等待该操作完成后再读取。",
  }),
  "gateway.urlInvalid": (f) => ({
    says: `“${clip(f.text, 60)}”不是网关地址。`,
    try: "请按 http://192.168.1.10:7000 的形式书写，端口后面不要有内容。",
  }),
  "ssh.targetInvalid": (f) => ({
    says: `“${clip(f.text, 60)}”没有说明以哪个用户登录哪台 SSH 主机。`,
    try: "请按 pi@192.168.1.10 的形式书写，其他端口写作 pi@192.168.1.10:2222。",
  }),
  "ssh.hostKeyUnconfirmed": (f) => ({
    says: `尚未认识 ${f.host} 的 SSH 主机，其密钥为 ${f.fingerprint}。`,
    try: "请与网关自身的密钥核对（在其控制台运行 ssh-keygen -lf），然后确认。目前未发送任何内容。",
  }),
  "ssh.keyUnreadable": (f) => ({
    says: `无法使用此 SSH 密钥：${identity.keyReason(f.reason)}。`,
    try: identity.keyTry(f.reason),
  }),
  "program.notSignedIn": (f) => ({
    says: `尚未登录 ${programs.programNames[f.program]}。`,
    try: "请先在“网关”步骤中登录。",
  }),
  "program.nothingWanted": (f) => ({
    says: `站点没有为 ${programs.programNames[f.program]} 规划任何内容。`,
    try:
      f.program === "nanomq"
        ? "请在“网关”步骤中添加桥接，或取用正在运行的桥接。"
        : "请在“网关”步骤中取用正在运行的规则，或在站点文件中添加流和规则。",
  }),
  "hocon.syntax": (f) => ({
    says: `NanoMQ 会因此配置退出：第 ${f.line} 行第 ${f.column} 列，${programs.hoconFault(f.reason)}。`,
    try: "没有发送任何内容。请改正文件的这一处后重新提供。",
  }),
  "bridge.invalid": (f) => {
    const [says, tryThis] = programs.bridgeFault(f.reason);
    return { says: `桥接不合要求：${says}。`, try: tryThis };
  },
  "bridge.loop": (f) => ({
    says: `“${f.topic}”的消息会在两个服务器之间无限循环。`,
    try: "请将上行和下行的消息放在各自的主题中。",
  }),
  "nanomq.fileNeeded": () => ({
    says: "此更改需要 NanoMQ 的配置文件，而此版本不提供该文件。",
    try: "请从网关取出 nanomq.conf，并在登录时提供：其中的其他内容保持不变。",
  }),
  "nanomq.fileOther": (f) => ({
    says: `此文件不是这台 NanoMQ 正在使用的文件：“${f.name}”不同。`,
    try: "请重新从这台网关取出文件，否则会用另一台服务器的文件覆盖它。",
  }),
  "rule.invalid": (f) => {
    const [says, tryThis] = programs.ruleFault(f.reason);
    return { says: `“${f.name}”不合要求：${says}。`, try: tryThis };
  },
  "job.unknown": () => ({ says: "此任务已不存在。", try: "它可能早已结束，请重新开始。" }),
  "job.running": (f) => ({
    says: `正在进行：${terms.job(f.kind)}。`,
    try: "请等待结束，或在任务列表中取消。",
  }),
  "file.exists": (f) => ({
    says: `${f.path} 已经存在。`,
    try: "请指定一个尚不存在的文件夹；已有内容不会被覆盖。",
  }),
  ...tagProblems,
  ...handoverProblems,
};

const payloads: Readonly<Record<string, string>> = {
  values: "网关的 values 格式",
  tags: "网关的 tags 格式",
  ecp: "网关的 ECP 格式",
  custom: "网关自定义模式的内容",
  protobuf: "网关的 Protobuf 报告",
  sparkplug: " Sparkplug B",
  json: " JSON",
  cbor: " CBOR",
};
