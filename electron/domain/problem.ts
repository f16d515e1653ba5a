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
  | {
      readonly code: "text.tooLong";
      readonly what: string;
      readonly text: string;
      readonly bytes: number;
      readonly limit: number;
    }
  | { readonly code: "table.columnMissing"; readonly columns: string }
  | { readonly code: "table.empty" }
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
  | { readonly code: "uplink.none" }
  | { readonly code: "uplink.hostMissing" }
  | { readonly code: "uplink.caMissing" }
  | { readonly code: "gateway.notSignedIn" }
  | { readonly code: "gateway.urlInvalid"; readonly text: string }
  | { readonly code: "tags.none" }
  | { readonly code: "job.unknown"; readonly job: string }
  | { readonly code: "job.running"; readonly kind: string }
  | { readonly code: "bundle.malformed"; readonly reason: string }
  | { readonly code: "bundle.tampered"; readonly file: string }
  | { readonly code: "bundle.signatureInvalid" }
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
