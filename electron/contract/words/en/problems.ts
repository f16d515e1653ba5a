import type { ProblemWords } from "../say.ts";

export const problems: ProblemWords = {
  "file.notJson": (f) => ({
    says: `This file is not JSON: ${f.reason}.`,
    try: "Choose a site file that Lastmile saved, or restore the previous version beside it.",
  }),
  "file.newerFormat": (f) => ({
    says: `This file has format ${f.format}; this Lastmile knows up to ${f.known}.`,
    try: "Install the newer Lastmile. The file was left as it is.",
  }),
  "file.notASite": (f) => ({
    says: `This is not a site file: ${f.reason}.`,
    try: "Choose a file whose name ends in .site.json.",
  }),
  "file.changedOutside": (f) => ({
    says: `${f.path} was changed by another program since it was opened.`,
    try: "Close the site and open it again to take those changes. Nothing was overwritten.",
  }),
  "file.notFound": (f) => ({
    says: `There is no file ${f.path}.`,
    try: "Check the name and whether the stick or drive is still plugged in.",
  }),
  "input.invalid": (f) => ({
    says: `This input does not fit: ${f.reason}.`,
    try: "Correct the value and try again.",
  }),
  "site.none": () => ({
    says: "No site is open.",
    try: "Open a site file, create one, or open the training site.",
  }),
  "site.readOnly": (f) => ({
    says: `This site can be looked at but not changed: ${f.reason}.`,
    try: "Close the other program that has it open, or save a copy under another name.",
  }),
  "address.malformed": (f) => ({
    says: `“${f.text}” is not an address.`,
    try: `Write it like ${f.expected}: unit, exclamation mark, area and register.`,
  }),
  "address.unitOutOfRange": (f) => ({
    says: `Unit ${f.unit} in “${f.text}” does not exist on Modbus.`,
    try: "Units go from 1 to 247. Unit 0 would write to every unit at once and is refused.",
  }),
  "address.registerOutOfRange": (f) => ({
    says: `Register ${f.register} in “${f.text}” is out of range.`,
    try: "Registers go from 1 to 65536 within an area. Check for a digit too many.",
  }),
  "address.orderUnfit": (f) => ({
    says: `Byte order ${f.order} in “${f.text}” does not fit type ${f.type}.`,
    try: "LL, LB, BL and BB are for 32 bits, L and B for 16 bits. Leave it out for the usual order.",
  }),
  "address.typeUnfit": (f) => ({
    says: `Type ${f.type} cannot be read at “${f.text}”: ${f.reason}.`,
    try: "Coils and discrete inputs hold bits; numbers and text sit in registers.",
  }),
  "tag.typeUnknown": (f) => ({
    says: `“${f.text}” is not a type that Lastmile knows.`,
    try: "Use int16, uint16, int32, uint32, int64, uint64, float, double, bit, string or bytes.",
  }),
  "tag.typeMisread": (f) => ({
    says: `The gateway accepts type ${f.type} but reads it wrong.`,
    try: "Use int16 or uint16 instead, and scale the value if needed.",
  }),
  "tag.nameMissing": () => ({
    says: "This tag has no name.",
    try: "Give it a name that is unique in its group.",
  }),
  "tag.nameTooLong": (f) => ({
    says: `The name “${f.name}” is ${f.bytes} bytes long; the gateway takes ${f.limit}.`,
    try: "Shorten it. A Chinese character counts three bytes.",
  }),
  "tag.duplicate": (f) => ({
    says: `Group ${f.group} already has a tag named ${f.name}.`,
    try: "Rename one of them, or move it to another group.",
  }),
  "tag.accessUnfit": (f) => ({
    says: `The access of ${f.name} does not fit: ${f.reason}.`,
    try: "Discrete inputs and input registers can only be read.",
  }),
  "tag.numberInvalid": (f) => ({
    says: `“${f.text}” is not a number.`,
    try: "Write digits with a point before the decimals, without a unit.",
  }),
  "tag.lineUnknown": (f) => ({
    says: `No line of this site is named “${f.line}”.`,
    try: "Add the line in the Line step, or correct the name in the table.",
  }),
  "table.columnMissing": (f) => ({
    says: `The table has no column for ${f.columns}.`,
    try: "The first row must name the columns: at least name, address and type.",
  }),
  "table.empty": () => ({
    says: "The table has no rows.",
    try: "Check that the right file or sheet was chosen.",
  }),
  "group.intervalTooShort": (f) => ({
    says: `Group ${f.group} cannot be read every ${f.intervalMs} ms.`,
    try: `The gateway takes ${f.limitMs} ms and longer. Choose a longer interval.`,
  }),
  "group.unknown": (f) => ({
    says: `There is no group “${f.group}”.`,
    try: "It may have been removed. Choose a group that is listed.",
  }),
  "text.tooLong": (f) => ({
    says: `The ${f.what} is ${f.bytes} bytes long; the gateway takes ${f.limit}.`,
    try: "Shorten it. A Chinese character counts three bytes.",
  }),
  "name.empty": (f) => ({ says: `The ${f.what} has no name.`, try: "Type a name." }),
  "name.duplicate": (f) => ({
    says: `There is already a ${f.what} named “${f.name}”.`,
    try: "Choose another name.",
  }),
  "line.unknown": (f) => ({
    says: `There is no line “${f.line}” in this site.`,
    try: "It may have been removed. Choose a line that is listed.",
  }),
  "line.settingsInvalid": (f) => ({
    says: `The settings of this line are not complete: ${f.reason}.`,
    try: "Edit the line and choose its port and settings.",
  }),
  "unit.broadcast": () => ({
    says: "Unit 0 speaks to every device on the line at once and is refused.",
    try: "Address one unit from 1 to 247.",
  }),
  "unit.outOfRange": (f) => ({ says: `Unit ${f.unit} does not exist.`, try: "Units go from 1 to 247." }),
  "value.unfit": (f) => ({
    says: `${f.value} does not fit type ${f.type}.`,
    try: "Type a value within the range of the type.",
  }),
  "uplink.none": () => ({
    says: "This site has no uplink.",
    try: "Enter the broker in the Uplink step first.",
  }),
  "uplink.hostMissing": () => ({
    says: "The broker's address is missing.",
    try: "Type its name or IP address.",
  }),
  "uplink.caMissing": () => ({
    says: "TLS is on, but the certificate of the authority is missing.",
    try: "Paste the authority's certificate (PEM): the gateway needs it to trust the broker.",
  }),
  "gateway.notSignedIn": () => ({
    says: "You are not signed in to a gateway.",
    try: "Sign in in the Gateway step first.",
  }),
  "gateway.urlInvalid": (f) => ({
    says: `“${f.text}” is not a gateway's address.`,
    try: "Write it like http://192.168.1.10:7000.",
  }),
  "tags.none": () => ({ says: "This site has no tags.", try: "Import or add tags in the Tags step first." }),
  "job.unknown": (f) => ({
    says: `There is no job ${f.job}.`,
    try: "It may have ended long ago. Start it again.",
  }),
  "job.running": (f) => ({
    says: `A job of this kind (${f.kind}) is already running.`,
    try: "Wait until it ends, or cancel it in the list of jobs.",
  }),
  "bundle.malformed": (f) => ({
    says: `This is not a bundle: ${f.reason}.`,
    try: "Copy it again from where it was made; the stick may have been pulled too early.",
  }),
  "bundle.tampered": (f) => ({
    says: `${f.file} in this bundle is not what was signed.`,
    try: "Do not apply it. Ask for a fresh copy.",
  }),
  "bundle.signatureInvalid": () => ({
    says: "The signature of this bundle is not valid.",
    try: "Do not apply it. Ask who made it and get it again by another way.",
  }),
  usage: (f) => ({ says: `${f.reason}.`, try: "Run lastmile --help for what can be done." }),
};
