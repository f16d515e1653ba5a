import { reasonText } from "./texts.ts";

/** Failures that are another failure's reason, as clauses. */
const clauses: Readonly<Record<string, string>> = {
  "gateway.differs": "网关中的配置与下发的不一致",
  "gateway.unhealthy": "有节点未能正常运行",
  "gateway.refused": "网关拒绝",
  "gateway.unreachable": "网关不再应答",
  "gateway.unexpected": "网关的应答不合要求",
  "gateway.signedOut": "网关结束了会话",
  "gateway.loginRefused": "网关结束了会话",
  "gateway.identityChanged": "该地址处应答的是另一台网关",
  "ssh.lost": "SSH 连接已断开",
  "program.refused": "程序拒绝了它",
  "program.unexpected": "程序的应答不合要求",
  "program.unhealthy": "桥接或规则未能正常运行",
  "program.loginRefused": "程序结束了会话",
  "journal.broken": "证据文件被改动",
  "file.unwritable": "证据无法写入",
  "file.unreadable": "有文件无法读取",
  cancelled: "操作被取消",
  closing: "Lastmile 已关闭",
  "signed out": "已退出登录",
};

/** Why something ended, from a failure's code or from what was said when it was stopped. */
export function failureClause(because: string): string {
  return clauses[because] ?? (because === "" ? "原因不明" : reasonText(because));
}
