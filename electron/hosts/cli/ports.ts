import { withSession } from "./session.ts";
import { done, type Verb } from "./verb.ts";

export const ports: Verb = {
  usage: "ports",
  options: {},
  run: (call) =>
    withSession(call, { temporary: true }, async (session) => {
      const list = await session.call("ports.list", {});
      call.terminal.table(
        ["Port", "Path", "Maker", "Serial number", "USB id"],
        list.map((port) => [port.label, port.path, port.manufacturer, port.serialNumber, port.usbId]),
      );
      return done({ ports: list });
    }),
};
