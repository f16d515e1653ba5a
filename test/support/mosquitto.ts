import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./freePort.ts";
import { until } from "./until.ts";

export interface MosquittoChoices {
  readonly tls?: {
    readonly certFile: string;
    readonly keyFile: string;
    /** asks clients for a certificate of this authority */
    readonly clientCaFile?: string;
  };
  /** passwords by user; nobody else may connect then */
  readonly users?: Readonly<Record<string, string>>;
  /** lines of an access control file */
  readonly acl?: readonly string[];
  /** more lines of its configuration */
  readonly settings?: readonly string[];
  /** where one ran before; a free one unless told */
  readonly port?: number;
}

export interface Mosquitto {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
  /** lets it save what it keeps */
  stopGently(): Promise<void>;
}

const program = process.env.MOSQUITTO ?? "/usr/sbin/mosquitto";

/** A mosquitto of its own on a free loopback port, listening when this resolves. */
export async function startMosquitto(choices: MosquittoChoices = {}): Promise<Mosquitto> {
  const host = "127.0.0.1";
  const port = choices.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), "lastmile-mosquitto-"));
  const { tls, users, acl, settings = [] } = choices;
  // As root it would drop to a user that may not read the folder.
  const lines = [`listener ${port} ${host}`, "user root", "set_tcp_nodelay true", "persistence false"];
  if (tls !== undefined) lines.push(`certfile ${tls.certFile}`, `keyfile ${tls.keyFile}`);
  if (tls?.clientCaFile !== undefined) lines.push(`cafile ${tls.clientCaFile}`, "require_certificate true");
  lines.push(`allow_anonymous ${users === undefined}`);
  if (users !== undefined) {
    const passwords = join(folder, "passwords");
    await writeFile(
      passwords,
      Object.entries(users)
        .map((pair) => `${pair.join(":")}\n`)
        .join(""),
    );
    await once(spawn("mosquitto_passwd", ["-U", passwords]), "exit");
    lines.push(`password_file ${passwords}`);
  }
  if (acl !== undefined) {
    await writeFile(join(folder, "acl"), `${acl.join("\n")}\n`);
    lines.push(`acl_file ${join(folder, "acl")}`);
  }
  await writeFile(join(folder, "conf"), `${[...lines, ...settings].join("\n")}\n`);
  const child = spawn(program, ["-c", join(folder, "conf")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const exited = once(child, "exit");
  await until(() => {
    if (child.exitCode !== null) throw new Error(`mosquitto ended: ${said}`);
    return listens(host, port);
  }, "mosquitto's port");
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return {
    host,
    port,
    stop: () => end("SIGKILL"),
    stopGently: () => end("SIGTERM"),
  };
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
