import { testWorkbench } from "#test/support/trainingWorkbench.ts";

/** A workbench in a process of its own that reads registers through a gateway's serial port, until it is killed. */
const [folder = "", path = "", url = ""] = process.argv.slice(2);
const bench = await testWorkbench({ folder });
await bench.call("site.open", { path });
await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
process.stdout.write("reading\n");
const place = { line: "rtu", unit: 3, area: "holding", offset: 0, count: 8 } as const;
await bench.call("line.read", { ...place, through: "gateway" });
process.stdout.write("read\n");
await bench.open.close();
