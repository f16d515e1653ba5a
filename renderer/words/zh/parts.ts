import type { Words } from "../language.ts";

export const parts: Words["parts"] = {
  cancel: "取消",
  stopping: "正在停止…",
  close: "关闭",
  save: "保存",
  remove: "删除",
  edit: "编辑",
  add: "添加",
  left: (time) => `剩余 ${time}`,
  ofTotal: (done, total) => `${done} / ${total}`,
  rows: (count) => `${count} 行`,
  stageStates: { waiting: "等待", busy: "进行中", good: "通过", warn: "需留意", bad: "失败", skipped: "跳过" },
  showPassword: "显示密码",
  noValues: "暂无数值",
  spark: (low, high) => `从 ${low} 到 ${high}`,
  histogram: (count, median, slowest) => `${count} 次测量，半数低于 ${median} 毫秒，最慢 ${slowest} 毫秒`,
  copied: "已复制",
  details: "这是什么",
  tryThis: "如何处理",
  evidence: "原始证据",
  place: {
    row: (row) => `第 ${row} 行`,
    column: (column) => `${column} 列`,
    field: (field) => field,
  },
};
