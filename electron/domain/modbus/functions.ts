import type { Area } from "../tag/address.ts";

/** Function codes of the MODBUS Application Protocol v1.1b3 that this program uses. */
export const readFunction: Readonly<Record<Area, number>> = { coil: 1, discrete: 2, holding: 3, input: 4 };

export const writeCoil = 5;
export const writeRegister = 6;
export const diagnostics = 8;
export const writeCoils = 15;
export const writeRegisters = 16;
export const reportServerId = 17;
export const maskWrite = 22;
export const encapsulated = 43;
export const readDeviceIdentification = 14;

export function areaOfRead(code: number): Area | undefined {
  return (Object.keys(readFunction) as Area[]).find((area) => readFunction[area] === code);
}
