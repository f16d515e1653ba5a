import { clip } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import * as terms from "./terms.ts";
import { reasonText } from "./texts.ts";

/** What is said of addresses, tags, tables, profiles and thing models. */
export const tagProblems = {
  "address.malformed": (f) => ({
    says: `“${clip(f.text, 40)}” is not an address of this type.`,
    try: `Write it like ${f.expected.split(", ").join(" or ")}: unit, exclamation mark, area digit and register.`,
  }),
  "address.unitOutOfRange": (f) => ({
    says: `Unit ${f.unit} in “${clip(f.text, 40)}” does not exist on Modbus.`,
    try: "Units go from 1 to 247.",
  }),
  "address.registerOutOfRange": (f) => ({
    says: `Register ${f.register} in “${clip(f.text, 40)}” is out of range.`,
    try: "Registers go from 1 to 65536 in each area, to the value's last one. Check for a digit too many.",
  }),
  "address.orderUnfit": (f) => ({
    says: `Byte order ${f.order} in “${clip(f.text, 40)}” does not fit type ${f.type}.`,
    try: `${terms.ordersFor(f.type)} Leave it out for the usual order.`,
  }),
  "address.typeUnfit": (f) => ({
    says: `Type ${f.type} cannot be read at “${clip(f.text, 40)}”: ${terms.typeReason(f.reason)}.`,
    try: "Use type bit there, or an address in the registers: area 4 is holding, 3 is input.",
  }),
  "address.ambiguous": (f) => ({
    says: `“${clip(f.text, 40)}” can be register ${f.printed} or register ${f.plain} on the wire.`,
    try: "Say how the table's numbers are meant: with the area as their first digit (40001), or as they are.",
  }),
  "address.rangeUnfit": (f) => ({
    says: `“${clip(f.text, 40)}” is ${f.registers} registers; type ${f.type} takes ${f.needs}.`,
    try: "Compare type and registers with the manual: one of the two is wrong.",
  }),
  "tag.typeUnknown": (f) => ({
    says: `“${clip(f.text, 40)}” is not a type that Lastmile knows.`,
    try: "Use int16, uint16, int32, uint32, int64, uint64, float, double, bit, string or bytes.",
  }),
  "tag.typeMisread": (f) => ({
    says: `The gateway accepts type ${f.type} but reads it wrong.`,
    try: `Use ${terms.typeInstead(f.type)} instead.`,
  }),
  "tag.nameMissing": () => ({
    says: "This tag has no name.",
    try: "Give it a name that is unique in its group.",
  }),
  "tag.nameTooLong": (f) => ({
    says: `“${clip(f.name, 24)}” is ${f.bytes} bytes long; the gateway keeps ${f.limit}.`,
    try: "Shorten it. A Chinese character counts three bytes.",
  }),
  "tag.duplicate": (f) => ({
    says: `Group ${f.group} already has a tag named ${f.name}.`,
    try: "Rename one of them, or move it to another group.",
  }),
  "tag.accessUnfit": (f) => {
    const [says, tryThis] = terms.accessReason(f.reason);
    return { says: `The access of ${f.name || "this tag"} does not fit: ${says}.`, try: tryThis };
  },
  "tag.numberInvalid": (f) => ({
    says: `“${clip(f.text, 40)}” does not fit as this number.`,
    try: "Use digits with a point. A scale is never 0, a precision is 0 to 17; bits and text have neither.",
  }),
  "tag.lineUnknown": (f) => ({
    says: `No line of this site is named “${f.line}”.`,
    try: "Add the line in the Line step, or correct the name in the table.",
  }),
  "profile.malformed": (f) => ({
    says: `${f.file} is not a device profile: ${reasonText(f.reason)}.`,
    try: "Compare it with profile.schema.json beside the profiles that ship with Lastmile.",
  }),
  "profile.pointUnfit": (f) => ({
    says: `In profile ${f.profile}, point “${f.point}” ${terms.pointReason(f.reason)}.`,
    try: "Correct the profile from the maker's manual; tags are not taken from it until then.",
  }),
  "profile.goldenWrong": (f) => ({
    says: `In profile ${f.profile}, the example for “${f.point}” should give ${f.expected} and gives ${f.found || "nothing"}.`,
    try: "Type, word order or scale of the point does not fit the example. Correct one of them from the manual.",
  }),
  "profile.unknown": (f) => ({
    says: `There is no device profile “${f.profile}”.`,
    try: "Choose one that is listed, or put its file into the device-profiles folder beside your sites.",
  }),
  "profile.duplicate": (f) => ({
    says: `${f.file} describes profile “${f.profile}”, which another file describes already.`,
    try: "Give one of them another id. The one that ships with Lastmile is used.",
  }),
  "profile.scaleUnknown": (f) => ({
    says: `The factor of “${f.point}” stands in register “${f.from}” of the unit and was not read yet.`,
    try: `Read ${f.from} first and give its power of ten; without it the value would be wrong by tens.`,
  }),
  "thing.malformed": (f) => ({
    says: `This is neither a thing model nor a Thing Description: ${reasonText(f.reason)}.`,
    try: "Choose a file that was exported as model or as W3C Thing Description with the Modbus binding.",
  }),
  "thing.propertyUnfit": (f) => ({
    says: `Property “${clip(f.property, 40)}” cannot become a tag: ${terms.propertyReason(f.reason)}.`,
    try: "Correct its form in the file. The other properties can be taken.",
  }),
  "tag.orderUnknown": (f) => ({
    says: `“${clip(f.text, 40)}” is no byte order that can be read in one way.`,
    try: "Write ABCD, CDAB, BADC or DCBA. Vendors mean CDAB or DCBA by little endian; the manual's example tells.",
  }),
  "tag.scaleDynamic": (f) => ({
    says: `The scale of ${f.name} stands in register ${f.by} of the device, not in the file.`,
    try: `Read ${f.by} from the device and give it with the import, or leave this tag out.`,
  }),
  "tag.partUnfit": (f) => ({
    says: `${f.name === "" ? "This row" : clip(f.name, 40)} has ${terms.partName(f.part)} “${clip(f.text, 24)}”, which a tag of the gateway cannot hold.`,
    try: "Leave it out, or enter the tag by hand with what the gateway can read.",
  }),
  "table.columnMissing": (f) => ({
    says: `The table has no column for ${terms.columnList(f.columns)}.`,
    try: "Name the columns in the first row: at least name, address and type.",
  }),
  "table.empty": () => ({
    says: "The table has no rows.",
    try: "Check that the right file or sheet was chosen.",
  }),
  "table.columnUnclear": (f) => ({
    says: `The table's column ${clip(f.columns, 60)} may multiply or divide.`,
    try: "Choose it as scale or as divisor; the manual's example tells which of them it is.",
  }),
  "table.choiceMissing": (f) => ({
    says: `The table does not say ${terms.choice(f.what)}; “${clip(f.text, 40)}” is the first that needs it.`,
    try: `${terms.choiceTry(f.what)} The manual's first pages tell.`,
  }),
  "table.damaged": (f) => ({
    says: `This file cannot be read as a table: ${terms.damage(f.reason)}.`,
    try: "Open it in a spreadsheet or editor, save it again as XLSX or CSV, and choose that file.",
  }),
  "table.sheetUnknown": (f) => ({
    says: `The file has no sheet “${clip(f.sheet, 40)}” that is shown.`,
    try: "Choose one of its sheets by name; hidden ones are not read.",
  }),
  "table.cellBroken": (f) => ({
    says: `The cell “${clip(f.text, 40)}” holds an error or characters that cannot be read.`,
    try: "Correct it in the spreadsheet, or save the file again as UTF-8.",
  }),
  "group.intervalTooShort": (f) => ({
    says: `${f.group === "" ? "A group" : `Group ${f.group}`} cannot be read every ${f.intervalMs} ms.`,
    try: `The gateway takes ${f.limitMs} ms and longer. Choose a longer interval.`,
  }),
  "group.unknown": (f) => ({
    says: `There is no group “${f.group}”.`,
    try: "It may have been removed. Choose a group that is listed.",
  }),
  "value.unfit": (f) => ({
    says: `${clip(f.value, 40)} does not fit type ${f.type}.`,
    try: "Type a value within the range of the type.",
  }),
  "value.notNumber": (f) => ({
    says: f.text === "" ? "There is no number." : `“${clip(f.text, 40)}” is not a number.`,
    try: "Use digits, with a point before decimals: 4.2. A comma is not taken.",
  }),
  "value.unchanged": (f) => ({
    says: `The tag has ${clip(f.value, 40)} already: writing it moves nothing.`,
    try: "Choose another value that the device may have for some seconds.",
  }),
  "tags.none": () => ({ says: "This site has no tags.", try: "Import or add tags in the Tags step first." }),
} satisfies Partial<ProblemWords>;
