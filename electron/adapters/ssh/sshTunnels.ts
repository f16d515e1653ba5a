import { createHash } from "node:crypto";
import ssh2, { type Client } from "ssh2";
import { Ending } from "#adapters/listeners.ts";
import type { TunnelPlan, Tunnels } from "#capabilities/tunnels.ts";
import { FaultError } from "#domain/fault.ts";
import { printSshHost } from "#domain/network/sshTarget.ts";
import { ProblemError } from "#domain/problem.ts";
import { forwardPort, openChannel } from "./forwardPort.ts";
import { sshConfig } from "./sshConfig.ts";
import { sshFailure } from "./sshFailure.ts";

export interface SshLimits {
  /** ms until the user is signed in */
  readonly openMs: number;
  /** ms of silence after which the server is asked whether it is still there; three such silences end it */
  readonly aliveMs: number;
}

const usualLimits: SshLimits = { openMs: 15_000, aliveMs: 10_000 };

/** Tunnels over SSH 2. The server proves its key before it learns who asks. */
export function sshTunnels(limits: SshLimits = usualLimits): Tunnels {
  return {
    async open(plan, signal) {
      signal.throwIfAborted();
      const config = sshConfig(plan, limits);
      const client = new ssh2.Client();
      const host = printSshHost(plan.target);
      const lost = new Ending<FaultError>();
      const hostKey = await signedIn(client, plan, config, signal);
      // An error is followed by the end; alone it would end the program.
      client.on("error", () => undefined);
      client.on("close", () => lost.tell(new FaultError({ code: "ssh.lost", host })));
      const forwards: { localPort: number; close(): Promise<void> }[] = [];
      const close = async () => {
        client.end();
        await Promise.all(forwards.map((forward) => forward.close()));
      };
      try {
        const [first] = plan.to;
        if (first) (await openChannel(client, host, first, signal)).destroy();
        for (const place of plan.to) forwards.push(await forwardPort(client, place));
      } catch (error) {
        await close();
        throw error;
      }
      lost.add(() => void close());
      return {
        hostKey,
        localPorts: forwards.map(({ localPort }) => localPort),
        onLost: (listener) => lost.add(listener),
        close,
      };
    },
  };
}

/** Resolves to the server's key once the user is signed in. */
function signedIn(
  client: Client,
  plan: TunnelPlan,
  config: ReturnType<typeof sshConfig>,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let found: string | undefined;
    const settle = (finish: () => void) => {
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const fail = (error: unknown) => {
      settle(() => reject(error));
      client.destroy();
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    client.once("ready", () => settle(() => resolve(found ?? "")));
    client.once("error", (error) =>
      fail(hostKeyFailure(plan, found) ?? sshFailure(plan.target, found, error)),
    );
    // What comes after the first error tells nothing more.
    client.on("error", () => undefined);
    client.once("close", () => fail(sshFailure(plan.target, found, { code: "ECONNRESET" })));
    client.on("keyboard-interactive", (_name, _says, _language, prompts, answer) =>
      answer(prompts.map(() => plan.login.password ?? "")),
    );
    client.connect({
      ...config,
      hostVerifier: (key: Buffer) => {
        found = fingerprintOf(key);
        return found === plan.hostKey;
      },
    });
  });
}

/** `SHA256:…` as OpenSSH prints it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function hostKeyFailure({ target, hostKey }: TunnelPlan, found: string | undefined): Error | undefined {
  if (found === undefined || found === hostKey) return undefined;
  const host = printSshHost(target);
  if (hostKey !== undefined)
    return new FaultError({ code: "ssh.hostKeyChanged", host, kept: hostKey, found });
  return new ProblemError({ code: "ssh.hostKeyUnconfirmed", host, fingerprint: found });
}
