/** What devices and gateways answer in numbers, as clauses. */
import { type NeuronErrorWord, neuronErrorWord } from "#domain/gateway/neuronErrors.ts";

const exceptions: Readonly<Record<number, readonly [says: string, tryThis: string]>> = {
  1: [
    "it does not know this function",
    "Compare the area with its manual: holding and input registers are often mixed up.",
  ],
  2: [
    "it has no such register",
    "Compare with its manual. Many manuals count from 1, and some registers exist only in other models.",
  ],
  3: [
    "the value or the count does not fit",
    "The read may end inside a larger value: check the type, or the range of what was written.",
  ],
  4: ["it failed inside", "Look at the device's own display for an alarm, then switch it off and on."],
  5: ["it has begun and needs time", "Wait a few seconds and ask again."],
  6: ["it is busy", "Wait a few seconds. If it stays so, another master keeps it busy."],
  8: ["its memory has an error", "Switch the device off and on. If it stays so, it needs its maker."],
  10: [
    "the way through its converter is not set up",
    "Check in the converter's settings which unit numbers it passes on.",
  ],
  11: [
    "the device behind its converter does not answer",
    "Check the wires, the power and the baud rate behind the converter.",
  ],
};

/** @see MODBUS Application Protocol v1.1b3, 7 */
export function exceptionName(code: number): string {
  return `${exceptions[code]?.[0] ?? "it has a reason of its own"} (exception ${code})`;
}

export function exceptionTry(code: number): string {
  return exceptions[code]?.[1] ?? "Look in the device's manual for this exception.";
}

const neuronWords: Readonly<Record<NeuronErrorWord, string>> = {
  none: "it does not say why",
  internal: "it failed inside",
  bodyInvalid: "it does not understand the request",
  parameterInvalid: "a value does not fit",
  tokenMissing: "the session is over",
  tokenUnreadable: "the session is over",
  tokenExpired: "the session is over",
  tokenRefused: "the session is over",
  tokenInvalid: "the session is over",
  userOrPasswordWrong: "user or password is wrong",
  busy: "it is busy",
  fileMissing: "a file is missing on it",
  passwordLength: "the password is too short or too long",
  passwordSame: "the new password is the old one",
  userExists: "this user exists already",
  userMissing: "it does not know this user",
  userLength: "the user's name is too short or too long",
  noPermission: "this user may not do that",
  nodeExists: "a node of that name exists already",
  nodeMissing: "it has no such node",
  settingInvalid: "a setting of the node does not fit",
  settingMissing: "the node has no settings yet",
  nodeNotReady: "the node is not ready",
  nodeRunning: "the node is running already",
  nodeNotRunning: "the node does not run",
  nodeStopped: "the node is stopped",
  nodeNameLong: "a node's name is too long",
  nodeFixed: "this node cannot be changed",
  alreadySubscribed: "the group is subscribed already",
  notSubscribed: "the group is not subscribed",
  groupForbidden: "this node takes no groups",
  groupExists: "the group exists already",
  groupInvalid: "a setting of the group does not fit",
  groupMissing: "it has no such group",
  groupNameLong: "a group's name is too long",
  tooManyGroups: "it takes no more groups",
  tagMissing: "it has no such tag",
  tagExists: "a tag of that name exists already",
  tagAccessUnfit: "a tag's access does not fit",
  tagTypeUnfit: "a tag's type does not fit",
  tagAddressUnfit: "a tag's address does not fit",
  tagNameLong: "a tag's name is too long",
  tagAddressLong: "a tag's address is too long",
  tagDescriptionLong: "a tag's description is too long",
  tagPrecisionUnfit: "a tag's precision does not fit",
  tagScaleUnfit: "a tag's scale does not fit",
  tagBiasUnfit: "a tag's bias does not fit",
  pluginMissing: "the plugin is not installed there",
  readFailed: "the device refused the read",
  writeFailed: "the device refused the write",
  notConnected: "it has no connection to the device",
  notReadable: "the tag cannot be read",
  notWritable: "the tag cannot be written",
  valueTypeUnfit: "the value does not fit the tag's type",
  valueExpired: "its last value is too old",
  replyUnreadable: "the device's reply was garbled",
  notReadYet: "it has not read the tag yet",
  replyOutOfOrder: "replies came in the wrong order",
  deviceSilent: "the device does not answer or refuses",
  valueOutOfRange: "the value is out of range",
  topicMissing: "its uplink has no topic for this group",
  thingMissing: "what was asked for is not there",
  addressInvalid: "the address is none",
  addressInUse: "the address is in use already",
  portInUse: "the port is in use already",
  nodeNameEmpty: "a name is empty",
  labelUnfit: "a node's label does not fit",
  pluginInUse: "the plugin is in use",
  licenceUsedUp: "its licence allows no more tags",
  notSupported: "its plugin cannot do that",
  uplinkFailed: "its MQTT uplink failed",
  rulesFailed: "its link to the rule engine failed",
  plugin: "its plugin reports an error",
  unknown: "it gave only a number",
};

export function neuronError(code: number): string {
  return neuronWords[neuronErrorWord(code)];
}

const calls: Readonly<Record<string, string>> = {
  "POST /login": "to sign you in",
  "GET /version": "to tell its version",
  "GET /global/config": "to give its configuration",
  "GET /tags": "to list its tags",
  "DELETE /node": "to remove a node",
  "POST /node": "to add a node",
  "POST /node/setting": "to take a node's settings",
  "POST /node/ctl": "to start or stop a node",
  "POST /group": "to add a group",
  "PUT /group": "to change a group's interval",
  "DELETE /group": "to remove a group",
  "POST /tags": "to add tags",
  "PUT /tags": "to change tags",
  "DELETE /tags": "to remove tags",
  "POST /subscribe": "to publish a group",
  "PUT /subscribe": "to change a group's topic",
  "DELETE /subscribe": "to publish a group no more",
  "POST /password": "to change the password",
  "POST /write": "to write a value",
  "GET /node": "to list its nodes",
  "GET /group": "to list its groups",
  "GET /subscribe": "to list what it publishes",
  "GET /node/setting": "to tell a node's settings",
  "GET /plugin": "to list its plugins",
  "GET /node/state": "to tell the state of its nodes",
  "POST /read": "to read values",
};

/** What the gateway was asked for: `to read values`. */
export function gatewayCall(call: string): string {
  const plain = call.replace(" /api/v2/", " /").replace(/\?.*$/, "");
  return calls[plain] ?? `to answer “${plain}”`;
}

/** Why it refused: from its error number, or from the HTTP status where there is none. */
export function refusal(status: number, error: number): string {
  if (error !== 0) return `${neuronError(error)} (error ${error})`;
  return `${statusName(status)} (HTTP ${status})`;
}

function statusName(status: number): string {
  if (status === 401 || status === 403) return "this user may not do that";
  if (status === 404) return "it does not know this call";
  return status >= 500 ? "it failed inside" : "it does not say why";
}

/** Most likely cause and what to do, where more is known than the number's range tells. */
const tries: Partial<Readonly<Record<NeuronErrorWord, string>>> = {
  userOrPasswordWrong: "Most likely a typing error or a changed password: type both again.",
  passwordLength: "Choose a password of 4 to 16 characters.",
  passwordSame: "Choose another password than the old one.",
  userLength: "Choose a name of 4 to 32 characters.",
  userExists: "Choose another name, or sign in as this user.",
  userMissing: "Check the name for typing errors.",
  addressInUse: "Another program there uses it: choose another address.",
  portInUse: "Another program there uses it: choose another port.",
  bodyInvalid: "Most likely its version is older than the call. Look at the version in the Gateway step.",
  parameterInvalid:
    "Most likely a value is outside what this version takes. Compare it with the gateway's own page.",
  nodeMissing: "Somebody has probably removed it meanwhile: compare again, then apply.",
  groupMissing: "Somebody has probably removed it meanwhile: compare again, then apply.",
  tagMissing: "Somebody has probably removed it meanwhile: compare again, then apply.",
  nodeExists: "Somebody has probably added it meanwhile: compare again, then apply.",
  groupExists: "Somebody has probably added it meanwhile: compare again, then apply.",
  tagExists: "Two tags of a group share a name, or somebody added it meanwhile: compare again.",
  alreadySubscribed: "Somebody has probably changed the gateway meanwhile: compare again, then apply.",
  notSubscribed: "Somebody has probably changed the gateway meanwhile: compare again, then apply.",
  nodeNotRunning: "Start the node on the gateway's page, or apply the site, which starts it.",
  nodeStopped: "Start the node on the gateway's page, or apply the site, which starts it.",
  tooManyGroups: "A node takes 512 groups: put tags with the same interval together.",
  pluginInUse: "Remove the nodes that use it first.",
  licenceUsedUp: "Leave out tags that nobody needs, or have the licence extended.",
  readFailed: "Most likely the device has no such register: read it in the Line step.",
  writeFailed: "Most likely the register cannot be written: check it in the device's manual.",
  notConnected: "Check cable, port and address between gateway and device.",
  deviceSilent: "Check unit number, wires and power; on serial lines a refusal looks the same.",
  replyUnreadable: "Most likely noise or wrong line settings: certify the line in the Line step.",
  replyOutOfOrder: "Most likely the device is slow: lengthen the line's time-out.",
  notReadYet: "Wait for one interval of the group, then look again.",
  valueExpired: "The gateway is behind with its reading: lengthen the interval or spread the tags.",
  valueTypeUnfit: "Compare the tag's type with the device's manual.",
  valueOutOfRange: "Choose a value that the tag's type can hold.",
  notWritable: "Give the tag write access in the Tags step and apply, then write.",
  notReadable: "Give the tag read access in the Tags step, then apply.",
  uplinkFailed: "Check the broker in the Uplink step.",
  rulesFailed: "Check that the rule engine runs on the gateway.",
};

export function refusalTry(status: number, error: number): string {
  const known = tries[neuronErrorWord(error)];
  if (known !== undefined) return known;
  if (error >= 2200 && error < 2300) return "Correct the tag in the Tags step, then try again.";
  if (error >= 2100 && error < 2200) return "Correct the group in the Tags step, then try again.";
  if (error >= 2002 && error < 2100) return "Compare the line's name, port and settings with this node.";
  const word = neuronErrorWord(error);
  if (word.startsWith("token")) return "Sign in again.";
  if (word === "pluginMissing") return "Install the plugin on the gateway, or use a line that needs none.";
  if (word === "busy") return "Wait a minute and try again.";
  if (word === "noPermission" || status === 401 || status === 403)
    return "Sign in as a user who may change the gateway.";
  if (error === 0 && status === 404) return "Check its version: Lastmile works with Neuron 2.";
  return "Try once more. If it stays so, look at the gateway's own log for this time.";
}
