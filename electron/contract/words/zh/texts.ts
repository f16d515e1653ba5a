import { inWords, type TextWords } from "../texts.ts";

const kinds: Readonly<Record<string, string>> = {
  string: "文本",
  number: "数字",
  int: "整数",
  boolean: "布尔值",
  array: "列表",
  object: "一组字段",
  record: "一组字段",
};

/** The field that a reason is about; a reason without one is about the whole. */
const it = (at: string): string => (at === "" ? "内容" : `“${at}”`);

const words: TextWords = {
  notJson: () => "不是 JSON",
  noToken: () => "没有返回登录令牌",
  answerTooLarge: () => "超过 32 MB",
  notBase64: () => "没有完整传到",
  noPort: () => "尚未选择端口",
  otherBytes: () => "它被改动过，或由其他程序写成",
  tooSlow: () => "浏览器用时过长",
  noPdf: () => "浏览器没有生成文件",
  jsonEnds: () => "内容不完整，像是被截断",
  jsonBreaks: (position) => `在第 ${position} 个字符处出错`,
  jsonStray: (letter) => `多出了“${letter}”`,
  notObject: () => "内容是别的东西",
  noFormat: () => "缺少格式版本号",
  gone: () => "此文件已不在等待处理",
  tooLarge: (count) => `超过 ${Math.round(Number(count) / 1_000_000)} MB`,
  notKnownHere: () => "页面请求了工作台没有的功能",
  notPayload: () => "不是网关发出的消息",
  topicInvalid: (topic) => `“${topic}”不能作为主题`,
  quoteOpen: () => "有引号没有闭合",
  option: (name, value) => `“${value}”不适用于 --${name}`,
  timeout: (ms) => `超时 ${ms} 毫秒不在 1 到 30000 毫秒之内`,
  host: (host) => (host.trim() === "" ? "缺少主机地址" : `“${host}”不能作为主机地址`),
  port: (port) => `端口 ${port} 不在 1 到 65535 之内`,
  gatewayPort: (port) => (port.trim() === "" ? "缺少网关上的串口名称" : `网关上的串口名称“${port}”过长`),
  baudRate: (rate) => `此处不支持波特率 ${rate}`,
  dataBits: () => "适配器不支持此数据位",
  parity: () => "适配器不支持此校验方式",
  stopBits: () => "适配器不支持此停止位",
  asciiFraming: () => "网关的串口线路只支持 RTU，不支持 ASCII",
  groups: (count, line, most = "") => `${line} 有 ${count} 个组，网关最多接受 ${most} 个`,
  notTcp: (text) => `“${text}”不是 tcp://主机:端口 的形式`,
  manifest: () => "文件清单缺失或已损坏",
  cutOff: () => "内容被截断",
  twice: (file) => `“${file}”出现了两次`,
  tooManyFiles: (most) => `文件超过 ${most} 个`,
  entryOdd: (file) => `“${file}”不是由 Lastmile 打包的`,
  missing: (at) => (at === "" ? "缺少字段" : `缺少${it(at)}`),
  wrongKind: (at, kind = "") => `${it(at)}应为${kinds[kind] ?? `“${kind}”`}`,
  wrongChoice: (at, choices = "") => `${it(at)}只能是 ${choices.replaceAll('"', "").split("|").join("、")}`,
  unknownField: (at, names = "") => `不认识字段“${at || names}”`,
  tooBig: (at, most = "") => `${it(at)}过大或过长，最多 ${most}`,
  tooSmall: (at, least = "") => `${it(at)}过小或过短，至少 ${least}`,
  misshapen: (at) => `${it(at)}格式不对`,
};

/** A reason that came as text, as a clause without a full stop. */
export function reasonText(reason: string): string {
  return inWords(words, reason);
}

/** Several of them, as the workbench joins them; the first three are enough to act. */
export function reasonTexts(reasons: string): string {
  return reasons.split("; ").slice(0, 3).map(reasonText).join("；");
}
