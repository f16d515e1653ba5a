import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import type { FailureView } from "#contract/views.ts";
import { wordsNow } from "../words/language.ts";
import { Failure } from "./Failure.tsx";

/** Shows failures in the corner until closed; they say what to do, so they do not run away. */
export function showFailures(failures: readonly FailureView[]): void {
  for (const failure of failures.slice(0, 3)) show(<Failure failure={failure} plain />, false);
}

/** A short word that something is done; leaves by itself. `stays`: there is something to read in it, until closed. */
export function showNotice(message: ReactNode, stays = false): void {
  show(message, stays ? false : 4000);
}

function show(message: ReactNode, autoClose: number | false): void {
  const closeButtonProps = { "aria-label": wordsNow().parts.close };
  notifications.show({ message, autoClose, withBorder: true, closeButtonProps });
}
