import type { ProblemWords } from "../say.ts";

const kinds: Readonly<Record<string, string>> = {
  site: "站点",
  line: "线路",
  tag: "点位",
  group: "组",
  unit: "站号",
  gateway: "网关",
};

const kind = (what: string): string => kinds[what] ?? what;

export const problems: ProblemWords = {
  "file.notJson": (f) => ({
    says: `此文件不是 JSON：${f.reason}。`,
    try: "请选择由 Lastmile 保存的站点文件，或恢复同目录下的上一版本。",
  }),
  "file.newerFormat": (f) => ({
    says: `此文件的格式版本为 ${f.format}，当前 Lastmile 最高支持 ${f.known}。`,
    try: "请安装更新版本的 Lastmile。文件未被改动。",
  }),
  "file.notASite": (f) => ({
    says: `这不是站点文件：${f.reason}。`,
    try: "请选择文件名以 .site.json 结尾的文件。",
  }),
  "file.changedOutside": (f) => ({
    says: `${f.path} 打开后被其他程序修改过。`,
    try: "请关闭站点后重新打开以采用这些修改。没有覆盖任何内容。",
  }),
  "file.notFound": (f) => ({
    says: `找不到文件 ${f.path}。`,
    try: "请检查文件名，以及 U 盘或磁盘是否仍然连接。",
  }),
  "input.invalid": (f) => ({ says: `输入不合要求：${f.reason}。`, try: "请更正后重试。" }),
  "site.none": () => ({ says: "没有打开的站点。", try: "请打开站点文件、新建站点，或打开培训站点。" }),
  "site.readOnly": (f) => ({
    says: `此站点只能查看，不能修改：${f.reason}。`,
    try: "请关闭占用它的其他程序，或另存为其他名称。",
  }),
  "address.malformed": (f) => ({
    says: `“${f.text}”不是有效地址。`,
    try: `请按 ${f.expected} 的形式书写：站号、感叹号、区号和寄存器。`,
  }),
  "address.unitOutOfRange": (f) => ({
    says: `“${f.text}”中的站号 ${f.unit} 在 Modbus 中不存在。`,
    try: "站号范围为 1 到 247。站号 0 会同时写入所有设备，因此拒绝。",
  }),
  "address.registerOutOfRange": (f) => ({
    says: `“${f.text}”中的寄存器 ${f.register} 超出范围。`,
    try: "每个区的寄存器为 1 到 65536。请检查是否多输了一位。",
  }),
  "address.orderUnfit": (f) => ({
    says: `“${f.text}”中的字节序 ${f.order} 不适用于类型 ${f.type}。`,
    try: "LL、LB、BL、BB 用于 32 位，L、B 用于 16 位；省略则为常用顺序。",
  }),
  "address.typeUnfit": (f) => ({
    says: `“${f.text}”处不能按类型 ${f.type} 读取：${f.reason}。`,
    try: "线圈和离散输入存放位，数值和文本存放在寄存器中。",
  }),
  "tag.typeUnknown": (f) => ({
    says: `“${f.text}”不是已知类型。`,
    try: "请使用 int16、uint16、int32、uint32、int64、uint64、float、double、bit、string 或 bytes。",
  }),
  "tag.typeMisread": (f) => ({
    says: `网关接受类型 ${f.type}，但会读错。`,
    try: "请改用 int16 或 uint16，必要时再做缩放。",
  }),
  "tag.nameMissing": () => ({ says: "此点位没有名称。", try: "请取一个在组内唯一的名称。" }),
  "tag.nameTooLong": (f) => ({
    says: `名称“${f.name}”长 ${f.bytes} 字节，网关最多接受 ${f.limit} 字节。`,
    try: "请缩短名称。一个汉字占三个字节。",
  }),
  "tag.duplicate": (f) => ({
    says: `组 ${f.group} 中已有名为 ${f.name} 的点位。`,
    try: "请改名，或移到其他组。",
  }),
  "tag.accessUnfit": (f) => ({
    says: `${f.name} 的访问方式不合要求：${f.reason}。`,
    try: "离散输入和输入寄存器只能读取。",
  }),
  "tag.numberInvalid": (f) => ({ says: `“${f.text}”不是数字。`, try: "请只写数字，小数用点号，不带单位。" }),
  "tag.lineUnknown": (f) => ({
    says: `此站点没有名为“${f.line}”的线路。`,
    try: "请在“线路”步骤中添加，或更正表格中的名称。",
  }),
  "table.columnMissing": (f) => ({
    says: `表格缺少列：${f.columns}。`,
    try: "第一行必须写列名，至少包含名称、地址和类型。",
  }),
  "table.empty": () => ({ says: "表格没有任何行。", try: "请检查选择的文件或工作表是否正确。" }),
  "group.intervalTooShort": (f) => ({
    says: `组 ${f.group} 不能每 ${f.intervalMs} 毫秒读取一次。`,
    try: `网关要求不小于 ${f.limitMs} 毫秒，请加长间隔。`,
  }),
  "group.unknown": (f) => ({ says: `没有组“${f.group}”。`, try: "它可能已被删除，请选择列表中的组。" }),
  "text.tooLong": (f) => ({
    says: `${kind(f.what)}长 ${f.bytes} 字节，网关最多接受 ${f.limit} 字节。`,
    try: "请缩短。一个汉字占三个字节。",
  }),
  "name.empty": (f) => ({ says: `${kind(f.what)}没有名称。`, try: "请输入名称。" }),
  "name.duplicate": (f) => ({ says: `已有名为“${f.name}”的${kind(f.what)}。`, try: "请换一个名称。" }),
  "line.unknown": (f) => ({
    says: `此站点没有线路“${f.line}”。`,
    try: "它可能已被删除，请选择列表中的线路。",
  }),
  "line.settingsInvalid": (f) => ({
    says: `此线路的设置不完整：${f.reason}。`,
    try: "请编辑线路，选择端口和参数。",
  }),
  "unit.broadcast": () => ({
    says: "站号 0 会同时对线路上所有设备说话，因此拒绝。",
    try: "请指定 1 到 247 中的一个站号。",
  }),
  "unit.outOfRange": (f) => ({ says: `站号 ${f.unit} 不存在。`, try: "站号范围为 1 到 247。" }),
  "value.unfit": (f) => ({ says: `${f.value} 不适合类型 ${f.type}。`, try: "请输入该类型范围内的值。" }),
  "uplink.none": () => ({ says: "此站点没有上行。", try: "请先在“上行”步骤中填写服务器。" }),
  "uplink.hostMissing": () => ({ says: "缺少服务器地址。", try: "请输入名称或 IP 地址。" }),
  "uplink.caMissing": () => ({
    says: "已启用 TLS，但缺少签发机构的证书。",
    try: "请粘贴签发机构的证书（PEM）：网关需要它来信任服务器。",
  }),
  "gateway.notSignedIn": () => ({ says: "尚未登录网关。", try: "请先在“网关”步骤中登录。" }),
  "gateway.urlInvalid": (f) => ({
    says: `“${f.text}”不是网关地址。`,
    try: "请按 http://192.168.1.10:7000 的形式书写。",
  }),
  "tags.none": () => ({ says: "此站点没有点位。", try: "请先在“点位”步骤中导入或添加。" }),
  "job.unknown": (f) => ({ says: `没有任务 ${f.job}。`, try: "它可能早已结束，请重新开始。" }),
  "job.running": (f) => ({
    says: `同类任务（${f.kind}）正在运行。`,
    try: "请等待结束，或在任务列表中取消。",
  }),
  "bundle.malformed": (f) => ({
    says: `这不是配置包：${f.reason}。`,
    try: "请从原处重新复制，U 盘可能拔得太早。",
  }),
  "bundle.tampered": (f) => ({
    says: `配置包中的 ${f.file} 与签名内容不符。`,
    try: "请勿下发，请索取新的副本。",
  }),
  "bundle.signatureInvalid": () => ({
    says: "此配置包的签名无效。",
    try: "请勿下发，请联系制作人并通过其他途径重新获取。",
  }),
  usage: (f) => ({ says: `${f.reason}。`, try: "运行 lastmile --help 查看可用命令。" }),
};
