import { FaultError } from "#domain/fault.ts";

/** `diskFull`, `readOnly`, `noPermission`, `missing`, `busy`, `tooManyOpen`, `device`, or the system's own error code. */
export function fileReason(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "diskFull";
    case "EROFS":
    // what writing through a handle gives that could only be opened for reading
    case "EBADF":
      return "readOnly";
    case "EACCES":
    case "EPERM":
      return "noPermission";
    case "ENOENT":
    case "ENOTDIR":
      return "missing";
    case "EBUSY":
      return "busy";
    case "EMFILE":
    case "ENFILE":
      return "tooManyOpen";
    case "EIO":
      return "device";
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

export function unwritable(path: string, error: unknown): FaultError {
  return new FaultError({ code: "file.unwritable", path, reason: fileReason(error) }, error);
}

export function unreadable(path: string, error: unknown): FaultError {
  return new FaultError({ code: "file.unreadable", path, reason: fileReason(error) }, error);
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
