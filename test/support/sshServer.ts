import { createHash } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import ssh2, { type AuthContext } from "ssh2";
import { listening } from "./serving.ts";

export interface SshServerChoices {
  /** private key of the host; a new one when absent */
  readonly hostKey?: string;
  readonly user?: string;
  /** absent: no password is good */
  readonly password?: string;
  /** public key that is good, OpenSSH format */
  readonly publicKey?: string;
  /** asks for the password in a dialogue, as PAM does */
  readonly asksBack?: boolean;
  /** false: AllowTcpForwarding no */
  readonly forwards?: boolean;
  /** a free one when absent */
  readonly port?: number;
}

export interface SshServer {
  readonly port: number;
  /** `SHA256:…` */
  readonly fingerprint: string;
  /** how users tried to sign in: method and password */
  readonly tried: readonly { readonly method: string; readonly password?: string }[];
  /** places that channels were asked for */
  readonly asked: readonly string[];
  /** connections that are open */
  open(): number;
  /** cuts every connection, as a pulled cable does in the end */
  cut(): void;
  stop(): Promise<void>;
}

/** @param passphrase that the private key is locked with */
export function newKey(passphrase?: string): { readonly private: string; readonly public: string } {
  const { generateKeyPairSync } = ssh2.utils;
  if (passphrase === undefined) return generateKeyPairSync("ed25519");
  return generateKeyPairSync("ed25519", { passphrase, cipher: "aes256-ctr", rounds: 4 });
}

/** A real SSH server on a loopback port. */
export async function sshServer(choices: SshServerChoices = {}): Promise<SshServer> {
  const { user = "pi", forwards = true } = choices;
  const hostKey = choices.hostKey ?? newKey().private;
  const tried: { method: string; password?: string }[] = [];
  const asked: string[] = [];
  const sockets = new Set<Socket>();

  function isGood(context: AuthContext): boolean {
    if (context.username !== user) return false;
    if (context.method === "password") {
      tried.push({ method: context.method, password: context.password });
      return !choices.asksBack && context.password === choices.password;
    }
    if (context.method !== "publickey" || choices.publicKey === undefined) return false;
    tried.push({ method: context.method });
    return isSigned(context, choices.publicKey);
  }

  function judge(context: AuthContext): void {
    if (context.method === "keyboard-interactive" && choices.asksBack) {
      context.prompt([{ prompt: "Password:", echo: false }], ([password = ""]) => {
        tried.push({ method: context.method, password });
        if (password === choices.password) context.accept();
        else context.reject();
      });
    } else if (isGood(context)) context.accept();
    else context.reject(choices.asksBack ? ["keyboard-interactive"] : ["password", "publickey"]);
  }

  const ssh = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", judge);
    // Without a listener the server prohibits forwarding, as sshd does when it is told to.
    if (!forwards) return;
    client.on("tcpip", (accept, reject, { destIP, destPort }) => {
      asked.push(`${destIP}:${destPort}`);
      const socket = connect(destPort, destIP);
      sockets.add(socket);
      socket.once("error", () => reject());
      socket.once("connect", () => {
        const channel = accept();
        channel.on("error", () => socket.destroy());
        channel.on("close", () => socket.destroy());
        socket.on("close", () => channel.destroy());
        socket.pipe(channel).pipe(socket);
      });
    });
  });
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    clients.add(socket);
    socket.on("close", () => clients.delete(socket));
    ssh.injectSocket(socket);
  });
  const { port, stop } = await listening(server, choices.port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    tried,
    asked,
    fingerprint: fingerprintOf(hostKey),
    open: () => clients.size,
    cut,
    async stop() {
      cut();
      await stop();
    },
  };
}

function fingerprintOf(privateKey: string): string {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  const digest = createHash("sha256").update(key.getPublicSSH()).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}

function isSigned(context: AuthContext & { method: "publickey" }, publicKey: string): boolean {
  const parsed = ssh2.utils.parseKey(publicKey);
  if (parsed instanceof Error) throw parsed;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (!context.key.data.equals(key.getPublicSSH())) return false;
  return (
    !context.signature ||
    key.verify(context.blob ?? Buffer.of(), context.signature, context.hashAlgo) === true
  );
}
