import { reasonText } from "./texts.ts";

/** Failures that are another failure's reason, as clauses. */
const clauses: Readonly<Record<string, string>> = {
  "gateway.differs": "the gateway held something else than was sent",
  "gateway.unhealthy": "a node did not come up",
  "gateway.refused": "the gateway refused it",
  "gateway.unreachable": "the gateway stopped answering",
  "gateway.unexpected": "the gateway's answer did not fit",
  "gateway.signedOut": "the gateway ended the session",
  "gateway.loginRefused": "the gateway ended the session",
  "gateway.identityChanged": "another gateway answered at its address",
  "ssh.lost": "the SSH connection was lost",
  "program.refused": "the program refused it",
  "program.unexpected": "the program's answer did not fit",
  "program.unhealthy": "a bridge or a rule did not come up",
  "program.loginRefused": "the program ended the session",
  "journal.broken": "the evidence file was changed",
  "file.unwritable": "the evidence could not be written",
  "file.unreadable": "a file could not be read",
  cancelled: "it was cancelled",
  closing: "Lastmile was closed",
  "signed out": "you signed out",
};

/** Why something ended, from a failure's code or from what was said when it was stopped. */
export function failureClause(because: string): string {
  return clauses[because] ?? (because === "" ? "nobody knows why" : reasonText(because));
}
