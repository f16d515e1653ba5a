import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Debian puts its python3-pymodbus where only the system's interpreter looks. */
const python = ["/usr/bin/python3", "python3"].find(
  (path) => spawnSync(path, ["-c", "import pymodbus.server, serial"]).status === 0,
);

/** whether this machine has pymodbus to test against */
export const hasPymodbus = python !== undefined;

const program = `
import sys
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer, ModbusSocketFramer

def unit(base):
    words = ModbusSequentialDataBlock(0, [(base + i) % 65536 for i in range(300)])
    bits = ModbusSequentialDataBlock(0, [i % 3 == 0 for i in range(300)])
    return ModbusSlaveContext(di=bits, co=bits, hr=words, ir=words, zero_mode=True)

context = ModbusServerContext(slaves={7: unit(0), 9: unit(40000)}, single=False)
identity = ModbusDeviceIdentification(info_name={"VendorName": "Acme", "ProductCode": "PM-1", "MajorMinorRevision": "2.4"})
print("ready", flush=True)
if sys.argv[1] in ("serial", "ascii"):
    framer = ModbusAsciiFramer if sys.argv[1] == "ascii" else ModbusRtuFramer
    StartSerialServer(context=context, framer=framer, identity=identity, port=sys.argv[2], baudrate=19200, timeout=0.005, ignore_missing_slaves=True)
else:
    StartTcpServer(context=context, framer=ModbusSocketFramer, identity=identity, address=("127.0.0.1", int(sys.argv[2])), ignore_missing_slaves=True)
`;

export interface PymodbusSlave {
  close(): Promise<void>;
}

/**
 * A unit of another maker's software. Units 7 and 9 hold registers that count up from 0 and from 40000, and bits of
 * which every third is set.
 *
 * @param where device path for "serial" (RTU) and "ascii", port number for "tcp"
 */
export async function openPymodbus(kind: "serial" | "ascii" | "tcp", where: string): Promise<PymodbusSlave> {
  if (python === undefined) throw new Error("pymodbus is not installed");
  const slave = spawn(python, ["-c", program, kind, where], { stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(slave, "exit");
  await Promise.race([once(slave.stdout, "data"), exited]);
  return {
    async close() {
      if (slave.exitCode === null && slave.signalCode === null) slave.kill("SIGKILL");
      await exited;
    },
  };
}
