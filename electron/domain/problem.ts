import type { Program } from "./gateway/program.ts";

/** Where in an input a problem sits: a table's row and column (1-based row, as a spreadsheet counts) or a field. */
export interface Where {
  readonly row?: number;
  readonly column?: string;
  readonly field?: string;
}

/** Something is wrong with the input. Returned, never thrown by the domain; changes nothing. */
export type Problem = ProblemKind & { readonly at?: Where };

type ProblemKind =
  | { readonly code: "file.notJson"; readonly reason: string }
  | { readonly code: "file.newerFormat"; readonly format: number; readonly known: number }
  | { readonly code: "file.notASite"; readonly reason: string }
  | { readonly code: "file.changedOutside"; readonly path: string }
  | { readonly code: "file.notFound"; readonly path: string }
  | { readonly code: "input.invalid"; readonly reason: string }
  | { readonly code: "site.none" }
  | { readonly code: "site.readOnly"; readonly reason: string }
  | { readonly code: "address.malformed"; readonly text: string; readonly expected: string }
  | { readonly code: "address.unitOutOfRange"; readonly text: string; readonly unit: number }
  | { readonly code: "address.registerOutOfRange"; readonly text: string; readonly register: number }
  | {
      readonly code: "address.orderUnfit";
      readonly text: string;
      readonly order: string;
      readonly type: string;
    }
  | {
      readonly code: "address.typeUnfit";
      readonly text: string;
      readonly type: string;
      readonly reason: string;
    }
  /** a number that is either an area digit with a register, or a plain register: both as 0-based offsets */
  | {
      readonly code: "address.ambiguous";
      readonly text: string;
      readonly printed: number;
      readonly plain: number;
    }
  | {
      readonly code: "address.rangeUnfit";
      readonly text: string;
      readonly registers: number;
      readonly type: string;
      readonly needs: number;
    }
  | { readonly code: "tag.typeUnknown"; readonly text: string }
  | { readonly code: "tag.typeMisread"; readonly type: string }
  | { readonly code: "tag.nameMissing" }
  | {
      readonly code: "tag.nameTooLong";
      readonly name: string;
      readonly bytes: number;
      readonly limit: number;
    }
  | { readonly code: "tag.duplicate"; readonly name: string; readonly group: string }
  | { readonly code: "tag.accessUnfit"; readonly name: string; readonly reason: string }
  | { readonly code: "tag.numberInvalid"; readonly text: string }
  | { readonly code: "tag.lineUnknown"; readonly line: string }
  | { readonly code: "tag.orderUnknown"; readonly text: string }
  /** its scale stands in another register of the unit */
  | { readonly code: "tag.scaleDynamic"; readonly name: string; readonly by: string }
  /** the file says something of this tag that no gateway tag can hold, such as a mask or a square root */
  | {
      readonly code: "tag.partUnfit";
      readonly name: string;
      readonly part: string;
      readonly text: string;
    }
  | {
      readonly code: "text.tooLong";
      readonly what: string;
      readonly text: string;
      readonly bytes: number;
      readonly limit: number;
    }
  | { readonly code: "profile.malformed"; readonly file: string; readonly reason: string }
  | {
      readonly code: "profile.pointUnfit";
      readonly profile: string;
      readonly point: string;
      readonly reason: string;
    }
  | {
      readonly code: "profile.goldenWrong";
      readonly profile: string;
      readonly point: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly code: "profile.unknown"; readonly profile: string }
  | { readonly code: "profile.duplicate"; readonly profile: string; readonly file: string }
  | { readonly code: "profile.scaleUnknown"; readonly point: string; readonly from: string }
  | { readonly code: "checklist.malformed"; readonly file: string; readonly reason: string }
  | { readonly code: "checklist.unknown"; readonly checklist: string }
  | { readonly code: "thing.malformed"; readonly reason: string }
  | { readonly code: "thing.propertyUnfit"; readonly property: string; readonly reason: string }
  | { readonly code: "table.columnMissing"; readonly columns: string }
  | { readonly code: "table.empty" }
  /** a column that can be read in two ways, such as a gain */
  | { readonly code: "table.columnUnclear"; readonly columns: string }
  /** what the file does not say and a person must: base, area, unit, start; `text` is the first cell that needs it */
  | { readonly code: "table.choiceMissing"; readonly what: string; readonly text: string }
  | { readonly code: "table.damaged"; readonly reason: string }
  | { readonly code: "table.sheetUnknown"; readonly sheet: string }
  /** a spreadsheet's error value, or characters that the file's encoding does not have */
  | { readonly code: "table.cellBroken"; readonly text: string }
  | {
      readonly code: "group.intervalTooShort";
      readonly group: string;
      readonly intervalMs: number;
      readonly limitMs: number;
    }
  | { readonly code: "group.unknown"; readonly group: string }
  | { readonly code: "name.empty"; readonly what: string }
  | { readonly code: "name.duplicate"; readonly what: string; readonly name: string }
  | { readonly code: "line.unknown"; readonly line: string }
  | { readonly code: "line.settingsInvalid"; readonly reason: string }
  | { readonly code: "network.rangeInvalid"; readonly text: string }
  | {
      readonly code: "network.rangeTooLarge";
      readonly text: string;
      readonly hosts: number;
      readonly limit: number;
    }
  | { readonly code: "network.rangePublic"; readonly text: string }
  | { readonly code: "unit.broadcast" }
  | { readonly code: "unit.outOfRange"; readonly unit: number }
  | { readonly code: "value.unfit"; readonly value: string; readonly type: string }
  | { readonly code: "value.notNumber"; readonly text: string }
  /** a value that the tag has already moves nothing */
  | { readonly code: "value.unchanged"; readonly value: string }
  | { readonly code: "uplink.none" }
  | { readonly code: "uplink.hostMissing" }
  | { readonly code: "uplink.caMissing" }
  | { readonly code: "uplink.webSocketRefused" }
  /** bytes that are not what they should be; `format`: the word for it, "any" where none was asked for */
  | { readonly code: "payload.unreadable"; readonly format: string; readonly bytes: number }
  | { readonly code: "payload.pathInvalid"; readonly path: string }
  | { readonly code: "gateway.notSignedIn" }
  /** a weak link cannot be tried before a broker whose certificate the proxy's address does not fit */
  | { readonly code: "advice.tlsProfile" }
  /** the gateway's publisher is not set to the site's broker */
  | { readonly code: "drill.notApplied"; readonly node: string }
  | { readonly code: "gateway.nothingToPutBack"; readonly url: string }
  | { readonly code: "gateway.nothingToTake"; readonly url: string }
  | { readonly code: "gateway.siteHasTags"; readonly tags: number }
  | { readonly code: "gateway.nodeUnknown"; readonly node: string; readonly nodes: string }
  | { readonly code: "gateway.atWork" }
  | { readonly code: "gateway.urlInvalid"; readonly text: string }
  | { readonly code: "ssh.targetInvalid"; readonly text: string }
  /** the server's key is not known yet: a person compares its fingerprint and confirms it */
  | { readonly code: "ssh.hostKeyUnconfirmed"; readonly host: string; readonly fingerprint: string }
  /** encrypted, passphrase (a wrong one), public, malformed */
  | { readonly code: "ssh.keyUnreadable"; readonly reason: string }
  | { readonly code: "program.notSignedIn"; readonly program: Program }
  | { readonly code: "program.nothingWanted"; readonly program: Program }
  /** what NanoMQ's own reader would end over */
  | { readonly code: "hocon.syntax"; readonly reason: string; readonly line: number; readonly column: number }
  | { readonly code: "bridge.invalid"; readonly field: string; readonly reason: string }
  | { readonly code: "bridge.loop"; readonly topic: string }
  | { readonly code: "nanomq.fileNeeded" }
  | { readonly code: "nanomq.fileOther"; readonly name: string }
  | { readonly code: "rule.invalid"; readonly name: string; readonly reason: string }
  | { readonly code: "tags.none" }
  | { readonly code: "job.unknown"; readonly job: string }
  | { readonly code: "job.running"; readonly kind: string }
  /** a table of sites, for its template */
  | { readonly code: "clone.columnTwice"; readonly column: string }
  | { readonly code: "clone.columnUnknown"; readonly column: string }
  | { readonly code: "clone.columnSecret"; readonly column: string }
  | { readonly code: "clone.variableMissing"; readonly variable: string }
  | { readonly code: "clone.cellMissing"; readonly column: string }
  | { readonly code: "clone.serialInvalid"; readonly text: string }
  | { readonly code: "clone.keyInvalid"; readonly text: string }
  | {
      readonly code: "clone.notUnique";
      readonly what: string;
      readonly value: string;
      /** the row that has it first */
      readonly row: number;
    }
  | { readonly code: "file.exists"; readonly path: string }
  | { readonly code: "bundle.malformed"; readonly reason: string }
  | { readonly code: "bundle.tampered"; readonly file: string }
  | { readonly code: "bundle.signatureInvalid" }
  | { readonly code: "bundle.unsigned" }
  | { readonly code: "bundle.truncated" }
  | { readonly code: "bundle.tooLarge"; readonly reason: string }
  | { readonly code: "bundle.pathUnsafe"; readonly path: string }
  | { readonly code: "bundle.fileExtra"; readonly file: string }
  | { readonly code: "bundle.formatOld"; readonly format: number }
  | { readonly code: "bundle.seqOutOfRange"; readonly seq: number }
  | { readonly code: "bundle.incompatible"; readonly version: string; readonly range: string }
  | { readonly code: "trust.documentInvalid"; readonly document: string }
  | { readonly code: "trust.chainMissing"; readonly document: string }
  | { readonly code: "trust.chainBroken"; readonly document: string }
  | { readonly code: "trust.rootWrong"; readonly owner: string }
  | { readonly code: "trust.revoked"; readonly name: string }
  | { readonly code: "trust.expired"; readonly name: string; readonly notAfter: string }
  | { readonly code: "trust.scopeExceeded"; readonly name: string; readonly what: string }
  | { readonly code: "trust.bundleExpired"; readonly notAfter: string }
  | { readonly code: "trust.otherGateway"; readonly wants: string; readonly is: string }
  | { readonly code: "trust.otherSite"; readonly wants: string; readonly is: string }
  /** `alike`: to the eye the two names are one */
  | {
      readonly code: "trust.siteNameDiffers";
      readonly wants: string;
      readonly is: string;
      readonly alike: "yes" | "no";
    }
  | { readonly code: "trust.seqOld"; readonly seq: number; readonly accepted: number }
  | { readonly code: "trust.seqJump"; readonly seq: number; readonly accepted: number }
  | { readonly code: "trust.prevDiffers" }
  | { readonly code: "trust.configDiffers" }
  | { readonly code: "trust.sealUnproved" }
  | { readonly code: "receipt.invalid" }
  | { readonly code: "receipt.otherBundle" }
  | { readonly code: "acceptance.notPlanned" }
  | { readonly code: "acceptance.closed" }
  | { readonly code: "acceptance.itemUnknown"; readonly item: string }
  | { readonly code: "acceptance.tagUnknown"; readonly tag: string }
  | { readonly code: "acceptance.defectUnknown"; readonly defect: number }
  | { readonly code: "acceptance.noteMissing" }
  | { readonly code: "acceptance.forcedLeft"; readonly tags: string; readonly count: number }
  | { readonly code: "photo.unknownKind" }
  | { readonly code: "photo.damaged" }
  | { readonly code: "photo.tooLarge"; readonly limit: number }
  | { readonly code: "photo.missing"; readonly photo: string }
  | { readonly code: "report.malformed"; readonly reason: string }
  | { readonly code: "report.unsigned" }
  | { readonly code: "report.signatureInvalid" }
  /** a PDF shows the report and cannot be checked */
  | { readonly code: "report.isPicture" }
  /** the page shows other than the report that it carries */
  | { readonly code: "report.pageChanged" }
  | { readonly code: "report.evidenceShort"; readonly lines: number; readonly found: number }
  | { readonly code: "report.evidenceDiffers"; readonly lines: number }
  | { readonly code: "report.evidenceBroken"; readonly line: number }
  | { readonly code: "report.signerUnknown"; readonly name: string }
  | { readonly code: "report.statementInvalid"; readonly name: string }
  | { readonly code: "report.otherBundle" }
  | { readonly code: "report.otherReceipt" }
  | { readonly code: "trust.keyMissing"; readonly role: string }
  | { readonly code: "usage"; readonly reason: string };

export type ProblemCode = Problem["code"];

/** Carries problems through code that waits; the contract turns it back into values. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map((problem) => problem.code).join(", "));
    this.name = "ProblemError";
    this.problems = problems;
  }
}
