import { goTo } from "../../frame/place.ts";

/** The profile, line and unit that another step chose for the Tags step. */
export interface ProfileChoice {
  readonly profile: string;
  readonly line: string;
  readonly unit: number;
}

let waiting: ProfileChoice | undefined;

/** Opens the Tags step with a profile's points of one unit to choose from. */
export function takeTagsOf(choice: ProfileChoice): void {
  waiting = choice;
  goTo("tags");
}

export function waitingChoice(): ProfileChoice | undefined {
  return waiting;
}

export function forgetChoice(): void {
  waiting = undefined;
}
