import { type Cause, type Causes, known } from "./causes.ts";

/** Why a broker was not reached in a good way: for each word what happened, and what to do. */

const tlsCauses: Causes = {
  expired: ["证书已过期", "请先检查本机日期，再请对方更新证书。"],
  notYetValid: ["证书尚未生效", "本机时钟可能偏慢，请校准后重试。"],
  clockHere: [
    "本机时钟慢了许多年，任何证书都显示无效",
    "请校准本机的日期和时间，并检查网关时钟：没有时钟电池的网关会从 1970 年起算。",
  ],
  clockThere: [
    "服务器的时钟停在 1970 年，或其证书是在那时生成的",
    "请服务器管理员校准时钟；如果证书是那时生成的，请重新生成。",
  ],
  unknownAuthority: [
    "证书由本机不认识的 CA 签发",
    "请把该 CA 的证书（PEM）粘贴到上行设置中；如果已有 CA 证书，则填错了。",
  ],
  selfSigned: ["证书是自签名的", "如果这确实是您的服务器，请把此证书（PEM）作为 CA 证书粘贴到上行设置中。"],
  missingIntermediate: [
    "服务器没有发送中间证书",
    "请服务器管理员配置完整的证书链，或把中间证书粘贴在 CA 证书之后。",
  ],
  wrongName: ["证书属于另一个名称", "主机请填写证书中的名称，或为当前名称重新签发证书。"],
  addressNotNamed: [
    "证书中没有这个地址",
    "主机请填写证书中的名称。主机为 IP 地址时，Neuron 不核对名称，会接受任何服务器。",
  ],
  clientCertificateRequired: ["服务器要求客户端证书", "请把服务器方签发的客户端证书及其私钥填入上行设置。"],
  clientCertificateUnknown: [
    "服务器不接受我们的客户端证书",
    "请确认服务器信任签发该证书的 CA，且证书未被吊销。",
  ],
  clientCertificateExpired: [
    "按服务器的时钟，我们的客户端证书无效",
    "请更新客户端证书；如果证书日期无误，则是服务器时钟不准。",
  ],
  keyMissing: [
    "本机没有保存客户端证书的私钥",
    "请在上行设置中选择私钥文件。私钥属于机密，不会写入站点文件。",
  ],
  keyUnreadable: ["无法读取客户端证书或私钥", "两者都必须是 PEM 格式，私钥不能带口令。请重新选择文件。"],
  keyMismatch: ["私钥与客户端证书不匹配", "请选择与此证书一同生成的私钥；常见原因是两个文件混淆。"],
  notTls: ["此端口不使用 TLS", "请使用服务器的 TLS 端口（通常为 8883）；若服务器没有 TLS，请关闭 TLS。"],
  weak: ["服务器只提供已不安全的加密", "请服务器管理员启用 TLS 1.2 以上，并使用 2048 位以上的密钥。"],
  sniNeeded: [
    "该服务器承载多个名称，而我们没有给出它认识的名称",
    "主机请填写服务器名称，而不是 IP 地址。Neuron 不能另行指定名称。",
  ],
  proxy: [
    "途中有其他设备以 HTTP 代替服务器应答",
    "可能是代理或访客网络的登录页：请先登录、换一个网络，或申请放行此端口。",
  ],
  silent: ["连接后没有任何应答", "请确认这是 TLS 端口；防火墙也可能放行连接却拦截后续数据。"],
  other: ["握手中断", "请确认端口是 TLS 端口，且粘贴的 CA 证书是完整的 PEM。"],
};

/** What the certificate says that shows the cause. */
export function tlsSeen(cause: string, seen: string): string {
  if (cause === "expired") return `有效期至 ${seen}`;
  if (cause === "notYetValid") return `自 ${seen} 起有效`;
  if (cause === "clockHere") return `本机日期为 ${seen}`;
  if (cause === "clockThere") return `生成于 ${seen}`;
  return cause === "unknownAuthority" || cause === "missingIntermediate"
    ? `由 ${seen} 签发`
    : `证书属于 ${seen}`;
}

export function tlsCause(cause: string): Cause {
  return known(tlsCauses, cause, "other");
}

const connectCauses: Causes = {
  badUser: ["用户名或密码错误", "请重新输入密码，再与服务器管理员核对两者。"],
  notAuthorized: ["不允许此用户连接", "请核对用户名、密码和客户端 ID；服务器可能只允许特定的客户端 ID。"],
  clientIdRefused: ["不允许此客户端 ID", "请向服务器管理员询问允许的客户端 ID。"],
  protocolVersion: ["不支持此 MQTT 版本", "请在上行设置中改用另一个 MQTT 版本。"],
  serverUnavailable: ["服务器未就绪或过忙", "请等一分钟后重试。"],
  banned: ["此客户端已被封禁", "请服务器管理员解除封禁；也可能会自动解除。"],
  quota: ["服务器的限额已用完", "请等一分钟，或申请提高连接数限额。"],
  portIsTls: ["此端口使用 TLS", "请在上行设置中启用 TLS，或改用 1883 端口。"],
  portIsWebSocket: [
    "此端口只支持 WebSocket 上的 MQTT",
    "请在上行设置中启用 WebSocket，或改用普通 MQTT 端口（通常为 1883）。",
  ],
  webSocketPath: ["此 WebSocket 路径上没有 MQTT", "常用路径为 /mqtt 和 /ws，请向服务器管理员确认。"],
  notWebSocket: [
    "此端口不支持 WebSocket",
    "请关闭 WebSocket，或使用服务器的 WebSocket 端口（通常为 8083，TLS 为 8084）。",
  ],
  proxy: [
    "途中有其他设备以 HTTP 代替服务器应答",
    "可能是代理或访客网络的登录页：请先登录、换一个网络，或申请放行此端口。",
  ],
  notMqtt: ["此端口使用的不是 MQTT", "请检查主机和端口：MQTT 通常为 1883，TLS 为 8883。"],
  silent: ["连接后没有任何应答", "请确认此端口使用 MQTT（通常为 1883）；防火墙也可能拦截后续数据。"],
  other: ["服务器断开，未说明原因", "请与服务器管理员核对端口、MQTT 版本、客户端 ID 和用户名。"],
};

const reasonCodes: Readonly<Record<number, string>> = {
  129: "服务器无法读懂报文",
  130: "服务器认为协议有误",
  131: "服务器自身原因",
  135: "此用户没有权限",
  140: "服务器要求其他登录方式",
  144: "不允许此主题",
  149: "消息过大",
  151: "服务器的限额已用完",
  153: "不接受此消息格式",
  154: "服务器不保留消息",
  155: "不支持此服务质量",
  156: "应使用另一台服务器",
  157: "服务器已迁移",
};

/** @see MQTT 5, 2.4 */
export function mqttReason(reason: number): string {
  if (reason === 0) return "服务器直接断开了连接";
  return `${reasonCodes[reason] ?? "未说明原因"}（原因码 ${reason}）`;
}

/** The word says most; a reason without one is looked up by its number. */
export function connectCause(cause: string, reason: number): Cause {
  const known = connectCauses[cause];
  if (known !== undefined && (cause !== "other" || reason === 0)) return known;
  return [mqttReason(reason), "请联系服务器管理员。"];
}

/** What to do where a message was not taken. */
export function publishTry(reason: number): string {
  if (reason === 149) return "请减小消息：减少组内标签，或申请提高上限。";
  if (reason === 151) return "请等一分钟、降低发布频率，或申请提高限额。";
  return "请申请允许此用户发布到该主题的规则。";
}

const closedCauses: Causes = {
  takenOver: [
    "另一客户端使用了相同的客户端 ID",
    "请为每个客户端设置各自的 ID；如果服务器用用户名或证书作为 ID，则各客户端需使用不同的用户或证书。",
  ],
  keepAlive: ["服务器太久没有收到我们的数据", "链路可能中断过。请选用比网络遗忘连接更短的保活时间。"],
  notAuthorized: ["服务器不再允许此客户端", "请联系服务器管理员，权限规则可能已更改。"],
  tooLarge: ["消息超过服务器的上限", "请减小消息：减少组内标签。"],
  quota: ["服务器的限额已用完", "请降低发布频率，或申请提高限额。"],
  shuttingDown: ["服务器正在关闭或重启", "请等一分钟后重试。"],
  other: ["服务器未说明原因", "请先检查是否有另一客户端使用相同的客户端 ID，再检查链路。"],
};

export function closedCause(cause: string | undefined): Cause {
  return known(closedCauses, cause || "other", "other");
}

/** Why a gateway says nothing to a request over MQTT. */
export const silences: Readonly<Record<string, string>> = {
  notLinked: "网关的 MQTT 节点没有连上此服务器：请先检查上行。",
  nodeMissing: "网关没有这条线路，因此不应答：请先下发站点配置。",
  groupMissing: "网关没有这个组，因此不应答：请先下发站点配置。",
  notSignedIn: "请先登录网关，以便查看其上行、线路和组，然后再问一次。",
  otherBroker: "节点和组都在并已连接。请核对两边是否使用同一服务器，以及网关 MQTT 节点中的请求主题。",
};
