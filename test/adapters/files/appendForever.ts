import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { journals } from "#adapters/files/journal.ts";

// Run as a process of its own: appends until killed and prints the number of every line that was acknowledged.
const journal = await journals(systemClock, nodeCrypto()).open(process.argv[2] as string);
for (;;) {
  const lines = await Promise.all([1, 2, 3].map((n) => journal.append("tick", { n, pad: "x".repeat(200) })));
  process.stdout.write(lines.map((line) => `${line.seq}\n`).join(""));
}
