import { type CommonBlock, commonModel } from "#domain/modbus/sunspec.ts";
import type { Point } from "../bank.ts";
import { counter32, register, text } from "../points.ts";

/** SunSpec's marker at `base`, the common model, and the end of the chain behind `models` (id and length) of zeros. */
export function sunspecPoints(
  base: number,
  block: CommonBlock,
  models: readonly { readonly id: number; readonly registers: number }[] = [],
): readonly Point[] {
  const head = base + 2;
  const body = head + 2;
  const points: Point[] = [
    counter32(base, () => 0x5375_6e53),
    register(head, () => commonModel.id),
    // With the unit number and a pad, so that the length is even.
    register(head + 1, () => commonModel.registers + 2),
    text(body, 32, block.vendor),
    text(body + 16, 32, block.product),
    text(body + 32, 16, ""),
    text(body + 40, 16, block.revision),
    text(body + 48, 32, block.serial),
    text(body + 64, 4, ""),
  ];
  let at = body + commonModel.registers + 2;
  for (const model of models) {
    points.push(
      register(at, () => model.id),
      register(at + 1, () => model.registers),
    );
    points.push(text(at + 2, model.registers * 2, ""));
    at += 2 + model.registers;
  }
  return [...points, register(at, () => -1), register(at + 1, () => 0)];
}
