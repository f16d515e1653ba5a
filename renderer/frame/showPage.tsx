import "../style/tokens.css";
import "../style/mantine.css";
import "../style/base.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { StrictMode, useCallback, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import type { Language } from "#contract/words/say.ts";
import { WorkbenchContext } from "../client/hooks.ts";
import type { Workbench } from "../client/workbench.ts";
import { resolveRoles, theme } from "../style/theme.ts";
import { applyTheme, rememberedTheme, rememberTheme, type Theme } from "../style/themeChoice.ts";
import { LanguageContext, rememberedLanguage, rememberLanguage } from "../words/language.ts";
import { CommandsProvider } from "./commands.tsx";
import { Frame } from "./Frame.tsx";
import { PreferencesContext } from "./preferences.ts";

/** Draws the whole page into `#root`. */
export function showPage(workbench: Workbench): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no root");
  createRoot(root).render(
    <StrictMode>
      <Page workbench={workbench} />
    </StrictMode>,
  );
}

// Set by the host for each answer, so that styles made while the page runs pass its content policy.
const nonce = document.querySelector('meta[name="style-nonce"]')?.getAttribute("content") ?? "";

function Page({ workbench }: { readonly workbench: Workbench }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  const [look, setLook] = useState<Theme>(rememberedTheme);

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  useEffect(() => applyTheme(look), [look]);

  const chooseLanguage = useCallback((next: Language) => {
    rememberLanguage(next);
    setLanguage(next);
  }, []);
  const chooseTheme = useCallback((next: Theme) => {
    rememberTheme(next);
    setLook(next);
  }, []);
  const preferences = useMemo(
    () => ({ theme: look, chooseTheme, chooseLanguage }),
    [look, chooseTheme, chooseLanguage],
  );

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveRoles}
      forceColorScheme={look === "dark" ? "dark" : "light"}
      getStyleNonce={() => nonce}
    >
      <WorkbenchContext value={workbench}>
        <LanguageContext value={language}>
          <PreferencesContext value={preferences}>
            <Notifications position="bottom-right" limit={4} />
            <CommandsProvider>
              <Frame />
            </CommandsProvider>
          </PreferencesContext>
        </LanguageContext>
      </WorkbenchContext>
    </MantineProvider>
  );
}
