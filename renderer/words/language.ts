import { createContext, use } from "react";
import type { Language } from "#contract/words/say.ts";
import { en } from "./en/all.ts";
import { zh } from "./zh/all.ts";

/** Every text of the screen. English is the type; a missing Chinese text does not compile. */
export type Words = typeof en;

const dictionaries: Readonly<Record<Language, Words>> = { en, zh };

const place = "lastmile.language";

/** The language chosen before on this machine, else the system's. */
export function rememberedLanguage(): Language {
  const kept = localStorage.getItem(place) ?? navigator.language;
  return kept.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(place, language);
}

export const LanguageContext = createContext<Language>("en");

export function useLanguage(): Language {
  return use(LanguageContext);
}

/** The texts in the language that the page is in, for what is shown from outside a component. */
export function wordsNow(): Words {
  return dictionaries[document.documentElement.lang.startsWith("zh") ? "zh" : "en"];
}

/** The texts in the chosen language: `const words = useWords(); words.line.scan`. */
export function useWords(): Words {
  return dictionaries[use(LanguageContext)];
}
