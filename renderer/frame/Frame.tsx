import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useAct, useConnection, useItem } from "../client/hooks.ts";
import { GatewayStep } from "../steps/gateway/GatewayStep.tsx";
import { LineStep } from "../steps/line/LineStep.tsx";
import { SiteStep } from "../steps/site/SiteStep.tsx";
import { themes } from "../style/themeChoice.ts";
import { useWords } from "../words/language.ts";
import { Broken } from "./Broken.tsx";
import { ConnectionBar } from "./ConnectionBar.tsx";
import { type Command, useCommands } from "./commands.tsx";
import styles from "./Frame.module.css";
import { Header } from "./Header.tsx";
import { Palette } from "./Palette.tsx";
import { goTo, steps, useStep } from "./place.ts";
import { usePreferences } from "./preferences.ts";
import { Rail } from "./Rail.tsx";
import { WireDrawer } from "./wire/WireDrawer.tsx";

const pages = {
  site: SiteStep,
  gateway: GatewayStep,
  line: LineStep,
  tags: lazy(async () => ({ default: (await import("../steps/tags/TagsStep.tsx")).TagsStep })),
  uplink: lazy(async () => ({ default: (await import("../steps/uplink/UplinkStep.tsx")).UplinkStep })),
  verify: lazy(async () => ({ default: (await import("../steps/verify/VerifyStep.tsx")).VerifyStep })),
  handover: lazy(async () => ({
    default: (await import("../steps/handover/HandoverStep.tsx")).HandoverStep,
  })),
};

/** The whole screen: bar, rail, the step in the middle, the wire below. */
export function Frame() {
  const words = useWords().frame;
  const step = useStep();
  const connection = useConnection();
  const [palette, setPalette] = useState(false);
  const Page = pages[step];
  useShortcuts(() => setPalette((open) => !open));
  useFrameCommands();

  return (
    <div className={styles.frame}>
      <Header onPalette={() => setPalette(true)} />
      <ConnectionBar />
      <div className={styles.body}>
        <Rail />
        <div className={styles.middle}>
          <main className={styles.main}>
            {connection === "connecting" ? (
              <p className={styles.starting}>{words.starting}</p>
            ) : (
              <Broken key={step}>
                <Suspense fallback={null}>
                  <Page />
                </Suspense>
              </Broken>
            )}
          </main>
          <WireDrawer />
        </div>
      </div>
      <Palette open={palette} onClose={() => setPalette(false)} />
    </div>
  );
}

function useShortcuts(togglePalette: () => void): void {
  const act = useAct();
  useEffect(() => {
    function take(event: KeyboardEvent): void {
      const held = event.ctrlKey || event.metaKey;
      if (!held || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "k") {
        event.preventDefault();
        togglePalette();
        return;
      }
      // In a field, undo belongs to the field's own text.
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (typing) return;
      if (key === "z" && !event.shiftKey) void act("site.undo", {});
      else if (key === "y" || (key === "z" && event.shiftKey)) void act("site.redo", {});
      else return;
      event.preventDefault();
    }
    addEventListener("keydown", take);
    return () => removeEventListener("keydown", take);
  }, [act, togglePalette]);
}

function useFrameCommands(): void {
  const words = useWords().frame;
  const act = useAct();
  const site = useItem("site", "site");
  const { chooseTheme, chooseLanguage } = usePreferences();
  const isOpen = site !== undefined;
  const list = useMemo<readonly Command[]>(
    () =>
      [
        ...steps.map((step) => ({
          id: `go.${step}`,
          label: words.goTo(words.steps[step]),
          run: () => goTo(step),
        })),
        ...(isOpen
          ? [
              { id: "undo", label: words.undo, run: () => void act("site.undo", {}) },
              { id: "redo", label: words.redo, run: () => void act("site.redo", {}) },
              { id: "close", label: words.closeSite, run: () => void act("site.close", {}) },
            ]
          : []),
        { id: "training", label: words.openTraining, run: () => void act("site.training", {}) },
        ...themes.map((theme) => ({
          id: `theme.${theme}`,
          label: words.themeNamed(words.themes[theme]),
          run: () => chooseTheme(theme),
        })),
        { id: "language.en", label: "English", run: () => chooseLanguage("en") },
        { id: "language.zh", label: "中文", run: () => chooseLanguage("zh") },
      ].map((command) => ({ ...command, isLast: true })),
    [words, act, isOpen, chooseTheme, chooseLanguage],
  );
  useCommands(list);
}
