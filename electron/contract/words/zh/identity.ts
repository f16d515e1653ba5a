import { reachReason } from "./causes.ts";

/** 网关身份、SSH 连接失败和密钥问题的说法。 */
const parts: Readonly<Record<string, string>> = {
  certificate: "证书",
  hostKey: "SSH 主机密钥",
  mac: "硬件地址（MAC）",
};

export function partName(part: string): string {
  return parts[part] ?? "身份";
}

const changedTries: Readonly<Record<string, string>> = {
  certificate: "请核对地址。只有确知该网关更换过证书时才信任新证书。",
  mac: "请检查网线和地址：可能接到了别的站点。只有确知网关已更换时才信任新的。",
};

export function changedTry(part: string): string {
  return changedTries[part] ?? "请核对地址。只有确知改变原因时才信任新的。";
}

const certificateCauses: Readonly<Record<string, string>> = {
  selfSigned: "证书由网关自己签发",
  expired: "证书已过期或尚未生效，或本机时钟不准",
  wrongName: "证书是为别的名称签发的",
  unknownAuthority: "签发者不为本机所知",
};

export function certificateCause(cause: string): string {
  return certificateCauses[cause] ?? "无法校验";
}

export function sshReason(reason: string): string {
  return reason === "notSsh" ? "该端口上是别的服务" : reachReason(reason);
}

const sshTries: Readonly<Record<string, string>> = {
  refused: "主机在线。请检查端口（通常为 22），以及是否启用了 SSH。",
  notSsh: "请检查端口：SSH 通常为 22。",
  nameUnknown: "请改用 IP 地址。",
  reset: "请稍候重试：连接过多时 SSH 服务会切断新连接。",
};

export function sshTry(reason: string): string {
  return sshTries[reason] ?? "请检查地址、网线，以及本机是否与网关在同一网段。";
}

const keyReasons: Readonly<Record<string, readonly [says: string, tryThis: string]>> = {
  encrypted: ["需要口令", "请输入该密钥的口令。"],
  passphrase: ["口令不对", "请重新输入口令。"],
  public: ["这是公钥", "请选择私钥：文件名末尾没有 .pub 的那个。"],
  malformed: ["不是私钥", "请选择 PEM 或 OpenSSH 格式的私钥，PuTTY 可以导出。"],
};

export function keyReason(reason: string): string {
  return keyReasons[reason]?.[0] ?? "无法读取";
}

export function keyTry(reason: string): string {
  return keyReasons[reason]?.[1] ?? "请选择另一个密钥。";
}
