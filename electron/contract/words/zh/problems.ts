import { clip, given } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import { failureClause } from "./clauses.ts";
import * as identity from "./identity.ts";
import * as programs from "./programs.ts";
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
  "checklist.malformed": (f) => ({
    says: `${f.file} 不是检查表：${reasonText(f.reason)}。`,
    try: "请对照随 Lastmile 提供的检查表旁的 checklist.schema.json 检查。",
  }),
  "checklist.unknown": (f) => ({
    says: `没有检查表“${f.checklist}”。`,
    try: "请选择列表中的检查表，或把文件放入站点旁的 checklists 文件夹。",
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
  "tags.none": () => ({ says: "此站点没有标签。", try: "请先在“标签”步骤中导入或添加。" }),
  "job.unknown": () => ({ says: "此任务已不存在。", try: "它可能早已结束，请重新开始。" }),
  "job.running": (f) => ({
    says: `正在进行：${terms.job(f.kind)}。`,
    try: "请等待结束，或在任务列表中取消。",
  }),
  "file.exists": (f) => ({
    says: `${f.path} 已经存在。`,
    try: "请指定一个尚不存在的文件夹；已有内容不会被覆盖。",
  }),
  "clone.columnTwice": (f) => ({
    says: `有两列都叫“${clip(f.column, 40)}”。`,
    try: "请改掉其中一列的名称，或将其删除。",
  }),
  "clone.columnUnknown": (f) => ({
    says: `模板中没有名为“${clip(f.column, 40)}”的变量或字段。`,
    try: "请在模板中需要该值的位置写上 {{列名}}，或把列名改为字段名，例如 uplink.host。",
  }),
  "clone.columnSecret": (f) => ({
    says: `“${clip(f.column, 40)}”列像是存放密码或密钥，表格里不应有这些内容。`,
    try: "请删除该列。密码在打开站点时输入，绝不以明文传递。",
  }),
  "clone.variableMissing": (f) => ({
    says: `模板中有 {{${clip(f.variable, 40)}}}，但表格里没有这一列。`,
    try: "请添加该列，或把值直接写进模板。",
  }),
  "clone.cellMissing": (f) => ({
    says: `“${clip(f.column, 40)}”为空。`,
    try: "每个站点在此处都需要自己的值。",
  }),
  "clone.serialInvalid": (f) => ({
    says: `“${clip(f.text, 40)}”不是有效的网关序列号。`,
    try: "请照网关标签抄写：字母、数字、点、连字符、冒号，最多 64 个字符。",
  }),
  "clone.keyInvalid": (f) => ({
    says: `“${clip(f.text, 50)}”不是网关的公钥。`,
    try: "请完整复制配对时网关程序打印的内容：44 个字符，以 = 结尾。",
  }),
  "clone.notUnique": (f) => ({
    says: `${terms.clonedPart(f.what)}“${clip(f.value, 60)}”已被第 ${f.row} 行占用。`,
    try:
      f.what === "topic"
        ? "请让每个站点有自己的路径或主题，否则消息会与其他站点混在一起。"
        : "每个站点都必须不同，名称也不能看起来一样。",
  }),
  "bundle.malformed": (f) => ({
    says: `这不是完整的交接包：${reasonText(f.reason)}。`,
    try: "请从原处重新复制，U 盘可能拔得太早。",
  }),
  "bundle.tampered": (f) => ({
    says: `交接包中的“${f.file}”与签名内容不符。`,
    try: "请勿下发，请索取新的副本。",
  }),
  "bundle.signatureInvalid": () => ({
    says: "此交接包的签名无效。",
    try: "请勿下发，请联系制作人并通过其他途径重新获取。",
  }),
  "bundle.unsigned": () => ({
    says: "此交接包没有签名。",
    try: "请勿下发，请索取由 Lastmile 生成的原包。",
  }),
  "bundle.truncated": () => ({
    says: "此交接包不完整，被截断。",
    try: "请重新复制，并在拔出 U 盘前先弹出。",
  }),
  "bundle.tooLarge": (f) => ({
    says: `此交接包超出 Lastmile 的上限：${reasonText(f.reason)}。`,
    try: "请勿下发，请询问制作人。",
  }),
  "bundle.pathUnsafe": (f) => ({
    says: `此交接包要写到自身之外的位置“${clip(f.path, 40)}”。`,
    try: "请勿下发：Lastmile 不会生成这样的包。请保留并告知业主。",
  }),
  "bundle.fileExtra": (f) => ({
    says: `交接包中的“${clip(f.file, 60)}”没有人签名。`,
    try: "请勿下发，请索取新的副本。",
  }),
  "bundle.formatOld": (f) => ({
    says: `此交接包是旧格式 ${f.format}，其中没有信任链。`,
    try: "请用当前版本打开站点，重新生成交接包。",
  }),
  "bundle.seqOutOfRange": (f) => ({
    says: `序号 ${f.seq} 超过了交接包允许的最大值。`,
    try: "请勿下发：接受它之后，网关将不再接受其他交接包。",
  }),
  "bundle.incompatible": (f) => ({
    says: `网关版本为 ${f.version}，此交接包适用于 ${f.range}。`,
    try: "请按该版本重新生成，或先升级网关。",
  }),
  "trust.documentInvalid": (f) => ({
    says: `“${clip(f.document, 60)}”不是 Lastmile 的信任文件。`,
    try: "请选择收到的 .dsse 原文件，不要修改。",
  }),
  "trust.chainMissing": (f) => ({
    says: `缺少“${f.document}”：看不出制作人得到了谁的授权。`,
    try: "请先导入授权（trust take），再重新生成交接包。",
  }),
  "trust.chainBroken": (f) => ({
    says: `交接包中的“${f.document}”不是由应当签名的一方签名。`,
    try: "请申请新的授权，再重新生成交接包。",
  }),
  "trust.rootWrong": (f) => ({
    says: `此交接包背后的单位没有得到 ${clip(f.owner, 40)} 的授权。`,
    try: "请勿下发，请打电话与业主核对根密钥指纹。",
  }),
  "trust.revoked": (f) => ({
    says: `${clip(f.name, 40)} 的密钥已被吊销。`,
    try: "请勿下发，请由密钥有效的人员生成交接包。",
  }),
  "trust.expired": (f) => ({
    says: `${clip(f.name, 40)} 的授权已于 ${f.notAfter.slice(0, 10)} 到期。`,
    try: "请向单位申请新的授权，再重新生成交接包。",
  }),
  "trust.scopeExceeded": (f) => ({
    says: `${clip(f.name, 40)} 无权这样做：授权中没有“${f.what}”。`,
    try: "请申请包含此站点和操作的授权，或由他人生成交接包。",
  }),
  "trust.bundleExpired": (f) => ({
    says: `此交接包的有效期到 ${f.notAfter.slice(0, 10)} 为止。`,
    try: "请打开站点重新生成。",
  }),
  "trust.otherGateway": (f) => ({
    says: `此交接包${f.wants === "" ? "没有指定网关" : `用于网关“${f.wants}”`}，而这里是“${f.is}”。`,
    try: "请把 U 盘拿到对应的网关，或为此网关生成交接包。",
  }),
  "trust.otherSite": (f) => ({
    says: `此交接包用于站点“${f.wants}”，而网关属于“${f.is}”。`,
    try: "请核对 U 盘和网关上的标签。",
  }),
  "trust.siteNameDiffers": (f) => ({
    says: `交接包中的站点名是“${clip(f.wants, 40)}”，网关上是“${clip(f.is, 40)}”${f.alike === "yes" ? "：看起来一样，字符却不同" : ""}。`,
    try: "请询问制作人。如果站点已改名，请与网关重新配对。",
  }),
  "trust.seqOld": (f) => ({
    says: `这是第 ${f.seq} 号交接包，网关已接受第 ${f.accepted} 号。`,
    try: "请使用最新的交接包。如需退回，请用旧站点文件生成新包。",
  }),
  "trust.seqJump": (f) => ({
    says: `这是第 ${f.seq} 号交接包，与网关已接受的第 ${f.accepted} 号相差太远。`,
    try: "请勿下发：中间最多相差一千个。请询问制作人。",
  }),
  "trust.prevDiffers": () => ({
    says: "此交接包不是接着网关上次接受的那一个。",
    try: "请把网关最新的回执读入站点，再重新生成交接包。",
  }),
  "trust.configDiffers": () => ({
    says: "网关当前配置不是此交接包要替换的配置。",
    try: "有人改动过配置，请先查看网关上的配置，再重新生成。",
  }),
  "acceptance.notPlanned": () => ({
    says: "此站点还没有开始验收。",
    try: "请先在“交接”步骤中选择检查表并开始验收。",
  }),
  "acceptance.closed": () => ({
    says: "验收已签字，不能再添加记录。",
    try: "如需继续，请重新打开验收。原签字随即作废，但会保留在记录中。",
  }),
  "acceptance.itemUnknown": (f) => ({
    says: `验收计划中没有“${clip(f.item, 60)}”这一项。`,
    try: "请选择计划中的检查项，或把相应的检查表加入验收。",
  }),
  "acceptance.tagUnknown": (f) => ({
    says: `“${clip(f.tag, 60)}”无法记录：没有这个标签，或它没有被强制。`,
    try: "请核对名称：线路、组和标签之间用斜杠分隔。",
  }),
  "acceptance.defectUnknown": (f) => ({
    says: `消缺清单中没有未关闭的第 ${f.defect} 项。`,
    try: "请查看清单：它可能已经关闭。",
  }),
  "acceptance.noteMissing": () => ({
    says: "不合格或暂缓的项目需要填写备注。",
    try: "请写明看到的情况或暂缓原因，便于他人处理。",
  }),
  "acceptance.forcedLeft": (f) => ({
    says: `仍有 ${f.count} 个值处于强制状态：${clip(f.tags, 80)}。`,
    try: "请逐个解除强制，记录解除后的读数，然后再签字。",
  }),
  "photo.unknownKind": () => ({
    says: "这不是 JPEG 或 PNG 图片。",
    try: "请选择这两种格式的照片；手机可设置为保存 JPEG。",
  }),
  "photo.damaged": () => ({
    says: "此图片已损坏或不完整。",
    try: "请从相机重新复制，或重新拍摄。",
  }),
  "photo.tooLarge": (f) => ({
    says: `此图片超过 ${Math.round(f.limit / 1_048_576)} MB。`,
    try: "请缩小后保存，或降低拍摄分辨率。",
  }),
  "photo.missing": (f) => ({
    says: `此站点没有保存照片 ${f.photo.slice(0, 12)}。`,
    try: "请重新添加照片，并把照片文件夹与站点文件一起复制。",
  }),
  "report.malformed": (f) => ({
    says: `这不是 Lastmile 生成的报告：${reasonText(f.reason)}。`,
    try: "请选择报告的 .json 或 .html 文件，并从原处重新复制。",
  }),
  "report.unsigned": () => ({
    says: "此报告没有签名。",
    try: "请索取原件：Lastmile 生成的报告都有签名。",
  }),
  "report.signatureInvalid": () => ({
    says: "此报告的签名无效：签名之后内容被改动过。",
    try: "请勿接受，请向制作人索取原件。",
  }),
  "report.isPicture": () => ({
    says: "PDF 只用于阅读报告，其中没有可校验的内容。",
    try: "请校验同时生成的 .json 或 .html 文件，并与 PDF 中的摘要核对。",
  }),
  "report.pageChanged": () => ({
    says: "此网页显示的内容与其中签名的报告不符。",
    try: "请勿接受，请索取原件，或用 .json 文件重新生成网页。",
  }),
  "report.evidenceShort": (f) => ({
    says: `报告依据 ${f.lines} 行证据，而此文件只有 ${f.found} 行。`,
    try: "有内容被删除，或这是较早的副本。请索取与报告配套的证据文件。",
  }),
  "report.evidenceDiffers": (f) => ({
    says: `此证据文件的前 ${f.lines} 行与报告所依据的不同。`,
    try: "它被改动过，或属于另一份报告。请索取与报告一起生成的证据文件。",
  }),
  "report.evidenceBroken": (f) => ({
    says: `证据在第 ${f.line} 行损坏：与上一行不衔接。`,
    try: "请勿采信，请索取交接时的证据文件。",
  }),
  "report.signerUnknown": (f) => ({
    says: `此报告的签名人${f.name === "" ? "不是交接包中的任何人" : `不是 ${clip(f.name, 40)}`}。`,
    try: "交接包和报告应出自同一名技术员，请询问此报告由谁、用哪台电脑制作。",
  }),
  "report.statementInvalid": (f) => ({
    says: `报告中 ${clip(f.name, 40)} 的签字与所签内容不符。`,
    try: "请勿接受，请索取站点的证据文件核对。",
  }),
  "report.otherBundle": () => ({
    says: "此报告不是依据这个交接包生成的。",
    try: "请选择报告中所写摘要对应的交接包。",
  }),
  "report.otherReceipt": () => ({
    says: "报告中的回执与此回执不同。",
    try: "请把回执读入站点后重新生成报告，或选择报告所写的回执。",
  }),
  "trust.keyMissing": (f) => ({
    says: `此电脑没有${f.role === "root" ? "根" : f.role === "organisation" ? "单位" : f.role === "technician" ? "技术员" : f.role}密钥。`,
    try: "请用 trust key 生成，并设置 LASTMILE_PASSPHRASE 以便保存。",
  }),
  "trust.sealUnproved": () => ({
    says: "用于密封密码的公钥没有该网关密钥的签名。",
    try: "请重新完整复制配对时网关程序打印的内容。若仍如此，说明内容被改动过，请到网关处重新配对。",
  }),
  "receipt.invalid": () => ({
    says: "此回执不是由其中所写的网关或技术员签名。",
    try: "请从网关的 U 盘重新取回回执。",
  }),
  "receipt.otherBundle": () => ({
    says: "此回执属于另一个交接包。",
    try: "请选择序号相同的交接包和回执。",
  }),
  usage: (f) => ({ says: terms.usage(f.reason), try: "运行 lastmile --help 查看可用命令。" }),
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
