import type { TagVerdict } from "#domain/verify/tagCheck.ts";
import { judgeTag } from "#domain/verify/verdict.ts";
import type { Point } from "../verifyPoint.ts";

/**
 * Holds what came after a change against each other: only a far end that shows the new value proves it.
 *
 * @param isOver the far ends have had their time: then the reads before the change are looked at too, as they tell
 *        whether a far end has kept the old value
 */
export function judgeChange(
  point: Point,
  moment: { readonly now: number; readonly startedAt: number; readonly skewMs: number },
  isOver: boolean,
): TagVerdict {
  const { tag, wire, gateway, cloud, intervalMs } = point;
  const isAfter = ({ at }: { readonly at: number }) => at >= moment.startedAt;
  return judgeTag({
    tag,
    wire: isOver ? wire : wire.filter(isAfter),
    gateway: gateway && isAfter(gateway) ? gateway : undefined,
    cloud: cloud && isAfter(cloud) ? cloud : undefined,
    gatewayBefore: point.gatewayBefore.filter(isAfter),
    cloudBefore: point.cloudBefore.filter(isAfter),
    elsewhere: point.elsewhere,
    intervalMs,
    ...moment,
  });
}
