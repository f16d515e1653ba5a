import type { Lines, SerialPorts } from "#capabilities/line.ts";
import { rtuLine } from "./rtuLine.ts";
import { TcpPlaces } from "./tcpPlaces.ts";

/** Opens Modbus lines: RTU on the given ports, Modbus TCP on sockets. */
export function modbusLines(ports: SerialPorts): Lines {
  const places = new TcpPlaces();
  return {
    async open(place, signal) {
      if (place.kind === "tcp") return places.open(place.host, place.port, signal);
      const pipe = await ports.open(place.port, place.settings, signal);
      return rtuLine(pipe, place.settings, place.port);
    },
  };
}
