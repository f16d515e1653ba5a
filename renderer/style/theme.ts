import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Modal } from "@mantine/core";

/** One shade list from one token: the library asks for ten, the screen has one. */
function shades(token: string): MantineColorsTuple {
  return Array.from({ length: 10 }, () => `var(${token})`) as unknown as MantineColorsTuple;
}

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: 6,
  colors: { accent: shades("--accent"), red: shades("--bad"), green: shades("--ok") },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    // The page itself never scrolls; the lock would write an inline style, which the content policy refuses.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        // The page has one banner; a dialog's head is none.
        attributes: { header: { role: "presentation" } },
      },
    }),
  },
});

const roles = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--dim)",
  "--mantine-color-placeholder": "var(--faint)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--bad)",
  "--mantine-color-disabled": "var(--idle-soft)",
  "--mantine-color-disabled-color": "var(--idle)",
};

/** Gives the component library our colours in every theme, so that contrast is decided in one place. */
export const resolveRoles: CSSVariablesResolver = () => ({ variables: roles, light: roles, dark: roles });
