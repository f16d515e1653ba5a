import { publishForever } from "#test/support/standin/publishForever.ts";

await publishForever(process.argv.slice(2));
