/** Why a connection or a frame was refused: for each word what happened, and what to do. */

export type Cause = readonly [says: string, tryThis: string];
export type Causes = Readonly<Record<string, Cause>>;

/** A word of a newer workbench is told as it came, with the advice that fits most often. */
export function known(causes: Causes, word: string, usual: string): Cause {
  return causes[word] ?? [`“${word}”`, causes[usual]?.[1] ?? ""];
}

const reachReasons: Readonly<Record<string, string>> = {
  refused: "该端口没有服务",
  timeout: "超时无应答",
  reset: "连接立即被切断",
  unreachable: "没有通往该地址的路由",
  nameUnknown: "域名无法解析",
  certificate: "本机不信任其证书",
};

export function reachReason(reason: string): string {
  return reachReasons[reason] ?? `“${reason}”`;
}

const lineTries: Readonly<Record<string, string>> = {
  refused: "设备在线。请检查端口（通常为 502），以及设备是否启用了 Modbus TCP。",
  reset: "许多设备只接受一个连接：请关闭正在与它通信的其他程序。",
  unreachable: "请为本机设置与设备同网段的地址后重试。",
  nameUnknown: "请改用设备的 IP 地址。",
};

export function lineTry(reason: string): string {
  return lineTries[reason] ?? "请检查 IP 地址、网线，以及本机是否与设备在同一网段。";
}

const gatewayTries: Readonly<Record<string, string>> = {
  refused:
    "主机在线。请检查端口（通常为 7000）以及 Neuron 是否在运行。2.13 起新装的 Neuron 只监听本机：请通过 SSH 登录。",
  reset: "Neuron 可能正在重启，请等一分钟后重试。",
  unreachable: "请为本机设置与网关同网段的地址后重试。",
  nameUnknown: "请改用网关的 IP 地址。",
  certificate: "请核对地址与证书中的名称是否一致，并检查本机时钟；或改用 http://。",
};

export function gatewayTry(reason: string, url: string): string {
  // A certificate that is not known here ends the call in the same way as a missing route.
  if (url.startsWith("https:") && (reason === "reset" || reason === "unreachable"))
    return "请把 https:// 改为 http:// 再试：网关可能没有本机信任的证书。";
  return gatewayTries[reason] ?? "请检查网关电源、网线和地址，以及本机是否与网关在同一网段。";
}

const uplinkTries: Readonly<Record<string, string>> = {
  refused: "服务器主机在线。请检查端口：MQTT 为 1883，TLS 为 8883。",
  timeout: "很可能被防火墙或调制解调器拦截：请申请开放此端口的出站访问。",
  reset: "可能被防火墙切断：请申请开放此端口的出站访问。",
};

export function uplinkTry(reason: string): string {
  return uplinkTries[reason] ?? "请检查调制解调器、SIM 卡和信号，以及本机的网络设置。";
}

const frameReasons: Causes = {
  short: ["应答过短", "请先检查波特率，再检查 A/B 接线和终端电阻。"],
  crc: ["应答在途中损坏", "请先检查波特率和校验位，再检查终端电阻、屏蔽层，以及是否有两台设备站号相同。"],
  wrongLength: ["应答长度与询问不符", "请减少一次读取的寄存器数量，或对照手册核对数量。"],
  wrongFunction: ["应答的是另一次询问", "可能有另一台主站，或转换器较慢：请加长超时，并监听线路。"],
  wrongUnit: ["应答来自另一台从站", "请核对各设备设置的站号，以及会改站号的转换器。"],
  neverSilent: ["线路一直不静默，无法询问", "请检查波特率和偏置电阻，并逐台断开设备：其中一台在不停发送。"],
};

export function frameReason(reason: string): Cause {
  return known(frameReasons, reason, "crc");
}

const nodeReasons: Causes = {
  noReads: ["没有读到任何标签", "请核对站号、地址和线路参数是否与“线路”步骤中的发现一致。"],
  notLinked: ["没有连上设备", "请检查线路是否接到网关，以及网关上的端口名称和参数。"],
  notPublished: [
    "服务器没有收到任何消息",
    "请在“上行”步骤中检查服务器地址、账号和权限，那里会指出问题所在。",
  ],
  notRunning: ["没有运行", "请检查节点参数和网关日志。"],
};

/** Why a node, or a group of it, did not come up. */
export function nodeReason(reason: string): Cause {
  return known(nodeReasons, reason, "notRunning");
}
