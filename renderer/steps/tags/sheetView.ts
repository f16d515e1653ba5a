import type { TagSheetView } from "./tagColumns.tsx";

const place = "lastmile.tagColumns";

/** The columns chosen before on this machine. */
export function rememberedView(): TagSheetView {
  return localStorage.getItem(place) === "fields" ? "fields" : "live";
}

export function rememberView(view: TagSheetView): void {
  localStorage.setItem(place, view);
}
