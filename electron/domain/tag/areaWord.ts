import type { Area } from "./address.ts";
import type { Access } from "./tag.ts";

const words: readonly (readonly [Area, readonly string[]])[] = [
  [
    "holding",
    [
      "holding",
      "holding register",
      "holding registers",
      "hr",
      "4x",
      "4xxxx",
      "4xxxxx",
      "保持寄存器",
      "保持",
      "halteregister",
    ],
  ],
  [
    "input",
    [
      "input",
      "input register",
      "input registers",
      "ir",
      "3x",
      "3xxxx",
      "3xxxxx",
      "输入寄存器",
      "输入",
      "eingangsregister",
    ],
  ],
  [
    "discrete",
    [
      "discrete",
      "discrete input",
      "discrete inputs",
      "discretes input",
      "di",
      "1x",
      "1xxxx",
      "离散输入",
      "离散量输入",
      "离散量",
      "diskreter eingang",
    ],
  ],
  ["coil", ["coil", "coils", "co", "0x", "0xxxx", "线圈", "spule"]],
];
const areaOfWord: ReadonlyMap<string, Area> = new Map(
  words.flatMap(([area, names]) => names.map((name) => [name, area] as const)),
);

const areaOfFunction: ReadonlyMap<number, readonly [Area, Access]> = new Map([
  [1, ["coil", "read"]],
  [2, ["discrete", "read"]],
  [3, ["holding", "read"]],
  [4, ["input", "read"]],
  [5, ["coil", "write"]],
  [6, ["holding", "write"]],
  [15, ["coil", "write"]],
  [16, ["holding", "write"]],
]);
const areaOfDigit: ReadonlyMap<string, Area> = new Map([
  ["0", "coil"],
  ["1", "discrete"],
  ["3", "input"],
  ["4", "holding"],
]);

/** An area in words, `4x`, or its digit; undefined when it is none. */
export function readAreaWord(text: string): Area | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
  return areaOfWord.get(word) ?? areaOfDigit.get(word);
}

/**
 * Function codes, one or several: `03`, `0x03`, `FC3/FC16`, `3,6,16`. Undefined when they are none or of two areas;
 * `access` is left out where only reading codes stand, because a table may have a column of its own for writing.
 */
export function readFunctionCodes(
  text: string,
): { readonly area: Area; readonly access?: readonly Access[] } | undefined {
  const codes = text
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .split(/[\s,，、/&+;|]+/)
    .filter((code) => code !== "");
  const found = codes.map((code) => {
    const match = /^(?:fc|f)?(?:0x([0-9a-f]{1,2})|(\d{1,2})|([0-9a-f]{1,2})h)$/.exec(code);
    if (!match) return undefined;
    const [, hex, decimal, suffixed] = match;
    return areaOfFunction.get(
      decimal === undefined ? Number.parseInt(hex ?? suffixed ?? "", 16) : Number(decimal),
    );
  });
  const [first] = found;
  if (!first || found.some((one) => one?.[0] !== first[0])) return undefined;
  const kinds = new Set(found.map((one) => one?.[1]));
  const access = (["read", "write"] as const).filter((kind) => kinds.has(kind));
  return kinds.has("write") ? { area: first[0], access } : { area: first[0] };
}
