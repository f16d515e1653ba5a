/** Neuron 之外的程序：名称、错误号，以及它们无法接受的内容。 */

import type { RuleFault } from "#domain/gateway/ekuiper/checkRules.ts";
import type { BridgeFault } from "#domain/gateway/nanomq/checkBridge.ts";
import type { Program } from "#domain/gateway/program.ts";
import type { HoconFault } from "#domain/hocon/readHocon.ts";
import { clip } from "../given.ts";

type Cause = readonly [says: string, tryThis: string];

export const programNames: Readonly<Record<Program, string>> = { nanomq: "NanoMQ", ekuiper: "eKuiper" };

const factoryAccounts: Readonly<Record<Program, string>> = {
  nanomq: "从未修改过的 NanoMQ，用户为 admin，密码为 public。",
  ekuiper: "不支持要求令牌的 eKuiper：请关闭其认证功能。",
};

export function accountTry(program: Program): string {
  return `请重新输入。${factoryAccounts[program]}`;
}

const nanomqNumbers: Readonly<Record<number, Cause>> = {
  101: ["它不认识这条命令", "请检查 NanoMQ 的版本：需要 0.21 或更新版本。"],
  102: ["没有这个接口", "请检查 NanoMQ 的版本：需要 0.21 或更新版本。"],
  103: ["密码错误", "请重新登录。"],
  104: ["需要用户名和密码", "请重新登录。"],
  107: ["缺少必要的参数", "请检查桥接的设置。"],
  108: ["参数值不合要求", "请检查桥接的服务器地址、主题和数值。"],
  109: ["无法读取所发送的内容", "请检查桥接的文本中是否有特殊字符。"],
  111: ["该功能未启用", "请使用带有此功能的 NanoMQ 版本，或不使用它。"],
  115: ["没有此名称的桥接", "请提供 NanoMQ 的配置文件，以便新建桥接。"],
  117: ["配置文件将无法读取", "请检查所提供的文件。"],
  118: ["无法写入配置文件", "请检查网关的磁盘空间和该文件的权限。"],
};

export function refusal(program: Program, status: number, error: number, says: string): Cause {
  const known = program === "nanomq" ? nanomqNumbers[error] : undefined;
  if (known) return [`${known[0]}（${error}）`, known[1]];
  if (says !== "") return [`“${clip(says, 160)}”`, "请改正其中指出的问题后重试。"];
  if (status === 404) return ["没有这个页面（404）", `请确认此地址是 ${programNames[program]} 的接口。`];
  if (status >= 500) return [`内部出错（${status}）`, "请查看网关上它的日志，并重新启动它。"];
  return [`状态码 ${status}`, `请确认此地址是 ${programNames[program]} 的接口，并检查其版本。`];
}

const unhealthy: Readonly<Record<string, Cause>> = {
  bridgeDown: [
    "未能连接云端消息服务器",
    "请检查服务器地址、用户名和密码，以及网关能否访问该服务器：NanoMQ 的日志会写明原因。",
  ],
  ruleDown: ["没有运行", "请在 eKuiper 中查看该规则的状态：多半是它的流或目标无法打开。"],
};

export function sickness(reason: string): Cause {
  return unhealthy[reason] ?? (unhealthy.ruleDown as Cause);
}

const hoconFaults: Readonly<Record<HoconFault, string>> = {
  endsEarly: "有大括号或方括号没有闭合",
  noKey: "此处应为名称",
  noValue: "此处应为“=”和值",
  oneLine: "每个键必须单独占一行",
  quoteOpen: "引号没有在本行闭合",
  badEscape: "反斜杠后面的字符不合法",
  stray: "此处有多余的内容",
  substitution: "不支持引用其他位置的值",
  tooDeep: "嵌套层数太多",
};

export function hoconFault(reason: string): string {
  return hoconFaults[reason as HoconFault] ?? hoconFaults.stray;
}

const bridgeFaults: Readonly<Record<BridgeFault, Cause>> = {
  server: ["服务器地址不合要求", "请写成 mqtt-tcp://主机:1883 或 tls+mqtt-tcp://主机:8883。"],
  quote: ["文本中含有引号、反斜杠或控制字符", "请去掉它：NanoMQ 会因此退出。"],
  empty: ["客户端 ID 为空", "请给桥接一个在服务器上唯一的客户端 ID。"],
  topic: ["主题为空，或通配符位置不对", "+ 必须单独占一级，# 只能放在最后。"],
  nothing: ["没有任何要转发的主题", "请添加一个上行或下行主题。"],
  tlsMissing: ["服务器要求 TLS，但没有指定文件", "请填写网关上 CA 文件的路径。"],
  tlsStray: ["指定了 TLS 文件，但服务器地址不是 TLS", "请将服务器地址写成 tls+mqtt-tcp://…。"],
};

export function bridgeFault(reason: string): Cause {
  return bridgeFaults[reason as BridgeFault] ?? bridgeFaults.topic;
}

const ruleFaults: Readonly<Record<RuleFault, Cause>> = {
  notSelect: ["语句不是以 SELECT 开头", "请写明选取哪些内容，以及来自哪个流。"],
  notStream: ["语句没有创建同名的流", "请用相同的名称书写 CREATE STREAM。"],
  streamMissing: ["所读取的流不在站点中", "请添加该流，或改正 FROM 后面的名称。"],
  noAction: ["没有处理结果的动作", "请添加一个动作，例如 mqtt。"],
  passwordMissing: ["其动作中的密码本机不知道", "请重新填写该规则的密码，或从正在运行它的网关取用。"],
};

export function ruleFault(reason: string): Cause {
  return ruleFaults[reason as RuleFault] ?? ruleFaults.notSelect;
}
