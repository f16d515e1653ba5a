import type { Drawing } from "./drawing.ts";

/** The grade that somebody signed for, which may be older than the report's. */
export function signedGrade({ report, words }: Pick<Drawing, "report" | "words">, grade: string): string {
  if (grade === "accepted" || grade === "conditional" || grade === "open") return words.grades[grade];
  return words.grades.notHeld[report.standing.good ? "good" : "bad"];
}
