import { readFileSync } from "node:fs";
import { applyBridge, openBridgeBench, signInNanomq } from "./bridgeBench.ts";

/** Applies a site's bridge in a process of its own, so that it can be killed: folder, API, file to hand in. */
const [folder = "", url = "", conf = ""] = process.argv.slice(2);
const { bench } = await openBridgeBench(undefined, { folder });
await signInNanomq(bench, url, readFileSync(conf, "utf8"));
await applyBridge(bench);
await bench.open.close();
