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
  thingMissing: "所请求的内容不存在",
  addressInvalid: "地址无效",
  addressInUse: "地址已被占用",
  portInUse: "端口已被占用",
  nodeNameEmpty: "名称为空",
  labelUnfit: "节点标识不合要求",
  pluginInUse: "插件正在使用",
  licenceUsedUp: "许可证的标签数已用完",
  notSupported: "网关插件不支持此操作",
  uplinkFailed: "网关的 MQTT 上行故障",
  rulesFailed: "网关与规则引擎的连接故障",
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
  "GET /tags": "查询标签",
  "DELETE /node": "删除节点",
  "POST /node": "添加节点",
  "POST /node/setting": "写入节点参数",
  "POST /node/ctl": "启动或停止节点",
  "POST /group": "添加组",
  "PUT /group": "修改组的间隔",
  "DELETE /group": "删除组",
  "POST /tags": "添加标签",
  "PUT /tags": "修改标签",
  "DELETE /tags": "删除标签",
  "POST /subscribe": "订阅组",
  "PUT /subscribe": "修改组的主题",
  "DELETE /subscribe": "取消订阅组",
  "POST /password": "修改密码",
  "POST /write": "写入数值",
  "GET /node": "查询节点",
  "GET /group": "查询组",
  "GET /subscribe": "查询订阅",
  "GET /node/setting": "查询节点参数",
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

/** Most likely cause and what to do, where more is known than the number's range tells. */
const tries: Partial<Readonly<Record<NeuronErrorWord, string>>> = {
  userOrPasswordWrong: "多半是输入有误或密码已被修改：请重新输入两者。",
  passwordLength: "请使用 4 至 16 个字符的密码。",
  passwordSame: "请使用与旧密码不同的密码。",
  userLength: "请使用 4 至 32 个字符的用户名。",
  userExists: "请换一个用户名，或用此用户登录。",
  userMissing: "请检查用户名是否有误。",
  addressInUse: "网关上的其他程序占用了它：请换一个地址。",
  portInUse: "网关上的其他程序占用了它：请换一个端口。",
  bodyInvalid: "多半是网关版本较旧，不支持此请求。请在“网关”步骤中查看版本。",
  parameterInvalid: "多半是某个值超出此版本的范围。请与网关自身页面核对。",
  nodeMissing: "可能有人已将其删除：请重新比较后再下发。",
  groupMissing: "可能有人已将其删除：请重新比较后再下发。",
  tagMissing: "可能有人已将其删除：请重新比较后再下发。",
  nodeExists: "可能有人已添加：请重新比较后再下发。",
  groupExists: "可能有人已添加：请重新比较后再下发。",
  tagExists: "同一组中有重名标签，或有人已添加：请重新比较。",
  alreadySubscribed: "可能有人已更改网关：请重新比较后再下发。",
  notSubscribed: "可能有人已更改网关：请重新比较后再下发。",
  nodeNotRunning: "请在网关页面启动该节点，或下发站点配置（会自动启动）。",
  nodeStopped: "请在网关页面启动该节点，或下发站点配置（会自动启动）。",
  tooManyGroups: "每个节点最多 512 个组：请合并间隔相同的标签。",
  pluginInUse: "请先删除使用它的节点。",
  licenceUsedUp: "请去掉不需要的标签，或扩展许可证。",
  readFailed: "多半是设备没有这个寄存器：请在“线路”步骤中读取核对。",
  writeFailed: "多半是该寄存器不可写：请查阅设备手册。",
  notConnected: "请检查网关与设备之间的线缆、端口和地址。",
  deviceSilent: "请检查站号、接线和电源；在串行线路上，设备拒绝也显示为无应答。",
  replyUnreadable: "多半是干扰或线路参数错误：请在“线路”步骤中检定线路质量。",
  replyOutOfOrder: "多半是设备较慢：请延长线路超时。",
  notReadYet: "请等待该组一个间隔后再查看。",
  valueExpired: "网关来不及轮询：请延长间隔或分散标签。",
  valueTypeUnfit: "请对照设备手册核对标签类型。",
  valueOutOfRange: "请使用标签类型能容纳的数值。",
  notWritable: "请在“标签”步骤中开启写访问并下发，然后再写。",
  notReadable: "请在“标签”步骤中开启读访问，然后下发。",
  uplinkFailed: "请在“上行”步骤中检查 MQTT 服务器。",
  rulesFailed: "请检查网关上的规则引擎是否在运行。",
};

export function refusalTry(status: number, error: number): string {
  const known = tries[neuronErrorWord(error)];
  if (known !== undefined) return known;
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
