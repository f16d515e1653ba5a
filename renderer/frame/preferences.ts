import { createContext, use } from "react";
import type { Language } from "#contract/words/say.ts";
import type { Theme } from "../style/themeChoice.ts";

interface Preferences {
  readonly theme: Theme;
  readonly chooseTheme: (theme: Theme) => void;
  readonly chooseLanguage: (language: Language) => void;
}

export const PreferencesContext = createContext<Preferences>({
  theme: "light",
  chooseTheme: () => {},
  chooseLanguage: () => {},
});

export function usePreferences(): Preferences {
  return use(PreferencesContext);
}
