import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import type { Lines, SerialPorts } from "#capabilities/line.ts";
import { rtuLine } from "./rtuLine.ts";
import { tcpLine } from "./tcpLine.ts";

/** Opens Modbus lines: RTU on the given ports, Modbus TCP on sockets. */
export function modbusLines(ports: SerialPorts): Lines {
  return {
    async open(place, signal) {
      if (place.kind === "tcp") {
        const pipe = await openTcpPipe(place.host, place.port, signal);
        return tcpLine(pipe, `${place.host}:${place.port}`);
      }
      const pipe = await ports.open(place.port, place.settings, signal);
      return rtuLine(pipe, place.settings, place.port);
    },
  };
}
