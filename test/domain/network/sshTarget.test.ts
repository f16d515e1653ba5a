import { expect, test } from "vitest";
import { type Origin, parseOrigin, printOrigin } from "#domain/network/origin.ts";
import { behindSsh, parseSshTarget, printSshHost } from "#domain/network/sshTarget.ts";

test.each([
  ["pi@10.0.0.5", { user: "pi", host: "10.0.0.5", port: 22 }, "10.0.0.5"],
  [" root@gw.lan:2222 ", { user: "root", host: "gw.lan", port: 2222 }, "gw.lan:2222"],
])("%j names an SSH host", (text, target, printed) => {
  expect(parseSshTarget(text)).toEqual({ ok: true, value: target });
  expect(printSshHost(target)).toBe(printed);
});

test.each(["", "10.0.0.5", "@10.0.0.5", "pi@", "pi@host:", "pi@host:0", "pi@host:70000", "pi@a@b", "pi@a b"])(
  "%j names none",
  (text) => {
    expect(parseSshTarget(text)).toEqual({ ok: false, problem: { code: "ssh.targetInvalid", text } });
  },
);

test.each([
  ["http://10.0.0.5:7000", "http://10.0.0.5:7000", "127.0.0.1", 7000],
  ["http://127.0.0.1:7000", "http://10.0.0.5:7000", "127.0.0.1", 7000],
  ["http://localhost:8085/web/", "http://10.0.0.5:8085", "127.0.0.1", 8085],
  ["http://[::1]:7000", "http://10.0.0.5:7000", "127.0.0.1", 7000],
  ["https://10.1.1.9", "https://10.1.1.9", "10.1.1.9", 443],
  ["http://[fd00::9]:7000", "http://[fd00::9]:7000", "fd00::9", 7000],
])("%s behind 10.0.0.5 is known as %s and reached at %s:%i", (typed, url, host, port) => {
  const target = { host: "10.0.0.5", port: 22, user: "pi" };

  expect(behindSsh(parseOrigin(typed) as Origin, target)).toEqual({ url, host, port });
});

test.each([
  ["http://192.168.1.5:7000", "http://192.168.1.5:7000"],
  [" HTTP://GW.lan:80/web/#/login ", "http://gw.lan"],
  ["https://gw:443/?a=b", "https://gw"],
])("%j is the origin %s", (text, origin) => {
  expect(printOrigin(parseOrigin(text) as Origin)).toBe(origin);
});

test.each(["", "http://", "ftp://gw", "192.168.1.5:7000", "http://gw:99999", "http://a b", "http://user@gw"])(
  "%j is no origin",
  (text) => {
    expect(parseOrigin(text)).toBeUndefined();
  },
);
