import type { PhraseCode } from "#domain/phrase.ts";
import { given } from "../given.ts";
import type { PhraseWords } from "../say.ts";
import { span } from "./span.ts";

type DrillCode = Extract<PhraseCode, `doing.drill${string}` | `drill${string}`>;

/** The outage drill: what is being done, why samples were lost, what to do. */
export const drill: Pick<PhraseWords, DrillCode> = {
  "doing.drillPreparing": () => "断网之前，先在服务器上收听",
  "doing.drillBefore": () => "网络正常，正在计数",
  "doing.drillPull": () => "请现在拔下网关与服务器之间的网线",
  "doing.drillOut": () => "网络已断开",
  "doing.drillPlug": () => "请现在把网线插回去",
  "doing.drillTail": () => "网络已恢复，正在等待补发的数据",

  "drillCause.cacheOff": (f) => `丢失 ${messages(f.lost)}：服务器不可达时，网关不保存任何数据。`,
  "drillCause.cacheSmall": (f) =>
    `丢失 ${messages(f.lost)}：缓存${given(f.messages, (kept) => `只有 ${kept} 条，`)}已满，最旧的消息被丢弃。`,
  "drillCause.cacheLost": (f) => `丢失 ${messages(f.lost)}：缓存虽已开启，但被重启或重新配置清空。`,
  "drillCause.qos0": (f) =>
    `丢失 ${messages(f.lost)}（QoS 0）：网关发现断网之前已把它们发到失效的连接上，不会再重发。`,
  "drillCause.unrepeated": (f) =>
    `丢失 ${messages(f.lost)}：QoS 虽要求确认，但它们被发到失效的连接上，之后没有重发。`,
  "drillCause.notBack": (f) => `缺少 ${messages(f.lost)}：网络恢复后网关没有重新连上。`,
  "drillCause.outside": (f) => `网络正常期间丢失 ${messages(f.lost)}。`,
  "drillCause.unknown": (f) => `断网期间丢失 ${messages(f.lost)}，原因不明。`,
  "drillTry.cacheOff": () => "请开启网关 MQTT 节点的离线缓存；下发本站点配置即会开启。",
  "drillTry.cacheSmall": () => "请增大缓存的内存和磁盘，或减少发布量：延长采集间隔，或只发布变化的数据。",
  "drillTry.cacheLost": () =>
    "请为网关配备能撑过断网时间的电源，断网期间不要更改其设置。Neuron 的缓存只在运行期间有效。",
  "drillTry.qos0": () => "请使用 QoS 1，未确认的消息会重新发送。",
  "drillTry.unrepeated": () => "请让网关先发布到本机的 NanoMQ，再由 NanoMQ 桥接到云端。",
  "drillTry.notBack": () => "请检查网关的 MQTT 节点是否在运行并重启它；再到服务器日志中查看拒绝的原因。",
  "drillTry.outside": () => "请检查网络质量和服务器的限制；“上行”步骤会显示往返时间和最大消息。",
  "drillTry.unknown": () => "请改用中间代理再演练一次，它能看到哪些已发送、哪些没有发送。",
  "drillTry.waited": () => "请定期发布一条消息，例如每十秒一个计数，让桥接及时清空队列。",
  "drillTry.held": () => "这不能证明缓存有效：请让断网时间超过保活时间的 1.5 倍，或改用复位方式断开。",
  "drillTry.replaySlow": () => "请缩短网关 MQTT 节点的缓存同步间隔。",

  "drillNote.waited": (f) =>
    `缓存的数据等待了 ${span(f.ms)}，直到下一条新消息发布才一起送出，这是 NanoMQ 桥接的特点。`,
  "drillNote.held": () => "连接本身撑过了断网，没有用到缓存。",
  "drillNote.replaySlow": (f) =>
    `缓存每秒只补发 ${f.perSecond ?? 0} 条消息，少于站点产生的数量：长时间断网后永远追不上。`,
  "drillNote.cacheSpan": (f) =>
    `缓存可保存 ${f.messages ?? 0} 条消息，按本站点的发布量可撑过 ${span(f.ms)}断网。`,
  "drillNote.skipped": (f) => `网关自己少发了 ${messages(f.count)}：一轮采集超过了采集间隔。这些不算丢失。`,
  "drillNote.unheard": (f) =>
    `断网前没有收到以下组的消息，未参加演练：${String(f.groups ?? "").replaceAll(", ", "、")}。`,
  "drillNote.ownLink": (f) =>
    `本机到服务器的网络也断开了 ${f.breaks ?? 0} 次：部分 QoS 0 消息可能被误计为丢失。`,
  "drillNote.opaque": () => "TLS 使代理看不到消息内容，原因只能根据收到的数据判断。",
};

function messages(count: string | number | undefined): string {
  return `${count ?? 0} 条消息`;
}
