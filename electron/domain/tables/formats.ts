/** What a tag file may be; Neuron's own spreadsheet is read as any other, by its columns. */
export const importFormats = ["csv", "xlsx", "neuron", "kepware", "sunspec", "edgex", "solarman"] as const;
export type ImportFormat = (typeof importFormats)[number];

export const exportFormats = [
  "csv",
  "xlsx",
  "neuron",
  "neuron-xlsx",
  "kepware",
  "edgex",
  "kubeedge",
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A file as it came: text that was decoded, or the bytes of a packed one. */
export type TagSource = { readonly text: string } | { readonly bytes: Uint8Array };

/** Whether bytes are a zip, which a spreadsheet is; or a spreadsheet of before 2007, which is not read. */
export function packedAs(bytes: Uint8Array): "zip" | "oldExcel" | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)) return "zip";
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0
    ? "oldExcel"
    : undefined;
}

/** The format of a text by what stands in it, never by a file's name. */
export function recogniseText(text: string): ImportFormat {
  const head = text
    .slice(0, 200_000)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (head.startsWith("{") || head.startsWith("[")) {
    return /"points"\s*:/.test(head) && /"group"\s*:\s*\{/.test(head) ? "sunspec" : "neuron";
  }
  if (/^["']?deviceResources["']?\s*:/m.test(head)) return "edgex";
  if (/^parameters\s*:/m.test(head) && /\bregisters\s*:/.test(head)) return "solarman";
  const lines = head.slice(0, 20_000).toLowerCase();
  const isKepware =
    lines.includes("tag name") &&
    lines.includes("address") &&
    (lines.includes("respect data type") || lines.includes("client access"));
  return isKepware ? "kepware" : "csv";
}
