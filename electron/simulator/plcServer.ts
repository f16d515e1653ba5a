import type { Server } from "node:net";
import { ServerTCP } from "modbus-serial";
import { FaultError } from "#domain/fault.ts";
import type { Area } from "#domain/tag/address.ts";
import type { Bank } from "./bank.ts";
import type { Listening } from "./listening.ts";

type Answer<T> = (error: Error | null, value: T) => void;
type Done = (error: Error | null) => void;

/** Serves a bank as a Modbus TCP unit. Other unit numbers get no answer. Faults: line.busy. */
export function servePlc(bank: Bank, unit: number, host: string, port: number): Promise<Listening> {
  const readBit = (area: Area) => (offset: number, _unit: number, answer: Answer<boolean>) => {
    const values = bank.read(area, offset, 1);
    if (values === undefined) answer(illegalAddress(), false);
    else answer(null, values[0] === 1);
  };
  const readWords =
    (area: Area) => (offset: number, count: number, _unit: number, answer: Answer<number[]>) => {
      const values = bank.read(area, offset, count);
      if (values === undefined) answer(illegalAddress(), []);
      else
        answer(
          null,
          values.map((word) => word & 0xffff),
        );
    };
  const readWord = (area: Area) => (offset: number, _unit: number, answer: Answer<number>) => {
    const values = bank.read(area, offset, 1);
    if (values === undefined) answer(illegalAddress(), 0);
    else answer(null, (values[0] ?? 0) & 0xffff);
  };
  const write = (area: Area, offset: number, values: readonly number[], done: Done) =>
    done(bank.write(area, offset, values) ? null : illegalAddress());

  const server = new ServerTCP(
    {
      getCoil: readBit("coil"),
      getDiscreteInput: readBit("discrete"),
      // The library asks for the many only from two on.
      getHoldingRegister: readWord("holding"),
      getInputRegister: readWord("input"),
      getMultipleHoldingRegisters: readWords("holding"),
      getMultipleInputRegisters: readWords("input"),
      setCoil: (offset: number, value: boolean, _unit: number, done: Done) =>
        write("coil", offset, [value ? 1 : 0], done),
      setRegister: (offset: number, value: number, _unit: number, done: Done) =>
        write("holding", offset, [value], done),
      setRegisterArray: (offset: number, values: number[], _unit: number, done: Done) =>
        write("holding", offset, values, done),
    },
    // The library takes port 0 for "not given" and would use 502; the text "0" still means any free port.
    { host, port: (port === 0 ? "0" : port) as number, unitID: unit },
  );
  const listening = (server as unknown as { readonly _server: Server })._server;
  return new Promise((resolve, reject) => {
    server.on("serverError", (cause) => {
      reject(new FaultError({ code: "line.busy", port: `${host}:${port}` }, cause));
    });
    server.on("socketError", () => undefined);
    server.on("initialized", () => {
      const address = listening.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : port,
        close: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}

function illegalAddress(): Error {
  return Object.assign(new Error("no such register"), { modbusErrorCode: 2 });
}
