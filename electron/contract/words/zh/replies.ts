/** What devices and gateways answer in numbers, as clauses. */
import { type NeuronErrorWord, neuronErrorWord } from "#domain/gateway/neuronErrors.ts";

const exceptions: Readonly<Record<number, readonly [says: string, tryThis: string]>> = {
  1: ["不支持此功能码", "请对照手册核对区：保持寄存器与输入寄存器常被混淆。"],
  2: ["没有这个寄存器", "请对照手册：许多手册从 1 开始编号，有些寄存器只存在于其他型号。"],
  3: ["数值或数量不合要求", "读取可能截断了一个多寄存器数值：请检查类型，或写入值的范围。"],
  4: ["设备内部故障", "请查看设备显示屏上的报警，然后断电重启。"],
  5: ["已接受，需要时间处理", "请等几秒后再次询问。"],
  6: ["设备忙", "请等几秒。如果一直如此，可能有另一台主站占用它。"],
  8: ["存储器出错", "请断电重启设备；如仍出现，请联系设备厂家。"],
  10: ["其转换器没有配置通路", "请在转换器设置中检查它转发哪些站号。"],
  11: ["转换器后面的设备没有应答", "请检查转换器后面的接线、电源和波特率。"],
};

/** @see MODBUS Application Protocol v1.1b3, 7 */
export function exceptionName(code: number): string {
  return `${exceptions[code]?.[0] ?? "设备自身原因"}（异常码 ${code}）`;
}

export function exceptionTry(code: number): string {
  return exceptions[code]?.[1] ?? "请在设备手册中查找此异常码。";
}

const neuronWords: Readonly<Record<NeuronErrorWord, string>> = {
  none: "未说明原因",
  internal: "内部故障",
  bodyInvalid: "无法理解请求",
  parameterInvalid: "参数不合要求",
  tokenMissing: "会话已结束",
  tokenUnreadable: "会话已结束",
  tokenExpired: "会话已结束",
  tokenRefused: "会话已结束",
  tokenInvalid: "会话已结束",
  userOrPasswordWrong: "用户名或密码错误",
  busy: "网关忙",
  fileMissing: "网关上缺少文件",
  passwordLength: "密码过短或过长",
  passwordSame: "新密码与旧密码相同",
  userExists: "此用户已存在",
  userMissing: "没有此用户",
  userLength: "用户名过短或过长",
  noPermission: "此用户没有权限",
  nodeExists: "已有同名节点",
  nodeMissing: "没有此节点",
  settingInvalid: "节点参数不合要求",
  settingMissing: "节点尚无参数",
  nodeNotReady: "节点未就绪",
  nodeRunning: "节点已在运行",
  nodeNotRunning: "节点未运行",
  nodeStopped: "节点已停止",
  nodeNameLong: "节点名称过长",
  nodeFixed: "此节点不能修改",
  alreadySubscribed: "组已订阅",
  notSubscribed: "组未订阅",
  groupForbidden: "此节点不能有组",
  groupExists: "组已存在",
  groupInvalid: "组参数不合要求",
  groupMissing: "没有此组",
  groupNameLong: "组名称过长",
  tooManyGroups: "组数量已达上限",
  tagMissing: "没有此标签",
  tagExists: "已有同名标签",
  tagAccessUnfit: "标签的访问方式不合要求",
  tagTypeUnfit: "标签类型不合要求",
  tagAddressUnfit: "标签地址不合要求",
  tagNameLong: "标签名称过长",
  tagAddressLong: "标签地址过长",
  tagDescriptionLong: "标签描述过长",
  tagPrecisionUnfit: "标签精度不合要求",
  tagScaleUnfit: "标签缩放系数不合要求",
  tagBiasUnfit: "标签偏移不合要求",
  pluginMissing: "网关上没有安装该插件",
  readFailed: "设备拒绝读取",
  writeFailed: "设备拒绝写入",
  notConnected: "网关没有连上设备",
  notReadable: "此标签不可读",
  notWritable: "此标签不可写",
  valueTypeUnfit: "数值与标签类型不符",
  valueExpired: "最近的值已过期",
  replyUnreadable: "设备应答混乱",
  notReadYet: "尚未读到此标签",
  replyOutOfOrder: "应答次序错乱",
  deviceSilent: "设备没有应答或拒绝",
  valueOutOfRange: "数值超出范围",
  topicMissing: "网关上行没有此组的主题",
  plugin: "网关插件报错",
  unknown: "只给出了错误号",
};

export function neuronError(code: number): string {
  return neuronWords[neuronErrorWord(code)];
}

const calls: Readonly<Record<string, string>> = {
  "POST /login": "登录",
  "GET /version": "查询版本",
  "GET /global/config": "读取配置",
  "PUT /global/config": "写入配置",
  "GET /tags": "查询标签",
  "DELETE /node": "删除节点",
  "GET /plugin": "查询插件",
  "GET /node/state": "查询节点状态",
  "POST /read": "读取数值",
};

/** What the gateway was asked for: `读取数值`. */
export function gatewayCall(call: string): string {
  const plain = call.replace(" /api/v2/", " /").replace(/\?.*$/, "");
  return calls[plain] ?? `请求“${plain}”`;
}

/** Why it refused: from its error number, or from the HTTP status where there is none. */
export function refusal(status: number, error: number): string {
  if (error !== 0) return `${neuronError(error)}（错误 ${error}）`;
  return `${statusName(status)}（HTTP ${status}）`;
}

function statusName(status: number): string {
  if (status === 401 || status === 403) return "此用户没有权限";
  if (status === 404) return "没有此接口";
  return status >= 500 ? "内部故障" : "未说明原因";
}

export function refusalTry(status: number, error: number): string {
  if (error >= 2200 && error < 2300) return "请在“标签”步骤中更正该标签后重试。";
  if (error >= 2100 && error < 2200) return "请在“标签”步骤中更正该组后重试。";
  if (error >= 2002 && error < 2100) return "请核对线路的名称、端口和参数与此节点是否一致。";
  const word = neuronErrorWord(error);
  if (word.startsWith("token")) return "请重新登录。";
  if (word === "pluginMissing") return "请在网关上安装该插件，或改用不需要它的线路。";
  if (word === "busy") return "请等一分钟后重试。";
  if (word === "noPermission" || status === 401 || status === 403) return "请用有权修改网关的用户登录。";
  if (error === 0 && status === 404) return "请检查其版本：Lastmile 适用于 Neuron 2。";
  return "请再试一次。如仍出现，请查看网关日志中这一时刻的记录。";
}
