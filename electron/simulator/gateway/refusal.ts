/** Neuron's error numbers that this gateway can give. */
export const error = {
  internal: 1001,
  body: 1002,
  param: 1003,
  noToken: 1004,
  badToken: 1005,
  expiredToken: 1006,
  validateToken: 1007,
  invalidToken: 1008,
  login: 1009,
  passwordLength: 1012,
  passwordSame: 1013,
  userExists: 1019,
  userMissing: 1020,
  userLength: 1021,
  noPermission: 1022,
  nodeExists: 2002,
  nodeMissing: 2003,
  settingInvalid: 2004,
  settingMissing: 2005,
  nodeNotReady: 2006,
  nodeRunning: 2007,
  nodeStopped: 2009,
  nodeNameLong: 2010,
  subscribed: 2101,
  notSubscribed: 2102,
  notAllowed: 2103,
  groupExists: 2104,
  groupParam: 2105,
  groupMissing: 2106,
  groupNameLong: 2107,
  tagMissing: 2201,
  tagConflict: 2202,
  tagAttribute: 2203,
  tagType: 2204,
  tagAddress: 2205,
  tagNameLong: 2206,
  tagAddressLong: 2207,
  tagDescriptionLong: 2208,
  tagPrecision: 2209,
  tagDecimal: 2211,
  tagBias: 2212,
  pluginMissing: 2301,
  readFailure: 3000,
  disconnected: 3002,
  notWritable: 3004,
  valueType: 3007,
  valueExpired: 3008,
  protocol: 3009,
  notRunning: 3010,
  notReady: 3011,
  schemaMissing: 3014,
  noAnswer: 3015,
  valueRange: 3020,
  testUnsupported: 3022,
  topicMissing: 4010,
} as const;

const badRequest = new Set([
  1002, 1003, 1012, 1013, 1019, 1020, 1021, 1022, 2004, 2010, 2105, 2107, 2203, 2204, 2205, 2206, 2207, 2208,
  2209, 2211, 2212, 3002, 3007, 3020,
]);
const notFound = new Set([2003, 2102, 2106, 2201, 2301, 3014]);
const conflict = new Set([2002, 2006, 2007, 2009, 2103, 2104, 2202]);

/** The HTTP status that goes with an error number; many failures are 200, as measured. */
export function statusOf(number: number): number {
  if (badRequest.has(number)) return 400;
  if (number === 1004 || number === 1005 || number === 1009) return 401;
  if (number >= 1006 && number <= 1008) return 403;
  if (notFound.has(number)) return 404;
  if (conflict.has(number)) return 409;
  return number === 1001 ? 500 : 200;
}

/** Ends a call with an error number and, for lists of tags, which of them it was. */
export class Refusal extends Error {
  readonly number: number;
  readonly index: number | undefined;
  /** whether the reply repeats index and number as a list */
  readonly listed: boolean;

  constructor(number: number, index?: number, listed = true) {
    super(`error ${number}`);
    this.name = "Refusal";
    this.number = number;
    this.index = index;
    this.listed = listed;
  }
}
