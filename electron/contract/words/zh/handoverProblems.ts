import { clip } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import * as terms from "./terms.ts";
import { reasonText } from "./texts.ts";

/** What is said of bundles, trust, clones, the acceptance test and its report. */
export const handoverProblems = {
  "checklist.malformed": (f) => ({
    says: `${f.file} 不是检查表：${reasonText(f.reason)}。`,
    try: "请对照随 Lastmile 提供的检查表旁的 checklist.schema.json 检查。",
  }),
  "checklist.unknown": (f) => ({
    says: `没有检查表“${f.checklist}”。`,
    try: "请选择列表中的检查表，或把文件放入站点旁的 checklists 文件夹。",
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
} satisfies Partial<ProblemWords>;
