import { expect, test } from "vitest";
import { parseArpTable } from "#domain/network/arpTable.ts";

const linux = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         00:1a:2b:3c:4d:5e     *        eth0
192.168.1.77     0x1         0x0         00:00:00:00:00:00     *        eth0
192.168.1.9      0x1         0x2         0c:9D:92:00:0a:01     *        eth0
`;

const windows = `\r
Interface: 192.168.1.20 --- 0xb\r
  Internet Address      Physical Address      Type\r
  192.168.1.1           00-1a-2b-3c-4d-5e     dynamic   \r
  192.168.1.9           0C-9D-92-00-0A-01     dynamic   \r
  192.168.1.255         ff-ff-ff-ff-ff-ff     static    \r
  224.0.0.251           01-00-5e-00-00-fb     static    \r
`;

const chinese = windows
  .replace("Interface", "\u00bd\u00d3\u00bf\u00da")
  .replace("Internet Address      Physical Address      Type", "\u00ff\u00fe IP     \u00b5\u00d8")
  .replaceAll("dynamic", "\u00b6\u00af\u00cc\u00ac");

const mac = `? (192.168.1.1) at 0:1a:2b:3c:4d:5e on en0 ifscope [ethernet]
? (192.168.1.77) at (incomplete) on en0 ifscope [ethernet]
plc.local (192.168.1.9) at c:9d:92:0:a:1 on en0 ifscope [ethernet]
? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]
? (192.168.1.255) at ff:ff:ff:ff:ff:ff on en0 ifscope [ethernet]
`;

const netTools = `? (192.168.1.1) at 00:1a:2b:3c:4d:5e [ether] on eth0
? (192.168.1.77) at <incomplete> on eth0
gw.lan (192.168.1.9) at 0c:9d:92:00:0a:01 [ether] on eth0
`;

test.each([
  ["Linux", linux],
  ["Windows", windows],
  ["Windows in Chinese, whatever its code page", chinese],
  ["macOS, which leaves zeros out", mac],
  ["net-tools", netTools],
])("neighbours are read from the table of %s", (_system, text) => {
  expect([...parseArpTable(text)]).toEqual([
    ["192.168.1.1", "00:1a:2b:3c:4d:5e"],
    ["192.168.1.9", "0c:9d:92:00:0a:01"],
  ]);
});

test.each(["", "arp: not found", "IP address HW type", "192.168.1.1 at nowhere", "00:1a:2b:3c:4d:5e"])(
  "%j holds no neighbour",
  (text) => {
    expect(parseArpTable(text).size).toBe(0);
  },
);
