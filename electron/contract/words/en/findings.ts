import { clip, plural } from "../given.ts";
import type { FindingWords } from "../say.ts";
import * as terms from "./terms.ts";

export const findings: FindingWords = {
  "tag.address.alias": (f) => ({
    says: `“${clip(f.text, 40)}” counts from register 0, which this gateway reads as register 1.`,
    try: "Write the register as the manual prints it, from 1 on; if the manual counts from 0, add one.",
  }),
  "tag.address.unit": (f) => ({
    says: `Unit ${f.unit} in “${clip(f.text, 40)}” does not exist: the gateway asks unit ${f.becomes} instead.`,
    try: "Use the unit's own number, 1 to 247.",
  }),
  "tag.address.junk": (f) => ({
    says: `The gateway ignores the end of “${clip(f.text, 40)}” and reads what stands before it.`,
    try: "Remove what does not belong there, or write the order, bit or length that was meant.",
  }),
  "tag.address.unfit": (f) => ({
    says: `“${clip(f.text ?? f.name, 40)}” is no address of type ${f.type ?? "this"}.`,
    try: "Edit the tag: unit, area digit, register, and an order, bit or length that fits its type.",
  }),
  "tag.address.twoTypes": (f) => ({
    says: `${clip(f.name, 24)} and ${clip(f.other, 24)} read ${f.address} in two ways: one of them is wrong.`,
    try: "Resolve the address against the device's display, and remove the wrong tag.",
  }),
  "tag.address.overlap": (f) => ({
    says: `${clip(f.name, 24)} at ${f.address} begins inside ${clip(f.other, 24)}.`,
    try: "Check both in the manual: a value of 32 bits takes two registers, one of 64 bits four.",
  }),
  "tag.type.misread": (f) => ({
    says: `The gateway takes type ${f.type} for ${clip(f.name, 24)} and reads it wrong.`,
    try: `Use ${terms.typeInstead(String(f.type))} instead.`,
  }),
  "tag.access.readOnly": (f) => ({
    says: `${clip(f.name, 24)} cannot be written: ${terms.accessReason(String(f.reason))[0]}.`,
    try: "Take the write access away.",
  }),
  "tag.access.none": (f) => ({
    says: `${clip(f.name, 24)} is neither read nor written.`,
    try: "Give it read access, or remove it.",
  }),
  "tag.access.unknown": (f) => ({
    says: `Attribute ${f.attribute} of ${clip(f.name, 24)} means nothing to this gateway.`,
    try: "Use 1 for read, 2 for write, 4 for on change, or their sum.",
  }),
  "tag.access.writeOnly": (f) => ({
    says: `${clip(f.name, 24)} at ${f.address} can only be written, and is read at every round.`,
    try: "Take the read access away: the device refuses the whole request.",
  }),
  "tag.string.odd": (f) => ({
    says: `The text ${clip(f.name, 24)} is ${plural(f.length, "byte", "bytes")} long; the gateway reads whole registers and shows one byte more.`,
    try: "Make the length even.",
  }),
  "tag.value.past53": (f) => ({
    says: `${clip(f.name, 24)} is ${f.type}: beyond 9,007,199,254,740,992 most programs in the cloud lose digits.`,
    try: "Make sure that whoever receives it reads whole numbers of 64 bits, or scale it in the device.",
  }),
  "tag.precision.missing": (f) => ({
    says: `${clip(f.name, 24)} has no precision: the gateway sends about six digits of it.`,
    try: "Say how many decimals are wanted, 3 for instance.",
  }),
  "tag.scale.noUnit": (f) => ({
    says: `${clip(f.name, 24)} is scaled by ${f.scale} but has no engineering unit, so nobody can tell into what.`,
    try: "Enter the unit, such as V, kW or °C.",
  }),
  "tag.bias.write": (f) => ({
    says: `${clip(f.name, 24)} is written without its bias: the gateway adds ${f.bias} when it reads and takes nothing off when it writes.`,
    try: "Take the write access away, or write through a tag of its own without bias.",
  }),
  "tag.number.invalid": (f) => ({
    says: `A number of ${clip(f.name, 24)} does not fit its type.`,
    try: "A scale is never 0, a precision is 0 to 17; bits, text and bytes have neither scale nor bias.",
  }),
  "tag.name.duplicate": (f) => ({
    says: `Group ${clip(f.group, 24)} has two tags named ${clip(f.name, 24)}.`,
    try: "Rename one of them, or move it to another group.",
  }),
  "tag.name.missing": () => ({
    says: "A tag has no name.",
    try: "Give it a name that is unique in its group.",
  }),
  "tag.name.long": (f) => ({
    says: `The name “${clip(f.name, 24)}” is longer than the 127 bytes that the gateway keeps.`,
    try: "Shorten it. A Chinese character counts three bytes.",
  }),
  "tag.description.long": (f) => ({
    says: `The description of ${clip(f.name, 24)} is longer than the 255 bytes that the gateway keeps.`,
    try: "Shorten it. A Chinese character counts three bytes.",
  }),
  "tag.unit.long": (f) => ({
    says: `The engineering unit of ${clip(f.name, 24)} is longer than the 15 bytes that the gateway keeps.`,
    try: "Shorten it.",
  }),
  "tag.profile.outside": (f) => ({
    says: `The device's profile knows nothing at ${f.address}, where ${clip(f.name, 24)} is read.`,
    try: "Check the register in the manual: it may be off by one, or belong to another model.",
  }),
  "tag.sentinel.undeclared": (f) => ({
    says: `${clip(f.name, 24)} is sent as a number even where ${f.words} means that there is no value.`,
    try: "Filter that value out in the Rules step.",
  }),
  "read.block.twice": (f) => ({
    says: `Groups ${clip(f.group, 24)} and ${clip(f.other, 24)} both read ${plural(f.count, "place", "places")}, ${clip(f.name, 24)} for one.`,
    try: "Keep each register in one group: the line is asked for it twice.",
  }),
  "read.gap.forbidden": (f) => ({
    says: `A read over the gaps of unit ${f.unit} touches register ${register(f.from)}${f.to === f.from ? "" : ` to ${register(f.to)}`}, which the device refuses.`,
    try: "Nothing to do here: Lastmile and the gateway keep clear of it. Another master must as well.",
  }),
  "group.unknown": (f) => ({
    says: `${clip(f.name, 24)} is in group ${clip(f.group, 24)}, which nobody made: the gateway would read it every 100 ms.`,
    try: "Make the group with the interval that is wanted.",
  }),
  "group.name.long": (f) => ({
    says: `The group's name “${clip(f.group ?? f.name, 24)}” is longer than the 127 bytes that the gateway keeps.`,
    try: "Shorten it. A Chinese character counts three bytes.",
  }),
  "group.interval.infeasible": (f) => ({
    says: `Group ${clip(f.group, 24)} cannot be read every ${f.intervalMs} ms: line ${clip(f.line, 24)} needs about ${f.periodMs} ms.`,
    try: `Choose ${f.leastMs} ms or more${f.tags ? `, or keep about ${plural(f.tags, "tag", "tags")}` : ""}${f.baudRate ? `, or ${f.baudRate} baud` : ""}.`,
  }),
  "group.interval.late": (f) => ({
    says: `Group ${clip(f.group, 24)} misses a round now and then: another group keeps line ${clip(f.line, 24)} for longer than ${f.intervalMs} ms.`,
    try: `Choose ${f.leastMs} ms or more, or split the long group.`,
  }),
  "group.interval.minimum": (f) => ({
    says: `Group ${clip(f.group, 24)} cannot be read every ${f.intervalMs} ms: this gateway takes no less than ${f.leastMs} ms.`,
    try: `Choose ${f.leastMs} ms or more.`,
  }),
  "line.groups.limit": (f) => ({
    says: `Line ${clip(f.line, 24)} has ${f.count} groups; the gateway takes ${f.limit}.`,
    try: "Put tags that are read equally often into one group.",
  }),
};

/** As manuals print it, from 1. */
function register(offset: string | number | undefined): number {
  return Number(offset) + 1;
}
