import type { TrainingPlace } from "#capabilities/training.ts";
import type { SerialSettings, Site } from "#domain/site/site.ts";

/** The path that opens the training line in this process. */
export const trainingPort = "simulated:rtu";
/** The training line's name on the virtual gateway. */
export const gatewayDevice = "/dev/ttyS0";
export const trainingSettings: SerialSettings = {
  baudRate: 19_200,
  parity: "even",
  dataBits: 8,
  stopBits: 1,
};

/**
 * The site that the training simulation is, without its tags: those are in resources/training-site/tags.csv and
 * are imported like any other table.
 */
export function trainingPlan(place: TrainingPlace): Site {
  return {
    id: "training",
    name: "Training pumping station",
    path: ["Training", "Water", "Pumping station 1"],
    engineer: "",
    note: "A simulated site inside the application.",
    training: true,
    gateway: { url: place.gatewayUrl, user: "admin" },
    lines: [
      {
        kind: "serial",
        id: "rtu",
        name: "rtu",
        timeoutMs: 1000,
        port: place.serialPort,
        gatewayPort: gatewayDevice,
        settings: trainingSettings,
        // Whoever learns finds them with a scan.
        units: [],
      },
      {
        kind: "tcp",
        id: "plc",
        name: "plc",
        timeoutMs: 1000,
        host: place.plc.host,
        port: place.plc.port,
        units: [{ number: 1, name: "Tank PLC", identity: "" }],
      },
    ],
    groups: [
      { line: "rtu", name: "feeder1", intervalMs: 1000 },
      { line: "rtu", name: "pump", intervalMs: 1000 },
      { line: "rtu", name: "rectifier", intervalMs: 2000 },
      { line: "rtu", name: "probe", intervalMs: 2000 },
      { line: "plc", name: "tank", intervalMs: 1000 },
    ],
    tags: [],
    uplink: {
      host: place.broker.host,
      port: place.broker.port,
      tls: false,
      ca: "",
      version: "3.1.1",
      clientId: "lastmile-training",
      username: "",
      qos: 1,
      format: "values",
      topic: "lastmile/{site}/{line}/{group}",
    },
  };
}
