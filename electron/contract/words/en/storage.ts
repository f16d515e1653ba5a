/** Why files and stored passwords cannot be had: for each word what happened, and what to do. */

type Cause = readonly [says: string, tryThis: string];

const rights = "Check who may use this file, or choose another folder.";

const fileReasons: Readonly<Record<string, Cause>> = {
  diskFull: ["the disk is full", "Free some space, or save to another drive."],
  readOnly: ["the drive is write-protected", "Release the switch on the stick, or save to another drive."],
  noPermission: ["this user may not use it", rights],
  EACCES: ["this user may not use it", rights],
  EPERM: ["this user may not use it", rights],
  missing: ["it is not there", "Check that the stick or drive is plugged in and the folder still exists."],
  busy: ["another program is using it", "Close the other program and try again."],
  tooManyOpen: ["too many files are open", "Close other programs and try again."],
  device: ["the drive reports an error", "Copy what you can to another drive: this one may be failing."],
  EISDIR: ["it is a folder", "Choose a file in it."],
  ENAMETOOLONG: ["its name is too long", "Choose a shorter name or folder."],
};

export function fileReason(reason: string): Cause {
  const unknown = reason === "" ? "the system does not say why" : `the system says “${reason}”`;
  return fileReasons[reason] ?? [unknown, "Check that the drive is plugged in, and who may use this file."];
}

const again = "Until then, passwords are kept only while Lastmile is open.";

const secretsReasons: Readonly<Record<string, Cause>> = {
  wrongPassphrase: [
    "The passphrase does not open the stored passwords",
    "Type it again; mind capital letters and the keyboard's language.",
  ],
  damaged: [
    "The stored passwords are damaged and cannot be read",
    "Enter them once more. They may also have been stored by another user of this computer.",
  ],
  plainText: [
    "This system would store passwords without protection, so none were stored",
    `Set up the system's keychain. ${again}`,
  ],
  noKeychain: ["This system has no keychain for passwords", `Set up the system's keychain. ${again}`],
};

export function secretsReason(reason: string): Cause {
  return secretsReasons[reason] ?? ["Passwords cannot be stored on this system", again];
}
