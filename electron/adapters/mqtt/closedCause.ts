/** Why a broker ended a session, as a word that the screen explains. */
export type ClosedCause = "takenOver" | "keepAlive" | "notAuthorized" | "tooLarge" | "quota" | "shuttingDown";

/** @see MQTT 5, 3.14.2.1 */
const reasons: Readonly<Record<number, ClosedCause>> = {
  135: "notAuthorized",
  137: "shuttingDown",
  139: "shuttingDown",
  141: "keepAlive",
  142: "takenOver",
  149: "tooLarge",
  150: "quota",
  151: "quota",
  152: "notAuthorized",
};

export function closedCause(reason: number | undefined): ClosedCause | undefined {
  return reason === undefined ? undefined : reasons[reason];
}
