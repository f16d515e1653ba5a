/** Names that protocols give their numbers, for the sentences of faults. */

const exceptions: Readonly<Record<number, string>> = {
  1: "不支持此功能码",
  2: "没有这个寄存器",
  3: "数值或数量不合要求",
  4: "设备内部故障",
  5: "已接受，需要时间处理",
  6: "设备忙",
  8: "存储器出错",
  10: "其网关没有通路",
  11: "其网关后的设备没有应答",
};

/** @see MODBUS Application Protocol v1.1b3, 7 */
export function exceptionName(code: number): string {
  return `${exceptions[code] ?? "设备自身原因"}（异常码 ${code}）`;
}

const neuronErrors: Readonly<Record<number, string>> = {
  1002: "请求格式不合要求",
  1003: "参数不合要求",
  2003: "没有此节点",
  2004: "节点设置不合要求",
  2005: "节点尚无设置",
  2010: "节点名称过长",
  2107: "组名称不合要求",
  2203: "点位访问方式不合要求",
  2204: "点位类型不合要求",
  2205: "点位地址不合要求",
  2206: "点位名称过长",
  2209: "点位精度不合要求",
  3000: "读取失败",
  3002: "设备未连接",
};

export function neuronError(code: number): string {
  return neuronErrors[code] ?? "只给出了错误号";
}

const tlsCauses: Readonly<Record<string, readonly [string, string]>> = {
  expired: ["证书已过期", "请先检查本机日期，再请对方更新证书。"],
  notYetValid: ["证书尚未生效", "本机时钟可能偏慢，请校准后重试。"],
  unknownAuthority: ["证书由本机不认识的机构签发", "请把该机构的证书（PEM）粘贴到上行设置中。"],
  selfSigned: ["证书为自签名", "如果本应如此，请把此证书（PEM）作为签发机构粘贴。"],
  nameMismatch: ["证书属于另一个名称", "请使用证书中的名称，而不是 IP 地址。"],
  notTls: ["此端口不使用 TLS", "请使用 8883 端口，或在服务器没有 TLS 时关闭 TLS。"],
  clientCertificateNeeded: ["要求客户端证书", "请向服务器管理者申请用户名和密码的登录方式。"],
};

/** @returns what happened, and what to do */
export function tlsCause(cause: string): readonly [string, string] {
  return tlsCauses[cause] ?? [cause, "请核对端口和签发机构的证书。"];
}

const connectReasons: Readonly<Record<number, string>> = {
  1: "不支持此 MQTT 版本",
  2: "不允许此客户端标识",
  3: "服务器未就绪",
  4: "用户名或密码错误",
  5: "不允许此用户连接",
  132: "不支持此 MQTT 版本",
  133: "不允许此客户端标识",
  134: "用户名或密码错误",
  135: "不允许此用户连接",
  136: "服务器未就绪",
  137: "服务器忙",
  138: "此客户端被禁止",
  149: "消息过大",
  151: "配额已用完",
  159: "同时连接过多",
};

/** @see MQTT 3.1.1, 3.2.2.3 and MQTT 5, 3.2.2.2 */
export function connectReason(reason: number, cause: string): string {
  return connectReasons[reason] ?? `${cause}（原因 ${reason}）`;
}
