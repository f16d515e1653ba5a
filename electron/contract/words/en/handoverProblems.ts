import { clip } from "../given.ts";
import type { ProblemWords } from "../say.ts";
import * as terms from "./terms.ts";
import { reasonText } from "./texts.ts";

/** What is said of bundles, trust, clones, the acceptance test and its report. */
export const handoverProblems = {
  "checklist.malformed": (f) => ({
    says: `${f.file} is not a checklist: ${reasonText(f.reason)}.`,
    try: "Compare it with checklist.schema.json beside the checklists that came with Lastmile.",
  }),
  "checklist.unknown": (f) => ({
    says: `There is no checklist “${f.checklist}”.`,
    try: "Choose one of the list, or put its file into the checklists folder beside your sites.",
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
} satisfies Partial<ProblemWords>;
