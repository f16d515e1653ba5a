/** The columns of a tag table, by the names that sheets give them: Neuron's dashboard, vendors' lists, people. */
export const columnNames = {
  line: ["line", "node", "driver", "线路", "节点", "驱动"],
  group: ["group", "组", "分组", "组名", "组名称"],
  interval: ["interval", "interval_ms", "interval ms", "采集间隔", "采集周期", "间隔"],
  name: ["name", "tag", "tag name", "名称", "点名", "点位", "点位名称", "标签", "标签名", "标签名称"],
  address: ["address", "地址"],
  type: ["type", "data type", "datatype", "类型", "数据类型"],
  access: ["attribute", "access", "attributes", "属性", "读写", "读写属性"],
  scale: ["decimal", "scale", "factor", "multiplier", "乘系数", "系数", "倍率"],
  bias: ["bias", "offset", "偏移", "偏移量"],
  precision: ["precision", "decimals", "精度"],
  unit: ["unit", "units", "单位"],
  description: ["description", "comment", "描述", "说明", "备注"],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof columnNames;

/** Where each known column stands in a header row; names are compared without case and surrounding space. */
export function findColumns(header: readonly string[]): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  for (const [index, cell] of header.entries()) {
    const name = cell.trim().toLowerCase();
    for (const column of Object.keys(columnNames) as Column[]) {
      const known: readonly string[] = columnNames[column];
      if (known.includes(name) && !places.has(column)) places.set(column, index);
    }
  }
  return places;
}
