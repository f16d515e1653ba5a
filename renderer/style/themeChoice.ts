export const themes = ["light", "dark", "sunlight"] as const;
export type Theme = (typeof themes)[number];

const place = "lastmile.theme";

/** The theme chosen before on this machine, else the system's. */
export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(place);
  const known = themes.find((theme) => theme === kept);
  return known ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

export function rememberTheme(theme: Theme): void {
  localStorage.setItem(place, theme);
}
