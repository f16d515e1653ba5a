/** Why files and stored passwords cannot be had: for each word what happened, and what to do. */

type Cause = readonly [says: string, tryThis: string];

const rights = "请检查此文件的权限，或选择其他文件夹。";

const fileReasons: Readonly<Record<string, Cause>> = {
  diskFull: ["磁盘已满", "请清理空间，或保存到其他磁盘。"],
  readOnly: ["磁盘被写保护", "请拨开 U 盘上的写保护开关，或保存到其他磁盘。"],
  noPermission: ["当前用户没有权限", rights],
  EACCES: ["当前用户没有权限", rights],
  EPERM: ["当前用户没有权限", rights],
  missing: ["文件不在原处", "请检查 U 盘或磁盘是否已插入，以及文件夹是否还在。"],
  busy: ["正被其他程序使用", "请关闭该程序后重试。"],
  tooManyOpen: ["打开的文件过多", "请关闭其他程序后重试。"],
  device: ["磁盘报告错误", "请尽快把能读的文件复制到其他磁盘：此磁盘可能要坏了。"],
  EISDIR: ["这是一个文件夹", "请选择其中的文件。"],
  ENAMETOOLONG: ["名称过长", "请使用更短的名称或文件夹。"],
};

export function fileReason(reason: string): Cause {
  const unknown = reason === "" ? "系统没有说明原因" : `系统提示“${reason}”`;
  return fileReasons[reason] ?? [unknown, "请检查磁盘是否已插入，以及此文件的权限。"];
}

const again = "在此之前，密码只在 Lastmile 打开期间保留。";

const secretsReasons: Readonly<Record<string, Cause>> = {
  wrongPassphrase: ["口令不能打开已保存的密码", "请重新输入，注意大小写和输入法。"],
  damaged: ["已保存的密码已损坏，无法读取", "请重新输入一次；也可能是本机的另一用户保存的。"],
  plainText: ["此系统会以明文保存密码，因此没有保存", `请启用系统钥匙串。${again}`],
  noKeychain: ["此系统没有可用的钥匙串", `请启用系统钥匙串。${again}`],
};

export function secretsReason(reason: string): Cause {
  return secretsReasons[reason] ?? ["此系统无法保存密码", again];
}
