/** The exception code of an exception reply, or undefined. */
export function exceptionOf(reply: Uint8Array): number | undefined {
  return (reply[0] ?? 0) & 0x80 ? reply[1] : undefined;
}

/** Exception codes by their names in the protocol, as word codes. */
export const exceptionNames: Readonly<Record<number, string>> = {
  1: "illegalFunction",
  2: "illegalAddress",
  3: "illegalValue",
  4: "deviceFailure",
  5: "acknowledge",
  6: "deviceBusy",
  8: "memoryParity",
  10: "gatewayPath",
  11: "gatewayTarget",
};
