import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { rootKind } from "#domain/trust/documents.ts";
import { utf8Text } from "#domain/utf8.ts";
import { gatewayKey, gatewaySealKey, gatewayState, root } from "#test/support/trust/kit.ts";

const script = fileURLToPath(new URL("../../resources/applier/apply.sh", import.meta.url));

export type Shell = "dash" | "busybox";
export const shells: readonly Shell[] = ["dash", "busybox"];
/** What the applier runs on, and both shells. */
export const hasTools = ["/bin/dash", "/bin/busybox", "/usr/bin/curl", "/usr/bin/openssl"].every(existsSync);

export interface Ran {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
  /** how many of the tools that matter to a power cut were called, where a cut was given */
  readonly calls: number;
}

/** The applier on a gateway of its own folder: paired as gatewayState says. */
export interface Applier {
  readonly folder: string;
  readonly state: string;
  /** @param cut kills everything at that call of curl, openssl, mv, rm or sync: before it, or after it at a half; 0 counts */
  run(words: readonly string[], env?: Readonly<Record<string, string>>, cut?: number): Promise<Ran>;
  bundle(bytes: Uint8Array): Promise<string>;
  remembered(file: string): Promise<string>;
}

export async function applier(shell: Shell, gateway?: string): Promise<Applier> {
  const box = await unpaired(shell, gateway);
  const keep = (name: string, text: string) => writeFile(join(box.state, name), text);
  await mkdir(box.state);
  await keep("gateway.pem", gatewayKey.private.export({ type: "pkcs8", format: "pem" }).toString());
  await keep("seal.pem", gatewaySealKey.private.export({ type: "pkcs8", format: "pem" }).toString());
  await keep("serial", `${gatewayState.serial}\n`);
  await keep("site", `${gatewayState.site.id}\n${gatewayState.site.name}\n`);
  await keep("accepted", `seq ${gatewayState.accepted.seq}\ndigest ${gatewayState.accepted.digest}\n`);
  await keep("trusted", "trustedAt 2026-06-01T00:00:00.000Z\n");
  await keep("root.json", utf8Text(rootKind.bytes(root)) ?? "");
  return box;
}

/** The applier where it never ran before. */
export async function unpaired(shell: Shell, gateway = "http://127.0.0.1:9"): Promise<Applier> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-applier-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const state = join(folder, "state");
  const tools = join(folder, "tools");
  await mkdir(tools);
  const path = shell === "busybox" ? await busyboxOnly(join(folder, "busybox")) : (process.env.PATH ?? "");
  const [program, ...first] = shell === "busybox" ? ["/bin/busybox", "ash", script] : ["dash", script];

  return {
    folder,
    state,
    async run(words, env = {}, cut) {
      const count = join(folder, "count");
      await writeFile(count, "");
      for (const tool of cut === undefined ? [] : ["curl", "openssl", "mv", "rm", "sync"]) {
        const wrapper = `#!/bin/sh
PATH='${path}'
echo >>'${count}'
number=$(wc -l <'${count}')
if [ '${Math.floor(cut ?? 0)}' -gt 0 ] && [ "$number" -ge '${Math.floor(cut ?? 0)}' ]; then
  ${Number.isInteger(cut) ? ":" : `${tool} "$@"`}
  kill -9 0
fi
exec ${tool} "$@"
`;
        await writeFile(join(tools, tool), wrapper);
        await chmod(join(tools, tool), 0o755);
      }
      const child = spawn(program ?? "", [...first, ...words], {
        // A group of its own: `kill -9 0` in a tool is the power cut.
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: cut === undefined ? path : `${tools}:${path}`,
          LASTMILE_STATE: state,
          LASTMILE_GATEWAY: gateway,
          LASTMILE_HEALTH_SECONDS: "2",
          ...env,
        },
      });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      const code = await new Promise<number | string>((resolve) =>
        child.once("close", (status, signal) => resolve(status ?? signal ?? "")),
      );
      return { code, stdout, stderr, calls: (await readFile(count, "utf8")).length };
    },
    async bundle(bytes) {
      const path = join(folder, "b.lastmile");
      await writeFile(path, bytes);
      return path;
    },
    remembered: (file) => readFile(join(state, file), "utf8"),
  };
}

/** A PATH on which every tool but curl and openssl is BusyBox's. */
async function busyboxOnly(folder: string): Promise<string> {
  await mkdir(folder);
  const tools =
    "awk cat cmp cp cut date dd fold grep head kill ln mkdir mv od printf readlink rm sed sh sleep sort sync tail tr wc";
  for (const tool of tools.split(" ")) await symlink("/bin/busybox", join(folder, tool));
  for (const tool of ["curl", "openssl"]) await symlink(`/usr/bin/${tool}`, join(folder, tool));
  return folder;
}
