import { execFileSync } from "node:child_process";
import { chmod, chown, mkdtemp, realpath, rm, unlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SerialPort } from "serialport";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import { openPtyPair, type PtyPair } from "#test/support/ptyPair.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const settings = { baudRate: 19_200, parity: "even", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;

describe("an open serial port", () => {
  let pair: PtyPair;
  beforeEach(async () => {
    pair = await openPtyPair();
  });
  afterEach(() => pair.close());

  test("carries bytes both ways and stamps their arrival", async () => {
    const a = await serialPorts().open(pair.a, settings, never);
    const b = await serialPorts().open(pair.b, settings, never);
    const heard: number[] = [];
    let stampedAt = 0;
    b.onBytes((bytes, atMs) => {
      heard.push(...bytes);
      stampedAt = atMs;
    });

    const before = performance.now();
    await a.write(Uint8Array.of(0, 0x0a, 0x11, 0x13, 0xff));

    await until(() => heard.length === 5, "five bytes");
    expect(heard).toEqual([0, 0x0a, 0x11, 0x13, 0xff]);
    expect(stampedAt).toBeGreaterThan(before);
    await a.close();
    await b.close();
  });

  test("has the settings asked for, raw, and leaves the modem lines alone on close", async () => {
    const opened = vi.spyOn(SerialPort.binding, "open");
    const pipe = await serialPorts().open(pair.a, { ...settings, stopBits: 2 }, never);

    const state = execFileSync("stty", ["-F", pair.a, "-a"], { encoding: "utf8" });

    for (const word of [
      "speed 19200",
      "-hupcl",
      "-crtscts",
      "clocal",
      "cstopb",
      "-icanon",
      "-echo ",
      "-ixon",
    ])
      expect(state).toContain(word);
    // A pseudo terminal has no parity and no modem lines, so here what is asked of the system must do.
    expect(opened.mock.calls).toEqual([[{ path: pair.a, ...settings, stopBits: 2, hupcl: false }]]);
    const port = (await opened.mock.results[0]?.value) as { set(options: object): Promise<void> };
    const set = vi.spyOn(port, "set");
    await pipe.write(Uint8Array.of(1));
    await pipe.close();
    expect(set).not.toHaveBeenCalled();
    opened.mockRestore();
  });

  test("that is in use already is line.busy", async () => {
    const first = await serialPorts().open(pair.a, settings, never);

    const fault = await thrown(serialPorts().open(pair.a, settings, never));

    expect(fault).toEqual({ code: "line.busy", port: pair.a });
    await first.close();
  });

  test("that is closed by us ends without a fault, twice closed is closed once", async () => {
    const pipe = await serialPorts().open(pair.a, settings, never);
    const ends: unknown[] = [];
    pipe.onClose((error) => ends.push(error));

    await Promise.all([pipe.close(), pipe.close()]);
    await pipe.close();

    expect(ends).toEqual([undefined]);
    expect(await thrown(pipe.write(Uint8Array.of(1)))).toEqual({ code: "line.lost", port: pair.a });
    await (await serialPorts().open(pair.a, settings, never)).close();
  });

  test("that is unplugged while idle ends with line.lost within a second, and burns no processor", async () => {
    const pipe = await serialPorts().open(pair.a, settings, never);
    const ends: unknown[] = [];
    pipe.onClose((error) => ends.push(error));

    await pair.close();

    await until(() => ends.length > 0, "the loss of the port", 1000);
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ fault: { code: "line.lost", port: pair.a } });
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const used = process.cpuUsage(before);
    expect((used.user + used.system) / 1000).toBeLessThan(100);
  });

  test("whose device file goes away without the driver saying so ends with line.lost", async () => {
    const pipe = await serialPorts().open(pair.a, settings, never);
    const ends: unknown[] = [];
    pipe.onClose((error) => ends.push(error));

    await unlink(pair.a);

    await until(() => ends.length > 0, "the loss of the port", 1000);
    expect(ends[0]).toMatchObject({ fault: { code: "line.lost", port: pair.a } });
  });

  test("that is unplugged under a write rejects the write and ends once", async () => {
    const pipe = await serialPorts().open(pair.a, settings, never);
    const ends: unknown[] = [];
    pipe.onClose((error) => ends.push(error));
    await pair.close();

    const fault = await thrown(pipe.write(Uint8Array.of(1, 2, 3)));

    expect(fault).toMatchObject({ code: "line.lost" });
    await until(() => ends.length > 0, "the loss of the port", 1000);
    await pipe.close();
    expect(ends).toHaveLength(1);
  });

  test("asked for by a caller who has given up is closed again", async () => {
    const giveUp = new AbortController();
    const opening = serialPorts().open(pair.a, settings, giveUp.signal);

    giveUp.abort(new Error("given up"));

    await expect(opening).rejects.toThrow("given up");
    await (await serialPorts().open(pair.a, settings, never)).close();
  });
});

describe("a serial port that cannot be opened", () => {
  test("is line.portMissing when there is no such device", async () => {
    const fault = await thrown(serialPorts().open("/dev/ttyNothing9", settings, never));

    expect(fault).toEqual({ code: "line.portMissing", port: "/dev/ttyNothing9" });
  });

  test("is line.portMissing when the path is not a serial port", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lastmile-port-"));
    const path = join(folder, "plain.txt");
    await writeFile(path, "");

    const fault = await thrown(serialPorts().open(path, settings, never));

    expect(fault).toEqual({ code: "line.portMissing", port: path });
    await rm(folder, { recursive: true });
  });

  test.runIf(process.getuid?.() === 0)("is line.noPermission with the group that may", async () => {
    const pair = await openPtyPair();
    // The terminals stay reachable: only the folder would keep another user out.
    const device = await realpath(pair.a);
    await chown(device, 0, 20);
    await chmod(device, 0o660);
    process.seteuid?.(65_534);
    const fault = await thrown(serialPorts().open(device, settings, never)).finally(() =>
      process.seteuid?.(0),
    );

    expect(fault).toEqual({ code: "line.noPermission", port: device, group: "dialout" });
    await pair.close();
  });

  test("is a problem of the settings when the path is a malformed TCP place", async () => {
    for (const path of ["tcp://", "tcp://host", "tcp://host:0", "tcp://host:70000", "tcp://a b:1"]) {
      const problem = await thrown(serialPorts().open(path, settings, never));

      expect(problem, path).toMatchObject({ code: "line.settingsInvalid" });
    }
  });
});

describe("a serial line behind TCP", () => {
  test("is opened by tcp://host:port", async () => {
    const server = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const pipe = await serialPorts().open(`tcp://127.0.0.1:${port}`, settings, never);
    const heard: number[] = [];
    pipe.onBytes((bytes) => heard.push(...bytes));

    await pipe.write(Uint8Array.of(7, 8));

    await until(() => heard.length === 2, "the echo");
    await pipe.close();
    server.close();
  });
});
