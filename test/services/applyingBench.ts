import { testWorkbench } from "#test/support/trainingWorkbench.ts";

/** A workbench in a process of its own that applies a site to a gateway, until it is killed. */
const [folder = "", path = "", url = ""] = process.argv.slice(2);
const bench = await testWorkbench({ folder });
await bench.call("site.open", { path });
await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
process.stdout.write("applying\n");
const job = await bench.job("apply");
process.stdout.write(`${job.state}\n`);
await bench.open.close();
