import { testWorkbench } from "#test/support/trainingWorkbench.ts";

/** Changes a value to prove a tag, in a process of its own that tells when it is changed, until it is killed. */
const [folder = "", path = "", url = "", tag = "", value = ""] = process.argv.slice(2);
const bench = await testWorkbench({ folder });
await bench.call("site.open", { path });
await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
bench.tables.jobs.watch({
  changed(key) {
    const { detail } = bench.tables.jobs.get(key) ?? {};
    if (detail?.kind === "stimulus" && detail.after !== null) process.stdout.write("changed\n");
  },
  removed: () => undefined,
});
await bench.job("stimulus", { tag, way: "write", value });
