import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import type { FailureView } from "#contract/views.ts";
import { Failure } from "./Failure.tsx";

/** Shows failures in the corner until closed; they say what to do, so they do not run away. */
export function showFailures(failures: readonly FailureView[]): void {
  for (const failure of failures.slice(0, 3)) {
    notifications.show({ message: <Failure failure={failure} plain />, autoClose: false, withBorder: true });
  }
}

/** A short word that something is done; leaves by itself. */
export function showNotice(message: ReactNode): void {
  notifications.show({ message, autoClose: 4000, withBorder: true });
}
