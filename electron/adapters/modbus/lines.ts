import type { Lines, SerialPorts } from "#capabilities/line.ts";
import { asciiPipe } from "./asciiPipe.ts";
import { rtuLine } from "./rtuLine.ts";
import { TcpPlaces } from "./tcpPlaces.ts";

/** Opens Modbus lines: RTU or ASCII on the given ports, Modbus TCP on sockets. */
export function modbusLines(ports: SerialPorts): Lines {
  const places = new TcpPlaces();
  return {
    async open(place, signal) {
      if (place.kind === "tcp") return places.open(place.host, place.port, signal);
      const { mode, ...settings } = place.settings;
      const pipe = await ports.open(place.port, settings, signal);
      return rtuLine(mode === "ascii" ? asciiPipe(pipe) : pipe, place.settings, place.port);
    },
  };
}
