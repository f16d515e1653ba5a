import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import type { SerialPorts } from "#capabilities/line.ts";
import { ProblemError } from "#domain/problem.ts";
import { listPorts } from "./portList.ts";
import { openSerialPipe } from "./serialPipe.ts";

/** The machine's serial ports, and RTU over TCP for paths such as `tcp://10.0.0.7:4001`. */
export function serialPorts(): SerialPorts {
  return {
    list: () => listPorts(),
    async open(path, settings, signal) {
      if (!path.startsWith("tcp://")) return openSerialPipe(path, settings, signal);
      const { host, port } = tcpPlace(path);
      return openTcpPipe(host, port, signal);
    },
  };
}

/** @throws ProblemError line.settingsInvalid unless the text is `tcp://host:port` */
function tcpPlace(path: string): { readonly host: string; readonly port: number } {
  const match = /^tcp:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})\/?$/.exec(path);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port < 1 || port > 65_535)
    throw new ProblemError({ code: "line.settingsInvalid", reason: `${path} is not tcp://host:port` });
  return { host, port };
}
