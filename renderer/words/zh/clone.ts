import type { Words } from "../language.ts";

export const clone: Words["clone"] = {
  title: "由本站点批量生成",
  says: "以本站点为模板，用表格列出各站点的不同之处：每行生成一个站点文件和一个已签名的交接包。",
  drop: "松开鼠标即可读取站点表",
  saveTable: "保存待填写的表格",
  choose: "选择站点表",
  chooseOther: "选择另一个表格",
  chooseAgain: "表格已被修改或移动，请重新选择。",
  saved: (name) => `${name} 已保存，请为每个站点填写一行。`,
  variablesHint:
    "在本站点的任意文字中写 {{ip}}，表格中的“ip”列就会填入该处。列名也可以是字段名，例如 uplink.host。",
  fits: (sites) => `可生成 ${sites} 个站点`,
  doesNotFit: "表格不符合要求，不会生成任何站点。",
  problems: "表格中的问题",
  row: (row) => `第 ${row} 行`,
  first: "前几个站点",
  columns: { name: "站点", folder: "文件夹", serial: "网关" },
  more: (count) => `另有 ${count} 个`,
  folder: "新文件夹",
  folderHint: "完整路径，或与本站点文件同处的文件夹名。该处必须还没有任何内容。",
  folderOf: (name) => `${name} 批量站点`,
  make: (sites) => `生成 ${sites} 个站点`,
  making: "正在写入并签名…",
  made: (sites) => `已生成 ${sites} 个站点，位于`,
};
