import { timerAdvice } from "#domain/quality/adapterTimer.ts";
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
      for (const port of list) {
        const advice = timerAdvice(port);
        if (advice) call.terminal.line(`${port.label}: ${call.terminal.phrase(advice)}`);
      }
      return done({ ports: list });
    }),
};
