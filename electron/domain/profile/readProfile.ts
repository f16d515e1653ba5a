import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { parseAddress } from "../tag/parseAddress.ts";
import { printAddress } from "../tag/printAddress.ts";
import { spanOf } from "../tag/span.ts";
import { wordsOfType } from "../tag/width.ts";
import { wrongGoldens } from "./golden.ts";
import { type Profile, type ProfilePoint, pointAddress } from "./profile.ts";
import { profileSchema } from "./schema.ts";

/** A wrong field makes one issue for each point, and nobody reads past these. */
const shownIssues = 20;

/** @param file its name, for the sentences */
export function readProfile(text: string, file: string): Result<Profile, readonly Problem[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refused([{ code: "profile.malformed", file, reason: (error as SyntaxError).message }]);
  }
  const parsed = profileSchema.safeParse(json);
  if (!parsed.success) {
    return refused(
      parsed.error.issues.slice(0, shownIssues).map((issue) => ({
        code: "profile.malformed",
        file,
        reason: [...(issue.path.length > 0 ? [issue.path.join(".")] : []), issue.message].join(": "),
      })),
    );
  }
  const problems = profileProblems(parsed.data);
  return problems.length > 0 ? refused(problems) : ok(parsed.data);
}

/** What is wrong with a profile's contents: addresses, references, golden reads. */
export function profileProblems(profile: Profile): readonly Problem[] {
  const ids = new Set<string>();
  const places = new Set<string>();
  const problems: Problem[] = [];
  const unfit = (point: string, reason: UnfitReason) =>
    problems.push({ code: "profile.pointUnfit", profile: profile.id, point, reason });
  for (const point of profile.points) {
    if (ids.has(point.id)) unfit(point.id, "duplicate");
    ids.add(point.id);
    const address = pointAddress(point, 1);
    const read = parseAddress(printAddress(address), point.type);
    if (!read.ok || printAddress(read.value) !== printAddress(address)) unfit(point.id, "address");
    const place = `${point.type} ${printAddress(address)}`;
    if (places.has(place)) unfit(point.id, "samePlace");
    places.add(place);
    for (const reason of numberReasons(point)) unfit(point.id, reason);
    if (spanOf(address, point.type).registers > profile.limits.maxRegisters) unfit(point.id, "tooLong");
  }
  const referred = [
    ...profile.points.flatMap((point) => point.scaleFrom ?? []),
    ...(profile.limits.readAlone ?? []),
  ];
  for (const id of [...referred, ...profile.golden.map((read) => read.point)])
    if (!ids.has(id)) unfit(id, "unknown");
  for (const wrong of wrongGoldens(profile))
    if (ids.has(wrong.point)) problems.push({ code: "profile.goldenWrong", profile: profile.id, ...wrong });
  return problems;
}

type UnfitReason =
  | "duplicate"
  | "samePlace"
  | "address"
  | "access"
  | "number"
  | "sentinel"
  | "tooLong"
  | "unknown";

function numberReasons(point: ProfilePoint): readonly UnfitReason[] {
  const { type, access } = point;
  const reasons: UnfitReason[] = [];
  const isNumber = type !== "bit" && type !== "string" && type !== "bytes";
  const isShaped = [point.scale, point.bias, point.precision, point.scaleFrom].some(
    (one) => one !== undefined,
  );
  if ((!isNumber && isShaped) || point.scale === 0) reasons.push("number");
  const isFixed = point.area === "input" || point.area === "discrete" || point.bit !== undefined;
  if (access.includes("write") && isFixed) reasons.push("access");
  if (point.write && !access.includes("write")) reasons.push("access");
  const words = isNumber ? wordsOfType[type] : undefined;
  if (words && point.sentinels?.some((sentinel) => sentinel.words.length !== words)) reasons.push("sentinel");
  return reasons;
}
