import { Popover } from "@mantine/core";
import { useItem } from "../client/hooks.ts";
import { IconButton } from "../parts/Button.tsx";
import type { IconName } from "../parts/Icon.tsx";
import { type Theme, themes } from "../style/themeChoice.ts";
import { useLanguage, useWords } from "../words/language.ts";
import styles from "./Header.module.css";
import { JobsMenu } from "./JobsMenu.tsx";
import { LinkPath } from "./LinkPath.tsx";
import { Mark } from "./Mark.tsx";
import { usePreferences } from "./preferences.ts";

const themeIcons: Readonly<Record<Theme, IconName>> = { light: "sun", dark: "moon", sunlight: "contrast" };

/** The bar over every screen: whose site, the path of a value, running jobs, language and theme. */
export function Header({ onPalette }: { readonly onPalette: () => void }) {
  const words = useWords().frame;
  return (
    <header className={styles.bar}>
      <Mark />
      <SiteName />
      <LinkPath />
      <div className={styles.right}>
        <OfflineNote />
        <JobsMenu />
        <IconButton icon="search" label={words.paletteOpen} onClick={onPalette} />
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}

function SiteName() {
  const words = useWords().frame;
  const site = useItem("site", "site");
  if (!site) return <div className={styles.site}>{words.noSite}</div>;
  const saved = site.saved === "saved" ? "" : site.saved === "saving" ? words.saving : words.unsaved;
  return (
    <a className={styles.site} href="#/site" title={site.head.name}>
      <span>{site.head.name}</span>
      <small>{saved || site.head.path.join(" / ")}</small>
    </a>
  );
}

function OfflineNote() {
  const words = useWords().frame;
  return (
    <Popover width={300} position="bottom-end" withArrow>
      <Popover.Target>
        <button type="button" className={styles.note}>
          {words.offline}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.offlineTitle}>
        <p className={styles.noteTitle}>{words.offlineTitle}</p>
        <p className="dim">{words.offlineSays}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function LanguageSwitch() {
  const words = useWords().frame;
  const language = useLanguage();
  const { chooseLanguage } = usePreferences();
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons, not a form
    <div className={styles.languages} role="group" aria-label={words.language}>
      <button
        type="button"
        lang="en"
        title="English"
        aria-pressed={language === "en"}
        onClick={() => chooseLanguage("en")}
      >
        EN
      </button>
      <button
        type="button"
        lang="zh-CN"
        title="中文"
        aria-pressed={language === "zh"}
        onClick={() => chooseLanguage("zh")}
      >
        中
      </button>
    </div>
  );
}

/** Goes round the three themes. */
function ThemeSwitch() {
  const words = useWords().frame;
  const { theme, chooseTheme } = usePreferences();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "light";
  return (
    <IconButton
      icon={themeIcons[theme]}
      label={words.themeNamed(words.themes[theme])}
      onClick={() => chooseTheme(next)}
    />
  );
}
