import { clip, given, plural } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import { failureClause } from "./clauses.ts";
import * as identity from "./identity.ts";
import * as programs from "./programs.ts";
import * as terms from "./terms.ts";
import { reasonText, reasonTexts } from "./texts.ts";

export const problems: ProblemWords = {
  "file.notJson": (f) => ({
    says: `This file cannot be read as JSON: ${reasonText(f.reason)}.`,
    try: "Choose a site file that Lastmile saved, or the previous version beside it.",
  }),
  "file.newerFormat": (f) => ({
    says: `This file has format ${f.format}; this Lastmile knows up to ${f.known}.`,
    try: "Install the newer Lastmile. The file was left as it is.",
  }),
  "file.notASite": (f) => ({
    says: `This is not a site file as Lastmile writes it: ${reasonText(f.reason)}.`,
    try: "Choose a file whose name ends in .site.json, or the previous version beside it.",
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
    says: `This input does not fit: ${reasonTexts(f.reason)}.`,
    try: terms.inputTry(f.reason),
  }),
  "site.none": () => ({
    says: "No site is open.",
    try: "Open a site file, create one, or open the training site.",
  }),
  "site.readOnly": (f) => ({
    says: `This site can be looked at but not changed${f.reason === "" ? "" : `: ${failureClause(f.reason)}`}.`,
    try: "Keep the files as they are, and go on in a copy under another name.",
  }),
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
  "checklist.malformed": (f) => ({
    says: `${f.file} is not a checklist: ${reasonText(f.reason)}.`,
    try: "Compare it with checklist.schema.json beside the checklists that came with Lastmile.",
  }),
  "checklist.unknown": (f) => ({
    says: `There is no checklist “${f.checklist}”.`,
    try: "Choose one of the list, or put its file into the checklists folder beside your sites.",
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
  "text.tooLong": (f) =>
    f.bytes === 0
      ? { says: `The ${terms.kind(f.what)} is empty.`, try: "Type it in; the gateway needs it." }
      : {
          says: `The ${terms.kind(f.what)} “${clip(f.text, 24)}” is ${f.bytes} bytes long; the gateway takes ${f.limit}.`,
          try: "Shorten it. A Chinese character counts three bytes.",
        },
  "name.empty": (f) =>
    f.what === "clientId"
      ? {
          says: "The client ID is missing.",
          try: "Type one in the Uplink step; no other client may have it.",
        }
      : { says: `The ${terms.kind(f.what)} has no name.`, try: "Type a name." },
  "name.duplicate": (f) =>
    f.what === "line" && terms.takenNames.includes(f.name)
      ? { says: `The gateway needs the name “${f.name}” for itself.`, try: "Give the line another name." }
      : {
          says: `There are two ${terms.kinds(f.what)} “${terms.ownName(f.what, f.name)}”.`,
          try: f.what === "unit" ? "Give one of them its own number." : "Choose another name.",
        },
  "line.unknown": (f) => ({
    says: `There is no line “${f.line}” in this site.`,
    try: "It may have been removed. Choose a line that is listed.",
  }),
  "line.settingsInvalid": (f) => ({
    says: `The settings of this line do not fit: ${reasonText(f.reason)}.`,
    try: "Edit the line in the Line step, and take port and settings from the device's manual.",
  }),
  "network.rangeInvalid": (f) => ({
    says: `"${clip(f.text, 60)}" is not a range of addresses.`,
    try: "Type it as 192.168.1.0/24 or 192.168.1.10-192.168.1.60.",
  }),
  "network.rangeTooLarge": (f) => ({
    says: `${clip(f.text, 60)} has ${f.hosts} addresses; one search asks at most ${f.limit}.`,
    try: "Name a smaller part, such as a /24 around the device.",
  }),
  "network.rangePublic": (f) => ({
    says: `${clip(f.text, 60)} is not a private network, so nothing was sent.`,
    try: "Name a range of the site's own network. Where it really uses public addresses, confirm with scan --tcp-range … --public.",
  }),
  "unit.broadcast": () => ({
    says: "Unit 0 speaks to every device on the line at once and is refused.",
    try: "Address one unit from 1 to 247.",
  }),
  "unit.outOfRange": (f) => ({ says: `Unit ${f.unit} does not exist.`, try: "Units go from 1 to 247." }),
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
  "uplink.none": () => ({
    says: "This site has no uplink.",
    try: "Enter the broker in the Uplink step first.",
  }),
  "uplink.hostMissing": () => ({
    says: "The broker's address is missing.",
    try: "Type its name or IP address in the Uplink step.",
  }),
  "payload.unreadable": (f) => ({
    says: `A message of ${f.bytes} bytes is not ${payloads[f.format] ?? "in any format that is known here"}.`,
    try: "Compare with the format that the publisher is set to.",
  }),
  "payload.pathInvalid": (f) => ({
    says: `“${clip(f.path, 60)}” is not a path.`,
    try: "Write members with points and places in brackets: $.data.temp, $.units[0].power, $.units[*].power.",
  }),
  "uplink.caMissing": () => ({
    says: "TLS is on, but the certificate of the authority is missing.",
    try: "Paste it (PEM) in the Uplink step: the gateway needs it to trust the broker.",
  }),
  "uplink.webSocketRefused": () => ({
    says: "The uplink goes over WebSocket, which Neuron does not speak.",
    try: "Untick WebSocket in the Uplink step and give the broker's TCP or TLS port.",
  }),
  "gateway.notSignedIn": () => ({
    says: "You are not signed in to a gateway.",
    try: "Sign in in the Gateway step first.",
  }),
  "advice.tlsProfile": () => ({
    says: "A weak link cannot be tried before this broker: its certificate does not fit the proxy's address.",
    try: "Measure the site's own path instead, or try the profile with a broker without TLS.",
  }),
  "drill.notApplied": (f) => ({
    says: `The gateway's node ${clip(f.node, 40)} does not publish to this site's broker.`,
    try: "Apply the site to the gateway first, or do the drill by hand.",
  }),
  "gateway.nothingToPutBack": (f) => ({
    says: `Nothing was changed on ${f.url} from this site, so there is nothing to put back.`,
    try: "Open the site file from which the gateway was changed last, and try again.",
  }),
  "gateway.nothingToTake": (f) => ({
    says: `Nothing runs on ${f.url} that a site could take over: no Modbus node with settings.`,
    try: "Make lines and tags here, and apply them to the gateway.",
  }),
  "gateway.siteHasTags": (f) => ({
    says: `The site has ${plural(f.tags, "tag", "tags")} of its own, which taking over would replace.`,
    try: "Take over into a new site, and compare the two.",
  }),
  "gateway.nodeUnknown": (f) => ({
    says: `The gateway runs no Modbus node “${f.node}”.`,
    try: given(f.nodes, (nodes) => `It has: “${nodes}”.`) || "Apply the site to the gateway first.",
  }),
  "gateway.atWork": () => ({
    says: "The gateway is at other work, so nothing is read through its port now.",
    try: "Wait until that is done, then read again.",
  }),
  "gateway.urlInvalid": (f) => ({
    says: `“${clip(f.text, 60)}” is not a gateway's address.`,
    try: "Write it like http://192.168.1.10:7000, without anything behind the port.",
  }),
  "ssh.targetInvalid": (f) => ({
    says: `“${clip(f.text, 60)}” does not say who signs in where by SSH.`,
    try: "Write it like pi@192.168.1.10, or pi@192.168.1.10:2222 for another port.",
  }),
  "ssh.hostKeyUnconfirmed": (f) => ({
    says: `The SSH server at ${f.host} is not known yet. Its key is ${f.fingerprint}.`,
    try: "Compare it with the gateway's own (ssh-keygen -lf on its console), then confirm it. Nothing was sent yet.",
  }),
  "ssh.keyUnreadable": (f) => ({
    says: `The SSH key cannot be used: ${identity.keyReason(f.reason)}.`,
    try: identity.keyTry(f.reason),
  }),
  "program.notSignedIn": (f) => ({
    says: `You are not signed in to ${programs.programNames[f.program]}.`,
    try: "Sign in to it in the Gateway step.",
  }),
  "program.nothingWanted": (f) => ({
    says: `The site wants nothing of ${programs.programNames[f.program]}.`,
    try:
      f.program === "nanomq"
        ? "Add a bridge in the Gateway step, or take the one that runs there."
        : "Take what runs there in the Gateway step, or add streams and rules to the site file.",
  }),
  "hocon.syntax": (f) => ({
    says: `NanoMQ would end over this configuration: ${programs.hoconFault(f.reason)}, in line ${f.line}, column ${f.column}.`,
    try: "Nothing was sent. Correct the file at this place and hand it in again.",
  }),
  "bridge.invalid": (f) => {
    const [says, tryThis] = programs.bridgeFault(f.reason);
    return { says: `The bridge does not fit: ${says}.`, try: tryThis };
  },
  "bridge.loop": (f) => ({
    says: `Messages of “${f.topic}” would go up and down between the brokers for ever.`,
    try: "Keep what goes up and what comes down in topics of their own.",
  }),
  "nanomq.fileNeeded": () => ({
    says: "This change needs NanoMQ's configuration file, and this version does not give it out.",
    try: "Fetch nanomq.conf from the gateway and hand it in when you sign in: everything else in it stays as it is.",
  }),
  "nanomq.fileOther": (f) => ({
    says: `The file is not the one that this NanoMQ runs with: “${f.name}” differs.`,
    try: "Fetch the file from this gateway again. Another broker's file would be written over this one's.",
  }),
  "rule.invalid": (f) => {
    const [says, tryThis] = programs.ruleFault(f.reason);
    return { says: `“${f.name}” does not fit: ${says}.`, try: tryThis };
  },
  "tags.none": () => ({ says: "This site has no tags.", try: "Import or add tags in the Tags step first." }),
  "job.unknown": () => ({
    says: "This job is not known any more.",
    try: "It may have ended long ago. Start it again.",
  }),
  "job.running": (f) => ({
    says: `This is already running: ${terms.job(f.kind)}.`,
    try: "Wait until it ends, or cancel it in the list of jobs.",
  }),
  "file.exists": (f) => ({
    says: `There is something at ${f.path} already.`,
    try: "Name a folder that does not exist yet; nothing is written over.",
  }),
  "clone.columnTwice": (f) => ({
    says: `Two columns are called “${clip(f.column, 40)}”.`,
    try: "Give one of them another name, or delete it.",
  }),
  "clone.columnUnknown": (f) => ({
    says: `The template has no variable and no field “${clip(f.column, 40)}”.`,
    try: "Write {{name}} with this column's name in the template where the value belongs, or name a field such as uplink.host.",
  }),
  "clone.columnSecret": (f) => ({
    says: `Column “${clip(f.column, 40)}” looks like it holds secrets; a table is no place for them.`,
    try: "Delete the column. Passwords are typed in where the site is opened, and never travel in clear.",
  }),
  "clone.variableMissing": (f) => ({
    says: `The template has {{${clip(f.variable, 40)}}}, and the table has no such column.`,
    try: "Add the column, or write the value into the template.",
  }),
  "clone.cellMissing": (f) => ({
    says: `“${clip(f.column, 40)}” is empty.`,
    try: "Every site needs a value of its own here.",
  }),
  "clone.serialInvalid": (f) => ({
    says: `“${clip(f.text, 40)}” cannot be a gateway's serial number.`,
    try: "Copy it from the gateway's label: letters, digits, dot, hyphen, colon, 64 at most.",
  }),
  "clone.keyInvalid": (f) => ({
    says: `“${clip(f.text, 50)}” is not a gateway's public key.`,
    try: "Copy it whole from what the applier printed at pairing: 44 characters that end with =.",
  }),
  "clone.notUnique": (f) => ({
    says: `${terms.clonedPart(f.what)} “${clip(f.value, 60)}” is taken by row ${f.row}.`,
    try:
      f.what === "topic"
        ? "Give each site a path or a topic of its own, or its messages mix with another site's."
        : "Every site needs its own; names must also not look alike.",
  }),
  "bundle.malformed": (f) => ({
    says: `This is not a whole bundle: ${reasonText(f.reason)}.`,
    try: "Copy it again from where it was made; the stick may have been pulled too early.",
  }),
  "bundle.tampered": (f) => ({
    says: `“${f.file}” in this bundle is not what was signed.`,
    try: "Do not apply it. Ask for a fresh copy.",
  }),
  "bundle.signatureInvalid": () => ({
    says: "The signature of this bundle is not valid.",
    try: "Do not apply it. Ask who made it and get it again by another way.",
  }),
  "bundle.unsigned": () => ({
    says: "Nobody signed this bundle.",
    try: "Do not apply it. Ask for the bundle as Lastmile wrote it.",
  }),
  "bundle.truncated": () => ({
    says: "This bundle is cut off.",
    try: "Copy it again and eject the stick before pulling it out.",
  }),
  "bundle.tooLarge": (f) => ({
    says: `This bundle is larger than any that Lastmile makes: ${reasonText(f.reason)}.`,
    try: "Do not apply it. Ask who made it.",
  }),
  "bundle.pathUnsafe": (f) => ({
    says: `This bundle would write to “${clip(f.path, 40)}”, outside its own place.`,
    try: "Do not apply it: Lastmile never makes such a bundle. Keep it and tell its owner.",
  }),
  "bundle.fileExtra": (f) => ({
    says: `“${clip(f.file, 60)}” is in this bundle, and nobody signed for it.`,
    try: "Do not apply it. Ask for a fresh copy.",
  }),
  "bundle.formatOld": (f) => ({
    says: `This bundle has the old format ${f.format}, which names no chain of trust.`,
    try: "Open its site with this Lastmile and make the bundle again.",
  }),
  "bundle.seqOutOfRange": (f) => ({
    says: `Number ${f.seq} is higher than any bundle can have.`,
    try: "Do not apply it: after it, the gateway would take no other.",
  }),
  "bundle.incompatible": (f) => ({
    says: `The gateway runs version ${f.version}; this bundle was made for ${f.range}.`,
    try: "Make the bundle for this version, or update the gateway first.",
  }),
  "trust.documentInvalid": (f) => ({
    says: `“${clip(f.document, 60)}” is not a document of trust as Lastmile writes it.`,
    try: "Choose the .dsse file that was handed over, unchanged.",
  }),
  "trust.chainMissing": (f) => ({
    says: `“${f.document}” is missing: the bundle does not show who lets its maker act.`,
    try: "Take up the delegation first (trust take), then make the bundle again.",
  }),
  "trust.chainBroken": (f) => ({
    says: `“${f.document}” in this bundle is not signed by who should have signed it.`,
    try: "Ask for a new delegation and make the bundle again.",
  }),
  "trust.rootWrong": (f) => ({
    says: `The organisation behind this bundle does not act for ${clip(f.owner, 40)}.`,
    try: "Do not apply it. Compare the root's fingerprint with the owner's by telephone.",
  }),
  "trust.revoked": (f) => ({
    says: `The key of ${clip(f.name, 40)} was revoked.`,
    try: "Do not apply it. Let somebody with a valid key make the bundle.",
  }),
  "trust.expired": (f) => ({
    says: `The delegation of ${clip(f.name, 40)} ended on ${f.notAfter.slice(0, 10)}.`,
    try: "Ask the organisation for a new delegation, then make the bundle again.",
  }),
  "trust.scopeExceeded": (f) => ({
    says: `${clip(f.name, 40)} may not do this: “${f.what}” is not in the delegation.`,
    try: "Ask for a delegation with this site and action, or let somebody else make the bundle.",
  }),
  "trust.bundleExpired": (f) => ({
    says: `This bundle was valid until ${f.notAfter.slice(0, 10)}.`,
    try: "Make it again from its site.",
  }),
  "trust.otherGateway": (f) => ({
    says: `This bundle is for ${f.wants === "" ? "no gateway in particular" : `gateway “${f.wants}”`}; this is “${f.is}”.`,
    try: "Take the stick to the right gateway, or make a bundle for this one.",
  }),
  "trust.otherSite": (f) => ({
    says: `This bundle is for site “${f.wants}”; the gateway belongs to “${f.is}”.`,
    try: "Check the label of the stick and of the gateway.",
  }),
  "trust.siteNameDiffers": (f) => ({
    says: `The bundle says “${clip(f.wants, 40)}”, the gateway “${clip(f.is, 40)}”${f.alike === "yes" ? ": alike to the eye, and other letters" : ""}.`,
    try: "Ask who made the bundle. If the site was renamed, pair the gateway again.",
  }),
  "trust.seqOld": (f) => ({
    says: `This is bundle ${f.seq}; the gateway already has bundle ${f.accepted}.`,
    try: "Use the newest bundle. To go back, make a new bundle of the old site file.",
  }),
  "trust.seqJump": (f) => ({
    says: `This is bundle ${f.seq}, far beyond bundle ${f.accepted} that the gateway has.`,
    try: "Do not apply it: a thousand bundles at most may lie between. Ask who made it.",
  }),
  "trust.prevDiffers": () => ({
    says: "This bundle does not follow the one that the gateway took last.",
    try: "Read the gateway's newest receipt into the site, then make the bundle again.",
  }),
  "trust.configDiffers": () => ({
    says: "The gateway's configuration is not the one that this bundle was made to replace.",
    try: "Somebody changed it since. Look at what runs there before you make the bundle again.",
  }),
  "acceptance.notPlanned": () => ({
    says: "There is no acceptance test on this site yet.",
    try: "Choose the checklists in Hand over and start the test first.",
  }),
  "acceptance.closed": () => ({
    says: "The acceptance test is signed, so nothing can be added to it.",
    try: "Open it again if work goes on. The signatures are then void, and both stay on record.",
  }),
  "acceptance.itemUnknown": (f) => ({
    says: `The test plan has no item “${clip(f.item, 60)}”.`,
    try: "Choose an item of the plan, or add its checklist to the test.",
  }),
  "acceptance.tagUnknown": (f) => ({
    says: `There is nothing to record for “${clip(f.tag, 60)}”: no such tag, or no value of it is forced.`,
    try: "Check the name: line, group and tag with slashes between them.",
  }),
  "acceptance.defectUnknown": (f) => ({
    says: `The punch list has no open item ${f.defect}.`,
    try: "Look at the list: it may have been closed already.",
  }),
  "acceptance.noteMissing": () => ({
    says: "What is not in order, or put off, needs a remark.",
    try: "Write what was seen or why it waits, so that others can act on it.",
  }),
  "acceptance.forcedLeft": (f) => ({
    says: `${f.count === 1 ? "A value is" : `${f.count} values are`} still forced: ${clip(f.tags, 80)}.`,
    try: "Release each of them, write down what it shows then, and sign after that.",
  }),
  "photo.unknownKind": () => ({
    says: "This is neither a JPEG nor a PNG picture.",
    try: "Choose a photo of one of these kinds; phones can be set to save JPEG.",
  }),
  "photo.damaged": () => ({
    says: "This picture is damaged or incomplete.",
    try: "Copy it from the camera again, or take it once more.",
  }),
  "photo.tooLarge": (f) => ({
    says: `This picture is larger than ${Math.round(f.limit / 1_048_576)} MB.`,
    try: "Save it smaller, or take it with a lower resolution.",
  }),
  "photo.missing": (f) => ({
    says: `The photo ${f.photo.slice(0, 12)} is not kept with this site.`,
    try: "Add the photo again, and copy the folder of photos along with the site file.",
  }),
  "report.malformed": (f) => ({
    says: `This is not a report as Lastmile writes it: ${reasonText(f.reason)}.`,
    try: "Choose the .json or .html file of a report, and copy it again from where it was made.",
  }),
  "report.unsigned": () => ({
    says: "Nobody signed this report.",
    try: "Ask for the original: Lastmile signs every report that it makes.",
  }),
  "report.signatureInvalid": () => ({
    says: "A signature on this report is not valid: it was changed after it was signed.",
    try: "Do not accept it. Ask whoever made it for the original.",
  }),
  "report.isPicture": () => ({
    says: "A PDF only shows a report; there is nothing in it to check.",
    try: "Check the .json or .html file that was made with it, and compare its digest with the one in the PDF.",
  }),
  "report.pageChanged": () => ({
    says: "This page shows something else than the signed report that it carries.",
    try: "Do not accept it. Ask whoever made it for the original, or make the page anew from the .json file.",
  }),
  "report.evidenceShort": (f) => ({
    says: `The report rests on ${f.lines} lines of evidence, and this file has ${f.found}.`,
    try: "Lines were taken away, or this is an older copy. Ask for the evidence file that belongs to the report.",
  }),
  "report.evidenceDiffers": (f) => ({
    says: `The first ${f.lines} lines of this evidence are not those that the report rests on.`,
    try: "It was changed, or it belongs to another report. Ask for the evidence file made with this one.",
  }),
  "report.evidenceBroken": (f) => ({
    says: `The evidence is damaged at line ${f.line}: it does not follow from the line before.`,
    try: "Do not rely on it. Ask for the evidence file as it was handed over.",
  }),
  "report.signerUnknown": (f) => ({
    says: `${f.name === "" ? "Nobody that the bundle names" : `Somebody else than ${clip(f.name, 40)}`} signed this report.`,
    try: "Bundle and report must come from one technician. Ask who made this report, and with which computer.",
  }),
  "report.statementInvalid": (f) => ({
    says: `The signature of ${clip(f.name, 40)} in this report does not fit what was signed.`,
    try: "Do not accept it. Ask for the site's evidence file and compare.",
  }),
  "report.otherBundle": () => ({
    says: "This report was not made after this bundle.",
    try: "Choose the bundle whose digest the report names.",
  }),
  "report.otherReceipt": () => ({
    says: "The report tells of another receipt than this one.",
    try: "Read the receipt into the site and make the report again, or choose the receipt it names.",
  }),
  "trust.keyMissing": (f) => ({
    says: `This computer has no ${f.role} key.`,
    try: "Make it with trust key, and set LASTMILE_PASSPHRASE so that it is kept.",
  }),
  "trust.sealUnproved": () => ({
    says: "The key that secrets are sealed to is not signed by this gateway's key.",
    try: "Copy again, whole, what the applier printed at pairing. If it stays so, somebody changed it: pair anew at the gateway.",
  }),
  "receipt.invalid": () => ({
    says: "This receipt is not signed by the gateway or technician that it names.",
    try: "Take the receipt from the gateway's stick again.",
  }),
  "receipt.otherBundle": () => ({
    says: "This receipt is about another bundle.",
    try: "Choose the bundle and the receipt with the same number.",
  }),
  usage: (f) => ({ says: terms.usage(f.reason), try: "Run lastmile --help for what can be done." }),
};

const payloads: Readonly<Record<string, string>> = {
  values: "in the gateway's values format",
  tags: "in the gateway's tags format",
  ecp: "in the gateway's ECP format",
  custom: "what the gateway's own schema says",
  protobuf: "the gateway's Protocol Buffers report",
  sparkplug: "Sparkplug B",
  json: "JSON",
  cbor: "CBOR",
};
