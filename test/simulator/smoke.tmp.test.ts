import { test } from "vitest"; 
import { readFileSync } from "node:fs";
import mqtt from "mqtt";
import { trainingSite } from "#simulator/trainingSite.ts";
test("smoke", async () => {
const site = trainingSite({ seed: 1 });
const t0=performance.now();
const place = await site.start();
console.log(place, performance.now()-t0);
const u = place.gatewayUrl + "/api/v2/";
let token = "";
const call = async (m: string, p: string, b?: unknown) => { const r = await fetch(u + p, { method: m, headers: { Authorization: "Bearer " + token }, ...(b === undefined ? {} : { body: JSON.stringify(b) }) }); return [r.status, await r.text()] as const; };
token = JSON.parse((await call("POST", "login", { name: "admin", pass: "0000" }))[1]).token;
console.log(await call("GET", "version"));

const rows = readFileSync("resources/training-site/tags.csv", "utf8").trim().split("\n").slice(1).map((l) => l.split(","));
const types: any = { FLOAT: 9, UINT16: 4, INT16: 3, BIT: 11, UINT64: 8, INT64: 7, DOUBLE: 10, STRING: 13, UINT32: 6 };
const attr = (t: string) => (t.includes("Read") ? 1 : 0) | (t.includes("Write") ? 2 : 0) | (t.includes("Sub") ? 4 : 0);
console.log(await call("POST", "node", { name: "rtu", plugin: "Modbus RTU" }), await call("POST", "node", { name: "plc", plugin: "Modbus TCP" }), await call("POST", "node", { name: "up", plugin: "MQTT" }));
for (const [node, group, iv] of [["rtu", "feeder1", 1000], ["rtu", "pump", 1000], ["rtu", "rectifier", 2000], ["rtu", "probe", 2000], ["plc", "tank", 1000]] as const) {
  const tags = rows.filter((r) => r[0] === node && r[1] === group).map((r) => ({ name: r[2], address: r[3], type: types[r[4]!], attribute: attr(r[5]!), decimal: Number(r[6] || 0), precision: Number(r[7] || 0), unit: r[9], description: r[10] }));
  console.log(await call("POST", "gtags", { node, groups: [{ group, interval: iv, tags }] }));
}
console.log(await call("POST", "node/setting", { node: "rtu", params: { link: 0, timeout: 1000, interval: 20, device: "/dev/ttyS0", stop: 0, parity: 2, baud: 3, data: 3 } }));
console.log(await call("POST", "node/setting", { node: "plc", params: { connection_mode: 0, host: "127.0.0.1", port: place.plc.port, timeout: 1000, interval: 20 } }));
console.log(await call("POST", "node/setting", { node: "up", params: { "client-id": "x", format: 0, qos: 1, host: place.broker.host, port: place.broker.port, "offline-cache": false } }));
console.log(await call("POST", "subscribes", { app: "up", groups: [{ driver: "rtu", group: "feeder1", params: { topic: "a/feeder1" } }, { driver: "plc", group: "tank" }] }));

const c = mqtt.connect(`mqtt://127.0.0.1:${place.broker.port}`);
c.subscribe("#"); c.on("message", (t, p) => console.log(t, p.toString()));
await new Promise((r) => setTimeout(r, 5000));
for (const g of ["feeder1", "pump", "rectifier", "probe"]) console.log((await call("POST", "read", { node: "rtu", group: g }))[1]);
console.log((await call("POST", "read", { node: "plc", group: "tank" }))[1]);
console.log((await call("GET", "node/state"))[1]);
const cpu = process.cpuUsage(); await new Promise((r) => setTimeout(r, 5000)); const d = process.cpuUsage(cpu); console.log("cpu ms in 5 s", (d.user + d.system) / 1000);
console.log((await call("GET", "metrics?category=driver&node=rtu"))[1].match(/group_last_timer_ms\{.*/g));
c.end(true); await site.stop(); console.log("stopped");
}, 60000);
